package io.jenkins.plugins.scmchecks.engine.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.scmchecks.engine.change.ChangeSet;
import io.jenkins.plugins.scmchecks.engine.finding.Finding;
import io.jenkins.plugins.scmchecks.engine.finding.Location;
import io.jenkins.plugins.scmchecks.engine.finding.Notice;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import io.jenkins.plugins.scmchecks.engine.finding.Rule;
import io.jenkins.plugins.scmchecks.engine.finding.Severity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ScanTest {

    private final Map<String, byte[]> files = new TreeMap<>();
    private final AtomicInteger reads = new AtomicInteger();

    @Test
    void shouldReadEveryFileOnceForAllAnalyzers() throws Exception {
        for (int i = 0; i < 100; i++) {
            file("f" + i + ".txt", "bad\n");
        }

        Analysis analysis = scan(finding("one"), finding("two"));

        assertThat(analysis.findings()).hasSize(200);
        assertThat(analysis.findings().get(0).location().path()).isEqualTo("f0.txt");
        assertThat(reads).hasValue(100);
        assertThat(analysis.files()).isEqualTo(100);
    }

    @Test
    void shouldNotLetOneAnalyzersDefectCostWhatOthersFind() throws Exception {
        file("a.txt", "bad\n");
        Analyzer broken = analyzer("broken", (file, sink) -> {
            throw new IllegalStateException("no");
        });

        Analysis analysis = scan(broken, finding("good"));

        assertThat(analysis.findings()).hasSize(1);
        assertThat(analysis.notices())
                .singleElement()
                .satisfies(n -> assertThat(n.level()).isEqualTo(Notice.Level.ERROR))
                .extracting(Notice::toString)
                .asString()
                .contains("a.txt", "broken");
    }

    @Test
    void shouldPassOverBinaryFilesAndReadUtf16() throws Exception {
        files.put("image.png", new byte[] {1, 0, 2});
        files.put("windows.txt", ("\uFEFF" + "first\r\nbad\r\n").getBytes(StandardCharsets.UTF_16LE));

        Analysis analysis = scan(finding("f"));

        assertThat(analysis.findings())
                .singleElement()
                .extracting(Finding::location)
                .isEqualTo(new Location("windows.txt", Region.line(2)));
    }

    @Test
    void shouldShowABinaryFileToWhoAsksForIt() throws Exception {
        files.put("store.jks", new byte[] {1, 0, 2});
        List<String> seen = new ArrayList<>();
        Analyzer curious = new Analyzer() {
            @Override
            public String name() {
                return "curious";
            }

            @Override
            public Session open(AnalysisContext context) {
                return new Session() {
                    @Override
                    public boolean wants(String path) {
                        return true;
                    }

                    @Override
                    public boolean wantsBinary(String path) {
                        return path.endsWith(".jks");
                    }

                    @Override
                    public void visit(SourceFile file, FindingSink sink) {
                        seen.add(file.path());
                    }
                };
            }
        };

        Analysis analysis = scan(curious, finding("f"));

        assertThat(seen).containsExactly("store.jks");
        assertThat(analysis.findings()).isEmpty();
    }

    @Test
    void shouldTellWhatIsTooLarge() throws Exception {
        files.put("dump.sql", new byte[(int) Scan.MAX_FILE_BYTES + 1]);

        assertThat(scan(finding("f")).notices()).singleElement().extracting(Notice::path).isEqualTo("dump.sql");
    }

    @Test
    void shouldTellAFileThatCannotBeRead() throws Exception {
        files.put("locked.txt", null);
        file("a.txt", "bad\n");

        Analysis analysis = scan(finding("f"));

        assertThat(analysis.findings()).hasSize(1);
        assertThat(analysis.notices()).singleElement().extracting(Notice::path).isEqualTo("locked.txt");
    }

    @Test
    void shouldEndWhenItIsInterrupted() {
        for (int i = 0; i < 50; i++) {
            file("f" + i, "bad\n");
        }
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> scan(finding("f"))).isInstanceOf(InterruptedException.class);
    }

    private void file(String path, String text) {
        files.put(path, text.getBytes(StandardCharsets.UTF_8));
    }

    private Analysis scan(Analyzer... analyzers) throws IOException, InterruptedException {
        SourceTree tree = new SourceTree() {
            @Override
            public void walk(Consumer<Entry> each) {
                files.forEach((path, content) -> each.accept(new Entry(path, content == null ? 0 : content.length)));
            }

            @Override
            public Optional<byte[]> read(String path) throws IOException {
                reads.incrementAndGet();
                if (files.get(path) == null) {
                    throw new IOException("locked");
                }
                return Optional.of(files.get(path));
            }
        };
        AnalysisContext context = new AnalysisContext(tree, ChangeSet.withoutBase(null), true, Progress.NONE);
        return new Scan(List.of(analyzers), 4).run(context, path -> true);
    }

    private static Analyzer finding(String name) {
        return analyzer(name, (file, sink) -> {
            for (int line = 1; line <= file.lineCount(); line++) {
                if (file.line(line).equals("bad")) {
                    sink.finding(Finding.of(
                            name, Rule.of(name, Severity.LOW), "bad", new Location(file.path(), Region.line(line))));
                }
            }
        });
    }

    private interface Visit {
        void visit(SourceFile file, FindingSink sink);
    }

    private static Analyzer analyzer(String name, Visit visit) {
        return new Analyzer() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Session open(AnalysisContext context) {
                return new Session() {
                    @Override
                    public boolean wants(String path) {
                        return true;
                    }

                    @Override
                    public void visit(SourceFile file, FindingSink sink) {
                        visit.visit(file, sink);
                    }
                };
            }
        };
    }
}

package io.jenkins.plugins.scmchecks.engine.analysis.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.scmchecks.engine.analysis.FindingSink;
import io.jenkins.plugins.scmchecks.engine.finding.Finding;
import io.jenkins.plugins.scmchecks.engine.finding.Notice;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A report far larger than the memory is read in a process of its own. */
class SarifMemoryTest {

    private static final int RESULTS = 200_000;
    private static final int PADDING = 1000;

    @Test
    void shouldReadAReportThatIsLargerThanTheMemory() throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        java,
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SarifMemoryTest.class.getName())
                .redirectErrorStream(true)
                .start();

        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(output.strip()).isEqualTo(RESULTS + " findings of more than 200 MB");
        assertThat(process.exitValue()).isZero();
    }

    /** Reads a report that is made while it is read. */
    public static void main(String[] args) throws IOException {
        long[] count = new long[2];
        ReportPaths paths = new ReportPaths(Path.of("/repo"), p -> false);
        new SarifReader().read("large", () -> new Counted(createReport(), count), paths, new FindingSink() {
            @Override
            public void finding(Finding finding) {
                count[0] += finding.location().path().startsWith("src/File") ? 1 : 0;
            }

            @Override
            public void notice(Notice notice) {
                throw new AssertionError(notice);
            }
        });
        System.out.println(count[0] + " findings of " + (count[1] > 200_000_000 ? "more than 200 MB" : count[1] + " bytes"));
    }

    private static InputStream createReport() {
        return new SequenceInputStream(new Enumeration<>() {
            private int next = -1;

            @Override
            public boolean hasMoreElements() {
                return next <= RESULTS;
            }

            @Override
            public InputStream nextElement() {
                int i = next++;
                String text = i < 0
                        ? "{\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":\"T\"}},\"results\":["
                        : i == RESULTS ? "]}]}" : (i == 0 ? "" : ",") + createResult(i);
                return new java.io.ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
            }
        });
    }

    private static String createResult(int i) {
        return "{\"ruleId\":\"R" + i % 50 + "\",\"message\":{\"text\":\"unlike all others: " + i
                + "\"},\"locations\":[{\"physicalLocation\":{\"artifactLocation\":{\"uri\":\"src/File" + i % 3000
                + ".java\"},\"region\":{\"startLine\":" + (i + 1) + "},\"contextRegion\":{\"snippet\":{\"text\":\""
                + String.join("", Collections.nCopies(PADDING / 10, "0123456789")) + "\"}}}}]}";
    }

    private static final class Counted extends java.io.FilterInputStream {
        private final long[] count;

        Counted(InputStream in, long[] count) {
            super(in);
            this.count = count;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = super.read(target, offset, length);
            count[1] += Math.max(0, read);
            return read;
        }
    }
}

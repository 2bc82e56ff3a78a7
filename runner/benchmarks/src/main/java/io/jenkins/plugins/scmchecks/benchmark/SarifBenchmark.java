package io.jenkins.plugins.scmchecks.benchmark;

import edu.hm.hafner.analysis.FileReaderFactory;
import edu.hm.hafner.analysis.parser.violations.SarifAdapter;
import io.jenkins.plugins.scmchecks.engine.analysis.report.ReportException;
import io.jenkins.plugins.scmchecks.engine.analysis.report.ReportPaths;
import io.jenkins.plugins.scmchecks.engine.analysis.report.SarifReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** SARIF to findings. analysis-model reads a tenth of the results, as it needs a multiple of the time and memory. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 5)
@Fork(1)
public class SarifBenchmark {

    /** How much less analysis-model reads. */
    static final int LESS = 10;

    @Param("100000")
    public int results;

    /** Kept, because a logger that nobody holds forgets its level. It would tell of every result. */
    private final Logger theirs = Logger.getLogger("se.bjurr.violations");

    private Path all;
    private Path some;

    @Setup
    public void create() throws IOException {
        theirs.setLevel(Level.OFF);
        all = Samples.sarif(results);
        some = Samples.sarif(results / LESS);
    }

    @Benchmark
    @Fork(value = 1, jvmArgsAppend = "-Xmx64m")
    public int ours() throws ReportException {
        CountingSink sink = new CountingSink();
        ReportPaths paths = new ReportPaths(Path.of("/repository"), path -> true);
        new SarifReader().read("report.sarif", () -> Files.newInputStream(all), paths, sink);
        return expect(results, sink.findings());
    }

    @Benchmark
    public int analysisModelOfATenth() {
        return expect(results / LESS, new SarifAdapter().parse(new FileReaderFactory(some)).size());
    }

    private static int expect(int expected, int found) {
        if (found != expected) {
            throw new IllegalStateException(found + " findings instead of " + expected);
        }
        return found;
    }
}

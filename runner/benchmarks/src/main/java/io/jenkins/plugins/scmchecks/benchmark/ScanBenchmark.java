package io.jenkins.plugins.scmchecks.benchmark;

import io.jenkins.plugins.scmchecks.engine.analysis.Analysis;
import io.jenkins.plugins.scmchecks.engine.analysis.AnalysisContext;
import io.jenkins.plugins.scmchecks.engine.analysis.Analyzer;
import io.jenkins.plugins.scmchecks.engine.analysis.Progress;
import io.jenkins.plugins.scmchecks.engine.analysis.Scan;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.PolicyAnalyzer;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.Readers;
import io.jenkins.plugins.scmchecks.engine.analysis.secret.SecretAnalyzer;
import io.jenkins.plugins.scmchecks.engine.change.ChangeSet;
import io.jenkins.plugins.scmchecks.engine.change.Directory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
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

/** Whole trees: secrets in all kinds of files, and Terraform parsed, evaluated and checked. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 5)
@Fork(1)
public class ScanBenchmark {

    @Param("12398")
    public int files;

    @Param("1339")
    public int terraformFiles;

    private Path tree;
    private Path terraform;

    @Setup
    public void create() throws IOException {
        tree = Samples.tree(files, 0);
        terraform = Samples.tree(terraformFiles, 1000);
    }

    @Benchmark
    public int secrets() throws IOException, InterruptedException {
        return scan(new SecretAnalyzer(), tree, (files + 992) / 1000);
    }

    @Benchmark
    public int terraform() throws IOException, InterruptedException {
        return scan(new PolicyAnalyzer(Readers.all(), List.of()), terraform, terraformFiles);
    }

    private static int scan(Analyzer analyzer, Path tree, int atLeast) throws IOException, InterruptedException {
        ChangeSet everything = ChangeSet.withoutBase(null);
        Analysis analysis = new Scan(List.of(analyzer))
                .run(new AnalysisContext(new Directory(tree), everything, true, Progress.NONE), path -> true);
        if (!analysis.notices().isEmpty() || analysis.findings().size() < atLeast) {
            throw new IllegalStateException(analysis.findings().size() + " findings, " + analysis.notices());
        }
        return analysis.findings().size();
    }
}

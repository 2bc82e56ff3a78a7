package io.jenkins.plugins.scmchecks.benchmark;

import io.jenkins.plugins.scmchecks.engine.scm.RepositoryPath;
import io.jenkins.plugins.scmchecks.engine.webhook.SourceIndex;
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

/** From an event's repository to those who wait for it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class MatchBenchmark {

    @Param({"100", "10000"})
    public int sources;

    private final SourceIndex<Integer> index = new SourceIndex<>();
    private int next;

    @Setup
    public void fill() {
        for (int i = 0; i < sources; i++) {
            index.add("integration" + i % 7, new RepositoryPath("organization" + i % 50 + "/repository" + i), i);
        }
    }

    @Benchmark
    public List<Integer> ours() {
        int i = next++ % sources;
        // As it is read from an event, with a path that was never seen before.
        List<Integer> found = index.find(
                "integration" + i % 7, new RepositoryPath("Organization" + i % 50 + "/repository" + i));
        if (found.size() != 1) {
            throw new IllegalStateException(found.toString());
        }
        return found;
    }
}

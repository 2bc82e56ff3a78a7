package io.jenkins.plugins.scmchecks.benchmark;

import io.jenkins.plugins.scmchecks.engine.change.ChangeSet;
import io.jenkins.plugins.scmchecks.engine.change.GitWorkspace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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

/** The merge base, what is not committed, and the changed lines of a large change. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5)
@Measurement(iterations = 9)
@Fork(1)
public class ChangeBenchmark {

    @Param("1150")
    public int changed;

    private Path repository;

    @Setup
    public void create() throws IOException {
        repository = Samples.repository(changed * 4, 110, changed);
    }

    @Benchmark
    public int ours() throws IOException {
        try (GitWorkspace workspace = GitWorkspace.open(repository)) {
            ChangeSet change = workspace.changes("main");
            if (change.files().size() != changed || change.headSha() == null) {
                throw new IllegalStateException(change.files().size() + " files, head " + change.headSha());
            }
            return change.files().size();
        }
    }

    /** The same by git's own commands, where git is installed. */
    @Benchmark
    public int git() throws IOException, InterruptedException {
        byte[] base = run("merge-base", "main", "HEAD");
        return run("status", "--porcelain", "--untracked-files=all").length
                + run("diff", "-U0", "-M", "--histogram", new String(base, StandardCharsets.US_ASCII).strip(), "HEAD")
                        .length;
    }

    private byte[] run(String... arguments) throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 1];
        command[0] = "git";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Process process = new ProcessBuilder(command)
                .directory(repository.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (InputStream out = process.getInputStream()) {
            byte[] output = out.readAllBytes();
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + " failed");
            }
            return output;
        }
    }
}

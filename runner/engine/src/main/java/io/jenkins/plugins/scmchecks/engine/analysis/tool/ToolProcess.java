package io.jenkins.plugins.scmchecks.engine.analysis.tool;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.function.Consumer;

/** Runs one command to its end, or ends it with all that it started. */
final class ToolProcess {

    /** What a run left behind. */
    record Outcome(int exit, boolean timedOut, boolean overflowed, String lastLine) {}

    /** No tool's report is larger by right; more is a tool that has gone wild. */
    private static final Pattern COMPLAINT =
            Pattern.compile("(?i).*(?:error|fatal|cannot|failed|no such|not found)\b.*");
    static final long MAX_OUTPUT = 2L << 30;

    private static final int MAX_LINE = 2000;
    private static final int MAX_LINES = 10_000;

    private final List<String> command;
    private final Path directory;
    private final ToolEnvironment environment;
    private final Consumer<String> log;

    ToolProcess(List<String> command, Path directory, ToolEnvironment environment, Consumer<String> log) {
        this.command = command;
        this.directory = directory;
        this.environment = environment;
        this.log = log;
    }

    /**
     * @param output takes the standard output; null to log it as well
     * @param limit of time
     * @throws IOException when it cannot be started
     * @throws InterruptedException when this thread is stopped; the command has been ended then
     */
    Outcome run(Path output, Duration limit) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        environment.apply(builder.environment());
        Process process = builder.start();
        process.getOutputStream().close();
        Pump errors = new Pump(process.getErrorStream(), null);
        Pump outputs = new Pump(process.getInputStream(), output);
        Thread errorThread = start(errors);
        Thread outputThread = start(outputs);
        long deadline = System.nanoTime() + limit.toNanos();
        boolean timedOut = false;
        try {
            while (!process.waitFor(200, TimeUnit.MILLISECONDS) && !timedOut && !outputs.overflowed) {
                timedOut = System.nanoTime() > deadline;
            }
            if (timedOut || outputs.overflowed) {
                end(process);
            }
            // A child that outlives its parent keeps the pipe open: the report is what came until here.
            outputThread.join(TimeUnit.SECONDS.toMillis(10));
            errorThread.join(TimeUnit.SECONDS.toMillis(1));
        } finally {
            end(process);
        }
        String last = errors.last.isEmpty() ? outputs.last : errors.last;
        return new Outcome(process.isAlive() ? -1 : process.exitValue(), timedOut, outputs.overflowed, last);
    }

    private static void end(Process process) throws InterruptedException {
        List<ProcessHandle> children = process.descendants().toList();
        children.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.waitFor(5, TimeUnit.SECONDS);
    }

    private Thread start(Pump pump) {
        Thread thread = new Thread(pump, "scm-checks output of " + command.get(0));
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Carries one stream of the process away, into a file or into the log. */
    private final class Pump implements Runnable {
        private final InputStream in;
        private final Path file;
        private volatile String last = "";
        private boolean complained;
        private volatile boolean overflowed;

        Pump(InputStream in, Path file) {
            this.in = in;
            this.file = file;
        }

        @Override
        public void run() {
            try (in) {
                if (file == null) {
                    readLines();
                } else {
                    copy();
                }
            } catch (IOException e) {
                // The stream ends with its process; how that ended is what counts.
                last = last.isEmpty() ? String.valueOf(e.getMessage()) : last;
            }
        }

        private void copy() throws IOException {
            try (OutputStream out = Files.newOutputStream(file)) {
                byte[] buffer = new byte[1 << 16];
                long total = 0;
                for (int n; (n = in.read(buffer)) >= 0; ) {
                    total += n;
                    if (total > MAX_OUTPUT) {
                        overflowed = true;
                        return;
                    }
                    out.write(buffer, 0, n);
                }
            }
        }

        private void readLines() throws IOException {
            BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            StringBuilder line = new StringBuilder();
            int lines = 0;
            for (int c; (c = reader.read()) >= 0; ) {
                if (c == '\n') {
                    lines++;
                    tell(line.toString(), lines);
                    line.setLength(0);
                } else if (line.length() < MAX_LINE && (c >= ' ' || c == '\t')) {
                    line.append((char) c);
                }
            }
            if (line.length() > 0) {
                tell(line.toString(), lines + 1);
            }
        }

        private void tell(String line, int number) {
            // Below what went wrong, programs print where in them it did, or how they are used.
            if (!line.isBlank() && (!complained || COMPLAINT.matcher(line).matches())) {
                last = line.strip();
                complained |= COMPLAINT.matcher(line).matches();
            }
            if (number <= MAX_LINES) {
                log.accept(line);
            } else if (number == MAX_LINES + 1) {
                log.accept("(more output is not shown)");
            }
        }
    }
}

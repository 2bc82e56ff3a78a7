package io.jenkins.plugins.scmchecks.engine.analysis.tool;

import io.jenkins.plugins.scmchecks.engine.analysis.AnalysisContext;
import io.jenkins.plugins.scmchecks.engine.analysis.FindingSink;
import io.jenkins.plugins.scmchecks.engine.analysis.report.ReportException;
import io.jenkins.plugins.scmchecks.engine.analysis.report.ReportFormats;
import io.jenkins.plugins.scmchecks.engine.analysis.report.ReportPaths;
import io.jenkins.plugins.scmchecks.engine.finding.Finding;
import io.jenkins.plugins.scmchecks.engine.finding.Notice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** One tool in one analysis: whether it may run, on what, and what its report says. */
final class ToolRun {

    /** Operating systems bound the length of a command: Windows to 32 767 characters, Linux to 128 KB an argument. */
    private static final int MAX_COMMAND = ToolEnvironment.isWindows() ? 25_000 : 100_000;

    private static final int MAX_QUOTED = 300;

    private final ToolSpec spec;
    private final AnalysisContext context;
    private final Path root;
    private final ToolEnvironment environment;
    private final Duration limit;
    private final Consumer<String> log;
    private final FindingSink sink;

    ToolRun(
            ToolSpec spec,
            AnalysisContext context,
            Path root,
            ToolEnvironment environment,
            Duration limit,
            Consumer<String> log,
            FindingSink sink) {
        this.spec = spec;
        this.context = context;
        this.root = root;
        this.environment = environment;
        this.limit = limit;
        this.log = log;
        this.sink = sink;
    }

    /** @param files that are to be looked at, from the root */
    void run(List<String> files) throws InterruptedException {
        FileNames wanted = new FileNames(spec.files());
        List<String> own = files.stream().filter(wanted::include).toList();
        if (own.isEmpty()) {
            return;
        }
        Optional<List<String>> isolation = isolation();
        if (isolation.isEmpty()) {
            return;
        }
        Optional<Path> program = environment.find(spec.program());
        if (program.isEmpty()) {
            sink.notice(Notice.error(null, "the tool " + spec.name() + " was not run: '" + spec.program()
                    + "' is not on the PATH of this agent; install it"
                    + (spec.install().isEmpty() ? "" : " (" + spec.install() + ")") + " or leave it out"));
            return;
        }
        List<String> command = new ArrayList<>(spec.command());
        command.set(0, program.get().toString());
        int at = command.indexOf("{isolated}");
        if (at >= 0) {
            command.remove(at);
            command.addAll(at, isolation.get());
        }
        long deadline = System.nanoTime() + limit.toNanos();
        for (List<String> chunk : spec.takesFiles() ? chunks(command, own) : List.of(List.<String>of())) {
            Duration left = Duration.ofNanos(deadline - System.nanoTime());
            if (!runOnce(command, chunk, left)) {
                return;
            }
        }
    }

    /** {@return the arguments that keep a stranger from steering it; empty when it must not run} */
    private Optional<List<String>> isolation() {
        if (context.trusted()) {
            return Optional.of(List.of());
        }
        Optional<String> steering = steering();
        if (spec.executes() == null && steering.isEmpty()) {
            return Optional.of(List.of());
        }
        String reason = spec.executes() != null
                ? spec.executes()
                : "the change brings its own " + steering.orElseThrow() + ", which steers the tool";
        if (spec.isolated() == null) {
            sink.notice(Notice.warning(
                    null, "the tool " + spec.name() + " was not run, as this change is not trusted: " + reason));
            return Optional.empty();
        }
        sink.notice(Notice.info(
                null,
                "the tool " + spec.name() + " was run without the repository's configuration, as this change is not"
                        + " trusted: " + reason));
        return Optional.of(spec.isolated());
    }

    /** {@return a file that steers the tool and that the change adds, changes, moves or deletes} */
    private Optional<String> steering() {
        FileNames names = new FileNames(spec.configuration());
        if (spec.configuration().isEmpty()) {
            return Optional.empty();
        }
        Stream<String> touched;
        if (context.change().hasBase()) {
            touched = context.change().files().values().stream()
                    .flatMap(f -> Stream.of(f.path(), f.basePath() == null ? f.path() : f.basePath()));
        } else {
            List<String> all = new ArrayList<>();
            try {
                context.tree().walk(e -> all.add(e.path()));
            } catch (IOException e) {
                return Optional.of("configuration (the tree cannot be read)");
            }
            touched = all.stream();
        }
        return touched.filter(names::include).sorted().findFirst();
    }

    private boolean runOnce(List<String> command, List<String> files, Duration left) throws InterruptedException {
        Path directory = null;
        try {
            directory = Files.createTempDirectory("scm-checks-" + spec.name().replaceAll("[^A-Za-z0-9]", ""));
            Path report = directory.resolve(spec.report());
            List<String> filled = fill(command, files, directory, report);
            context.progress().update("Running " + spec.name(), 0, 0);
            ToolProcess process = new ToolProcess(
                    filled, root, environment, line -> log.accept("[" + spec.name() + "] " + line));
            ToolProcess.Outcome outcome = process.run(spec.writesFile() ? null : report, left);
            return judge(outcome, report);
        } catch (IOException e) {
            failed("it cannot be run: " + e.getMessage());
            return false;
        } finally {
            delete(directory);
        }
    }

    private boolean judge(ToolProcess.Outcome outcome, Path report) throws IOException {
        if (outcome.timedOut()) {
            failed("it took longer than " + limit.toSeconds() + " seconds and was ended");
            return false;
        }
        if (outcome.overflowed()) {
            failed("it wrote more than " + (ToolProcess.MAX_OUTPUT >> 20) + " MB and was ended");
            return false;
        }
        boolean worked = spec.exits().contains(outcome.exit());
        boolean written = Files.isRegularFile(report, LinkOption.NOFOLLOW_LINKS) && Files.size(report) > 0;
        if (!worked && !spec.empty().contains(outcome.exit())) {
            failed("it ended with exit code " + outcome.exit()
                    + (outcome.lastLine().isEmpty() ? "" : ": " + quoted(outcome.lastLine())));
        } else if (!written && worked && !spec.empty().contains(outcome.exit()) && !mayBeSilent()) {
            failed("it wrote no report");
        }
        if (written) {
            try {
                new ReportFormats()
                        .reader(spec.format(), spec.name())
                        .read("the report of " + spec.name(), () -> Files.newInputStream(report), paths(), weighed());
            } catch (ReportException | IllegalArgumentException e) {
                sink.notice(Notice.error(null, e.getMessage()));
            }
        }
        return true;
    }

    /** {@return the sink, for findings that count as much as the tool's do} */
    private FindingSink weighed() {
        if (spec.severity() == null) {
            return sink;
        }
        return new FindingSink() {
            @Override
            public void finding(Finding finding) {
                sink.finding(finding.withSeverity(spec.severity()));
            }

            @Override
            public void notice(Notice notice) {
                sink.notice(notice);
            }
        };
    }

    /** Plain lines are only there when there is something to say. */
    private boolean mayBeSilent() {
        return spec.format().equals("lines") || !spec.writesFile() && !spec.format().equals("sarif");
    }

    private ReportPaths paths() {
        return ReportPaths.of(context.tree());
    }

    private void failed(String reason) {
        sink.notice(Notice.error(null, "the tool " + spec.name() + " failed: " + reason));
    }

    private List<String> fill(List<String> command, List<String> files, Path directory, Path report) {
        List<String> filled = new ArrayList<>();
        for (String argument : command) {
            if (argument.equals("{files}")) {
                filled.addAll(files);
            } else {
                filled.add(argument
                        .replace("{report}", report.toString())
                        .replace("{dir}", directory.toString())
                        .replace("{root}", root.toString()));
            }
        }
        return filled;
    }

    private static List<List<String>> chunks(List<String> command, List<String> files) {
        int fixed = command.stream().mapToInt(a -> a.length() + 200).sum();
        List<List<String>> chunks = new ArrayList<>();
        List<String> chunk = new ArrayList<>();
        int length = fixed;
        for (String file : files) {
            // A name that begins like an option, or like a list of arguments, must not be taken for one.
            String argument = Character.isLetterOrDigit(file.charAt(0)) ? file : "./" + file;
            int own = argument.getBytes(java.nio.charset.StandardCharsets.UTF_8).length + 3;
            if (length + own > MAX_COMMAND && !chunk.isEmpty()) {
                chunks.add(chunk);
                chunk = new ArrayList<>();
                length = fixed;
            }
            chunk.add(argument);
            length += own;
        }
        chunks.add(chunk);
        return chunks;
    }

    private static String quoted(String line) {
        return line.length() <= MAX_QUOTED ? line : line.substring(0, MAX_QUOTED) + " …";
    }

    private static void delete(Path directory) {
        if (directory == null) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            directory.toFile().deleteOnExit();
        }
    }
}

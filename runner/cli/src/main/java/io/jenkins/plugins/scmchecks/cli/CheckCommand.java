package io.jenkins.plugins.scmchecks.cli;

import io.jenkins.plugins.scmchecks.engine.Analyzers;
import io.jenkins.plugins.scmchecks.engine.Configuration;
import io.jenkins.plugins.scmchecks.engine.WorkspaceCheck;
import io.jenkins.plugins.scmchecks.engine.analysis.report.SarifWriter;
import io.jenkins.plugins.scmchecks.engine.analysis.tool.ToolSpecReader;
import io.jenkins.plugins.scmchecks.engine.finding.Gate;
import io.jenkins.plugins.scmchecks.engine.finding.Selection;
import io.jenkins.plugins.scmchecks.engine.finding.Severity;
import io.jenkins.plugins.scmchecks.engine.publish.CheckPublisher;
import io.jenkins.plugins.scmchecks.engine.publish.CheckReport;
import io.jenkins.plugins.scmchecks.engine.publish.PublishLimits;
import io.jenkins.plugins.scmchecks.engine.publish.PublishOutcome;
import io.jenkins.plugins.scmchecks.engine.publish.Publisher;
import io.jenkins.plugins.scmchecks.engine.publish.Renderer;
import io.jenkins.plugins.scmchecks.engine.scm.Capability;
import io.jenkins.plugins.scmchecks.engine.scm.Integration;
import io.jenkins.plugins.scmchecks.engine.scm.Providers;
import io.jenkins.plugins.scmchecks.engine.scm.PullRequest;
import io.jenkins.plugins.scmchecks.engine.scm.ScmConnection;
import io.jenkins.plugins.scmchecks.engine.scm.gitlab.CodeQualityReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Analyses a working tree, prints what is new, and answers the pull request when asked to. */
@Command(
        name = "check",
        description = "Analyses a working tree against a base.",
        footer = {
            "",
            "Examples:",
            "  scm-checks check                              everything there is in this directory",
            "  scm-checks check --base origin/main           only what this branch brought",
            "  scm-checks check --base origin/main --report 'target/*.sarif' --format sarif -o new.sarif",
            "  SCM_CHECKS_TOKEN=… scm-checks check --base origin/main --publish \\",
            "      --repository acme/shop --pull-request 7   answers the pull request"
        })
final class CheckCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "DIRECTORY", description = "What to analyse (default: here).")
    private Path directory = Path.of("");

    @Option(names = "--base", paramLabel = "REV", description = "The branch, tag or commit to compare with.")
    private String base;

    @Option(
            names = {"-a", "--analyzers"},
            paramLabel = "NAME",
            split = ",",
            description = "Which analyzers to run: policy, secret (default: both).")
    private List<String> analyzers;

    @Option(
            names = {"-r", "--report"},
            paramLabel = "GLOB",
            description = "Take in reports of other tools, SARIF or whatever scm-checks formats lists; may be repeated.")
    private List<String> reports = List.of();

    @Option(
            names = {"-t", "--tool"},
            paramLabel = "NAME",
            description = "Run a tool that is installed, as in semgrep or eslint; may be repeated.")
    private List<String> tools = List.of();

    @Option(
            names = "--fail-on",
            paramLabel = "SEVERITY",
            description = "The least severity that fails: critical, high, medium, low, info or never"
                    + " (default: high).")
    private String failOn;

    @Option(names = "--scope", description = "What the gate counts: ${COMPLETION-CANDIDATES} (default: NEW).")
    private Gate.Scope scope;

    @Option(names = "--name", description = "The check's name (default: " + Configuration.DEFAULT_NAME + ").")
    private String name;

    @Option(
            names = {"-f", "--format"},
            defaultValue = "TABLE",
            description = "How to print: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Format format;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write there instead of to standard output; the table is printed as well.")
    private Path output;

    @Option(
            names = "--untrusted",
            description = "The change is a fork's: the base's " + Configuration.FILE + " counts, not the change's.")
    private boolean untrusted;

    @Option(
            names = "--cache",
            paramLabel = "DIR",
            description = "Where to keep what was found out for the next run (default: the user's cache directory).")
    private Path cache;

    @Option(names = "--no-cache", description = "Keep nothing, and use nothing that was kept.")
    private boolean noCache;

    @Option(
            names = "--explain",
            paramLabel = "FINDING",
            description = "Explain findings instead of listing them: a place as in src/a.tf:7, a rule or a fingerprint.")
    private String explain;

    @Option(
            names = {"-v", "--verbose"},
            description = "Show what tools say while they run.")
    private boolean verbose;

    @Mixin
    private PublishOptions publishing = new PublishOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Configuration configuration = new Configuration(
                name, analyzers, reports, new ToolSpecReader().read(tools), gate(), Selection.EVERYTHING);
        PrintWriter err = spec.commandLine().getErr();
        CheckReport report;
        QuickGit.prepare();
        try (TerminalProgress progress = TerminalProgress.create()) {
            report = new WorkspaceCheck(new Analyzers(verbose ? err::println : line -> {}))
                    .run(new WorkspaceCheck.Options(
                            directory.toAbsolutePath().normalize(),
                            base,
                            configuration,
                            !untrusted,
                            publishing.detailsUrl,
                            progress,
                            noCache ? null : cache == null ? CacheDirectory.ofUser().orElse(null) : cache));
        }
        if (explain != null) {
            return explain(report);
        }
        print(report);
        boolean published = !publishing.publish || publish(report);
        if (!published) {
            return Main.FAILURE;
        }
        return report.gate().passed() ? 0 : Main.GATE_FAILED;
    }

    private int explain(CheckReport report) throws IOException {
        Path root = directory.toAbsolutePath().normalize();
        if (new Explanation(report, root, spec.commandLine().getOut()).of(explain) == 0) {
            throw new IOException("no finding is at '" + explain + "', of that rule or with that fingerprint;"
                    + " run the same command without --explain to see them");
        }
        return 0;
    }

    private Gate gate() {
        if (failOn == null && scope == null) {
            return null;
        }
        try {
            Severity severity = failOn == null
                    ? Gate.DEFAULT.failOn()
                    : failOn.equalsIgnoreCase("never") ? null : Severity.parse(failOn);
            return new Gate(severity, scope == null ? Gate.DEFAULT.scope() : scope, Gate.DEFAULT.failOnErrors());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--fail-on: " + e.getMessage(), e);
        }
    }

    private void print(CheckReport report) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Ansi ansi = spec.commandLine().getColorScheme().ansi();
        if (output == null && format != Format.TABLE) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            write(report, bytes);
            out.print(bytes.toString(StandardCharsets.UTF_8));
            out.flush();
            return;
        }
        if (output != null) {
            try (OutputStream file = Files.newOutputStream(output)) {
                write(report, file);
            }
        }
        new TableFormat(out, ansi).print(report);
    }

    private void write(CheckReport report, OutputStream out) throws IOException {
        switch (format) {
            case SARIF -> new SarifWriter().write(report, out);
            case JSON -> new JsonFormat().write(report, out);
            case CODEQUALITY -> new CodeQualityReport().write(report, out);
            case MARKDOWN -> out.write(markdown(report).getBytes(StandardCharsets.UTF_8));
            case TABLE -> {
                PrintWriter writer = new PrintWriter(out, false, StandardCharsets.UTF_8);
                new TableFormat(writer, Ansi.OFF).print(report);
            }
        }
    }

    /** The check's own text, without the limits of any provider. */
    private static String markdown(CheckReport report) {
        int none = Integer.MAX_VALUE;
        PublishLimits unlimited = new PublishLimits(none, none, none, none, none, none, none, true);
        return new Renderer().render(report, unlimited, Set.of(Capability.CHECKS)).check().summary() + "\n";
    }

    private boolean publish(CheckReport report) throws IOException, InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        String sha = report.change().headSha();
        if (sha == null) {
            throw new IOException("what is analysed is not committed, so there is no commit to answer on;"
                    + " commit it, or leave --publish out");
        }
        Integration integration = publishing.integration(System.getenv());
        try (ScmConnection connection = new Providers().of(integration.kind()).connect(integration)) {
            PullRequest pullRequest = publishing.pullRequest == null
                    ? null
                    : connection.pullRequest(publishing.repository(), publishing.pullRequest);
            Publisher.Target target = new Publisher.Target(publishing.repository(), sha, pullRequest);
            PublishOutcome outcome = new CheckPublisher().publish(connection, target, report);
            outcome.done().forEach(step -> err.println("published: " + step));
            outcome.skipped().forEach(step -> err.println("not published: " + step));
            if (outcome.failure() != null) {
                err.println("scm-checks: not published: " + outcome.failure().getMessage());
            }
            err.flush();
            return outcome.isComplete();
        }
    }
}

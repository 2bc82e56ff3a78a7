package io.jenkins.plugins.scmchecks.cli;

import io.jenkins.plugins.scmchecks.engine.analysis.report.ReportFormats;
import java.io.PrintWriter;
import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code scm-checks}. */
@Command(
        name = "scm-checks",
        description = "Analyses a source tree and answers pull requests with what is new in it.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        scope = ScopeType.INHERIT,
        usageHelpAutoWidth = true,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nEnds with:%n",
        exitCodeList = {"0:the gate passed", "1:the gate failed", "2:wrong usage, or it could not be done"})
public final class Main implements Runnable {

    /** The gate failed. */
    public static final int GATE_FAILED = 1;

    /** Wrong usage, or something that could not be done. */
    public static final int FAILURE = 2;

    private static final List<String> COMMANDS = List.of("check", "policies", "formats", "demo", "version", "completion");

    @Spec
    private CommandSpec spec;

    public static void main(String[] args) {
        if (args.length == 1 && (args[0].equals("version") || args[0].equals("--version"))) {
            // Asked for by scripts, before each run; picocli would take twice the time of all else.
            System.out.println(String.join("\n", new Version().getVersion()));
            return;
        }
        if (args.length > 0 && args[0].equals("check")) {
            HeadStart.begin();
        }
        System.exit(create(args).execute(args));
    }

    /**
     * {@return the command line, which never ends the JVM by itself}
     *
     * @param args that it is for; where they name a command the others, which take long to describe, are left out
     */
    static CommandLine create(String... args) {
        CommandLine line = new CommandLine(new Main());
        boolean one = args.length > 0 && COMMANDS.contains(args[0]) && !args[0].equals("completion");
        for (String name : one ? List.of(args[0]) : COMMANDS) {
            line.addSubcommand(name, command(name));
        }
        line.setExecutionExceptionHandler((e, command, parsed) -> {
            PrintWriter err = command.getErr();
            err.println(command.getColorScheme().errorText("scm-checks: " + message(e)));
            if (System.getenv("SCM_CHECKS_DEBUG") != null) {
                e.printStackTrace(err);
            }
            err.flush();
            return FAILURE;
        });
        line.setCaseInsensitiveEnumValuesAllowed(true);
        return line;
    }

    private static Object command(String name) {
        return switch (name) {
            case "check" -> new CheckCommand();
            case "policies" -> new PoliciesCommand();
            case "formats" -> new FormatsCommand();
            case "demo" -> new DemoCommand();
            case "version" -> new VersionCommand();
            case "completion" -> new CompletionCommand();
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static String message(Throwable e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** Prints the version. */
    @Command(name = "version", description = "Prints the version.")
    static final class VersionCommand implements Runnable {
        @Spec
        private CommandSpec spec;

        @Override
        public void run() {
            spec.commandLine().getOut().println(String.join("\n", new Version().getVersion()));
        }
    }

    /** Lists the formats of reports. */
    @Command(name = "formats", description = "Lists the formats of reports that --report takes in.")
    static final class FormatsCommand implements Runnable {
        @Spec
        private CommandSpec spec;

        @Override
        public void run() {
            PrintWriter out = spec.commandLine().getOut();
            for (ReportFormats.Format format : new ReportFormats().list()) {
                out.printf("%-28s %s%s%n", format.id(), format.name(), format.recognised() ? "  (recognised)" : "");
            }
            out.println("\nA format that is not recognised by its content is named: --report pylint:out/pylint.txt");
            out.flush();
        }
    }

    /** Prints a completion script. */
    @Command(
            name = "completion",
            description = "Prints a completion script for bash and zsh.",
            footer = {"", "Load it with:  source <(scm-checks completion)"})
    static final class CompletionCommand implements Runnable {
        @Spec
        private CommandSpec spec;

        @Override
        public void run() {
            spec.commandLine().getOut().print(AutoComplete.bash("scm-checks", spec.root().commandLine()));
            spec.commandLine().getOut().flush();
        }
    }
}

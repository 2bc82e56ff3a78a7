package io.jenkins.plugins.scmchecks.engine.analysis.tool;

import io.jenkins.plugins.scmchecks.engine.finding.Severity;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * How a tool is run, as data.
 *
 * @param name that people know it by, and that its findings carry where its report does not say
 * @param command the program and its arguments, which never pass through a shell; placeholders are {@code {files}},
 *     {@code {root}}, {@code {report}}, {@code {dir}} and {@code {isolated}}
 * @param format of its report, an id of {@link io.jenkins.plugins.scmchecks.engine.analysis.report.ReportFormats}
 * @param report the name of the file that it writes, in {@code {dir}}
 * @param files globs of the files that concern it; without {@code /} they mean the name alone; empty for all
 * @param exits the exit codes of a run that worked, whether it found something or not
 * @param empty the exit codes of a run that worked and wrote no report, as there was nothing to look at
 * @param configuration names of files that steer it
 * @param executes why it would run code of the repository, or null when it does not
 * @param isolated arguments that keep it from what {@code configuration} and {@code executes} say, or null when there
 *     are none
 * @param severity of all of its findings, or null to take what its report says
 * @param install what to do when it is missing; may be empty
 */
public record ToolSpec(
        String name,
        List<String> command,
        String format,
        String report,
        List<String> files,
        Set<Integer> exits,
        Set<Integer> empty,
        List<String> configuration,
        String executes,
        List<String> isolated,
        Severity severity,
        String install) {

    /** What most tools mean: 0 for nothing found, 1 for something. */
    public static final Set<Integer> USUAL_EXITS = Set.of(0, 1);

    /** Why a command that a team wrote itself is not run for strangers. */
    static final String OWN_COMMAND = "it is a command of the repository's own";

    public ToolSpec {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(format, "format");
        command = List.copyOf(command);
        if (command.isEmpty() || command.get(0).isBlank()) {
            throw new IllegalArgumentException("the tool '" + name + "' needs a command: the program and its arguments");
        }
        report = report == null ? "report" : report;
        if (report.contains("/") || report.contains("\\") || report.equals("..")) {
            throw new IllegalArgumentException("the report of '" + name + "' is a file's name without folders");
        }
        files = List.copyOf(files);
        exits = Set.copyOf(exits);
        empty = Set.copyOf(empty);
        configuration = List.copyOf(configuration);
        isolated = isolated == null ? null : List.copyOf(isolated);
        if (isolated != null && !command.contains("{isolated}")) {
            throw new IllegalArgumentException("the command of '" + name + "' must say where {isolated} goes");
        }
        install = install == null ? "" : install;
    }

    /**
     * {@return any other tool: a command that is run for trusted changes alone}
     *
     * @param command with placeholders; without {@code {report}} its standard output is the report
     * @param format of the report
     */
    public static ToolSpec of(String name, List<String> command, String format) {
        return new ToolSpec(
                name, command, format, null, List.of(), USUAL_EXITS, Set.of(), List.of(), OWN_COMMAND, null, null, null);
    }

    String program() {
        return command.get(0);
    }

    /** {@return whether single files are given to it, and not the tree as a whole} */
    boolean takesFiles() {
        return command.contains("{files}");
    }

    /** {@return whether it writes its report to a file, and not to the standard output} */
    boolean writesFile() {
        return command.stream().anyMatch(a -> a.contains("{report}") || a.contains("{dir}"));
    }
}

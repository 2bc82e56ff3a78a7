package io.jenkins.plugins.scmchecks.engine.analysis.report;

import io.jenkins.plugins.scmchecks.engine.analysis.FindingSink;
import io.jenkins.plugins.scmchecks.engine.finding.Finding;
import io.jenkins.plugins.scmchecks.engine.finding.Location;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import io.jenkins.plugins.scmchecks.engine.finding.Rule;
import io.jenkins.plugins.scmchecks.engine.finding.Severity;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what compilers and linters have written for half a century: {@code path:line:column: severity: message [rule]},
 * of which only the path, the line and the message are sure to be there. Other lines are passed over.
 */
final class LineReader implements ReportReader {

    private static final int MAX_LINE = 4000;
    private static final Pattern LINE = Pattern.compile("((?:[A-Za-z]:)?[^:\\s][^:]*):(\\d{1,9})(?::(\\d{1,9}))?(?::\\s*|\\s+)(.+)");
    private static final Pattern LEVEL = Pattern.compile(
            "\\[?(fatal error|fatal|error|warning|note|info|style|convention|refactor|refactoring|critical|high|medium|low)\\]?:?\\s+(.+)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern RULE_FIRST = Pattern.compile("([A-Z]{1,5}\\d{2,5}(?:/[\\w-]+)*):?\\s+(.+)");
    private static final Pattern RULE_LAST = Pattern.compile("(.+?)\\s*[\\[(]([\\w@][\\w@./-]*)[\\])]");

    private final String tool;
    private final ReportLimits limits;

    /** @param tool that writes them */
    LineReader(String tool, ReportLimits limits) {
        this.tool = tool;
        this.limits = limits;
    }

    @Override
    public void read(String name, Source source, ReportPaths paths, FindingSink sink) throws ReportException {
        LimitedSink limited = new LimitedSink(name, sink, limits);
        Map<String, Rule> rules = new HashMap<>();
        int lines = 0;
        int understood = 0;
        try {
            for (String line : (Iterable<String>) ReportText.read(name, source).lines()::iterator) {
                Matcher matcher = LINE.matcher(line);
                lines += line.isBlank() ? 0 : 1;
                if (line.length() <= MAX_LINE && matcher.matches()) {
                    understood++;
                    limited.finding(finding(matcher, rules, paths));
                }
            }
        } catch (ReportException e) {
            throw e;
        } catch (IOException e) {
            throw new ReportException(name + ": " + e.getMessage(), e);
        }
        if (lines > 0 && understood == 0) {
            throw new ReportException(name + ": no line of it is of the form path:line:column: message", null);
        }
    }

    private Finding finding(Matcher line, Map<String, Rule> rules, ReportPaths paths) {
        String message = line.group(4);
        Matcher level = LEVEL.matcher(message);
        Severity severity = Severity.MEDIUM;
        if (level.matches()) {
            severity = severity(level.group(1));
            message = level.group(2);
        }
        Matcher first = RULE_FIRST.matcher(message);
        Matcher last = RULE_LAST.matcher(message);
        String id = tool;
        if (first.matches()) {
            id = first.group(1);
            message = first.group(2);
        } else if (last.matches()) {
            message = last.group(1);
            id = last.group(2);
        }
        Severity own = severity;
        Rule rule = rules.computeIfAbsent(id, i -> new Rule(i, i, "", null, own, List.of()));
        int number = Math.max(1, Integer.parseInt(line.group(2)));
        int column = line.group(3) == null ? 0 : Integer.parseInt(line.group(3));
        Location location = new Location(paths.resolve(line.group(1)), new Region(number, column, number, 0));
        return Finding.of(tool, rule, message, location).withSeverity(severity);
    }

    /** {@return what the word for a level means, in whichever tool's words} */
    static Severity severity(String level) {
        return switch (level.toLowerCase(Locale.ROOT)) {
            case "critical", "blocker" -> Severity.CRITICAL;
            case "error", "fatal", "fatal error", "high" -> Severity.HIGH;
            case "warning", "medium", "moderate" -> Severity.MEDIUM;
            case "info", "information", "informational" -> Severity.INFO;
            default -> Severity.LOW;
        };
    }
}

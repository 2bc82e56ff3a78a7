package io.jenkins.plugins.scmchecks.engine.analysis.policy.dockerfile;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.document.TextLines;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Splits a Dockerfile into instructions: continuation lines, the {@code escape} directive, comments between continued
 * lines and heredocs, as the Dockerfile reference describes them (docs.docker.com/reference/dockerfile).
 */
final class DockerfileParser {

    /** Characters of a Dockerfile that are read; the largest that people write have a few thousand. */
    static final int MAX_CHARACTERS = 1_000_000;

    static final int MAX_INSTRUCTIONS = 5_000;

    /** Lines that are looked at for the ends of heredocs, in the whole file. */
    private static final int MAX_SEARCHED = 2_000_000;

    static final Set<String> KEYWORDS = Set.of(
            "ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL", "MAINTAINER",
            "ONBUILD", "RUN", "SHELL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR");

    private static final Pattern DIRECTIVE = Pattern.compile("#\\s*(\\w+)\\s*=\\s*(\\S+)\\s*");
    private static final Pattern HEREDOC = Pattern.compile("<<-?\\s*([\"']?)([A-Za-z_][\\w.]*)\\1");
    private static final Set<String> WITH_HEREDOC = Set.of("RUN", "COPY", "ADD");

    private final String text;
    private final TextLines lines;
    private final int count;
    private final char escape;
    private int next = 1;
    private int searched;
    private String problem;

    /**
     * What was read.
     *
     * @param problem the first line that is no instruction, or null; such lines are left out
     */
    record Parsed(List<Instruction> instructions, String problem) {}

    /** A text that is no Dockerfile; the message says why. */
    static final class NotADockerfile extends Exception {

        private static final long serialVersionUID = 1L;

        NotADockerfile(String message) {
            super(message);
        }
    }

    private DockerfileParser(String text) {
        this.text = text;
        this.lines = new TextLines(text);
        this.count = lines.line(text.length());
        this.escape = escapeDirective();
    }

    /** @throws NotADockerfile when the text is too long, or begins with something else than an instruction */
    static Parsed parse(String text) throws NotADockerfile {
        if (text.length() > MAX_CHARACTERS) {
            throw new NotADockerfile(
                    "it has " + text.length() + " characters, at most " + MAX_CHARACTERS + " are read");
        }
        DockerfileParser parser = new DockerfileParser(text);
        List<Instruction> instructions = parser.instructions();
        return new Parsed(instructions, parser.problem);
    }

    private char escapeDirective() {
        for (int line = 1; line <= count; line++) {
            Matcher directive = DIRECTIVE.matcher(line(line).strip());
            if (!directive.matches()) {
                break;
            }
            if (directive.group(1).equalsIgnoreCase("escape") && directive.group(2).equals("`")) {
                return '`';
            }
        }
        return '\\';
    }

    private List<Instruction> instructions() throws NotADockerfile {
        List<Instruction> found = new ArrayList<>();
        while (next <= count) {
            int first = next;
            TrackedText logical = logicalLine().strip();
            if (logical.isEmpty()) {
                continue;
            }
            if (found.size() == MAX_INSTRUCTIONS) {
                throw new NotADockerfile("it has more than " + MAX_INSTRUCTIONS + " instructions");
            }
            add(logical, first, found);
        }
        return found;
    }

    private void add(TrackedText logical, int line, List<Instruction> found) throws NotADockerfile {
        int end = 0;
        while (end < logical.length() && !Character.isWhitespace(logical.at(end))) {
            end++;
        }
        String keyword = logical.text().substring(0, end).toUpperCase(Locale.ROOT);
        if (!KEYWORDS.contains(keyword)) {
            String shown = keyword.length() > 30 ? keyword.substring(0, 30) + "…" : keyword;
            String wrong = "line " + line + " begins with '" + shown + "', which is no instruction";
            if (found.stream().noneMatch(instruction -> instruction.keyword().equals("FROM"))) {
                throw new NotADockerfile(wrong);
            }
            problem = problem == null ? wrong : problem;
            return;
        }
        TrackedText rest = logical.sub(end, logical.length()).strip();
        Region region = logical.region();
        List<Instruction.Heredoc> heredocs = WITH_HEREDOC.contains(keyword) ? heredocs(rest) : List.of();
        found.add(new Instruction(keyword, rest, heredocs, region));
    }

    /** Joins lines that end with the escape character; comments and empty lines in between are left out. */
    private TrackedText logicalLine() {
        TrackedText.Builder joined = new TrackedText.Builder(lines);
        while (next <= count) {
            int line = next++;
            String raw = line(line);
            if (raw.stripLeading().startsWith("#")) {
                if (joined.isEmpty()) {
                    return joined.build();
                }
                continue;
            }
            if (raw.isBlank()) {
                if (joined.isEmpty()) {
                    return joined.build();
                }
                continue;
            }
            String content = raw.stripTrailing();
            boolean continued = content.charAt(content.length() - 1) == escape;
            int start = lines.start(line);
            joined.add(text, start, start + content.length() - (continued ? 1 : 0));
            if (!continued) {
                break;
            }
            joined.add(' ', start + content.length() - 1);
        }
        return joined.build();
    }

    private List<Instruction.Heredoc> heredocs(TrackedText rest) {
        List<Instruction.Heredoc> found = new ArrayList<>();
        Matcher matcher = HEREDOC.matcher(rest.text());
        while (matcher.find()) {
            boolean hereString = matcher.start() > 0 && rest.at(matcher.start() - 1) == '<';
            if (!hereString) {
                found.add(new Instruction.Heredoc(matcher.group(2), heredoc(matcher.group(2))));
            }
        }
        return found;
    }

    private TrackedText heredoc(String name) {
        int first = next;
        for (int line = first; line <= count && searched < MAX_SEARCHED; line++, searched++) {
            if (line(line).strip().equals(name)) {
                TrackedText.Builder content = new TrackedText.Builder(lines);
                if (line > first) {
                    content.add(text, lines.start(first), lines.end(line - 1));
                }
                next = line + 1;
                return content.build();
            }
        }
        // Without an end it is no heredoc but a shell's here-document in an odd place: nothing is swallowed.
        return new TrackedText.Builder(lines).build();
    }

    private String line(int number) {
        return text.substring(lines.start(number), lines.end(number));
    }
}

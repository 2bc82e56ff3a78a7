package io.jenkins.plugins.scmchecks.engine.analysis.policy;

import io.jenkins.plugins.scmchecks.engine.analysis.SourceFile;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import io.jenkins.plugins.scmchecks.engine.finding.Suppression;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decisions in a file's comments that a finding need not be mended: {@code # scm-checks:ignore ID reason}, and what
 * other tools' users have written already ({@code #tfsec:ignore:}, {@code #trivy:ignore:}, {@code #checkov:skip=},
 * {@code # hadolint ignore=}, {@code # zizmor: ignore[…]}, Bicep's {@code #disable-next-line}, annotations of
 * kube-linter and checkov, {@link MetadataSuppressions metadata}), where their id is an alias of the policy. Immutable.
 */
final class InSourceSuppressions {

    static final InSourceSuppressions NONE = new InSourceSuppressions(List.of());

    private static final Pattern MARK = Pattern.compile(
            "scm-checks:ignore[ \\t:=]+(?<own>[\\w.,*-]+)(?<ownReason>[^\\n]*)"
                    + "|(?:tfsec|trivy):ignore:(?<tfsec>[\\w.*-]+)"
                    + "|checkov:skip=(?<checkov>\\w+)(?::(?<checkovReason>[^\\n]*))?"
                    + "|checkov\\.io/skip\\w*[\"']?:[ \\t]*[\"']?(?<noted>\\w+)(?:=(?<notedReason>[^\\n\"']*))?"
                    + "|ignore-check\\.kube-linter\\.io/(?<linter>[\\w-]+)[\"']?:(?<linterReason>[^\\n]*)"
                    + "|#disable-next-line[ \\t]+(?<bicep>[\\w-]+(?:[ \\t]+[\\w-]+)*)"
                    + "|zizmor:[ \\t]*ignore\\[(?<zizmor>[\\w, -]+)]"
                    + "|hadolint[ \\t]+(?<global>global[ \\t]+)?ignore=(?<hadolint>[\\w, ]+)");

    /** Decisions in one file; each is looked at for each finding in it. */
    private static final int MAX_MARKS = 2_000;

    private final List<Mark> marks;

    /**
     * @param line of the code that it is about
     * @param whole whether it is about the whole resource that it stands in
     */
    private record Mark(int line, boolean whole, List<String> ids, String reason) {}

    private InSourceSuppressions(List<Mark> marks) {
        this.marks = marks;
    }

    static InSourceSuppressions of(SourceFile file) {
        String text = file.lenientText();
        boolean none =
                !text.contains("ignore") && !text.contains("checkov") && !text.contains("#disable-next-line");
        if (none) {
            return NONE;
        }
        List<Mark> marks = new ArrayList<>();
        Matcher matcher = MARK.matcher(text);
        int code = 0;
        while (matcher.find() && marks.size() < MAX_MARKS) {
            int line = file.lineOf(matcher.start());
            // Comments that follow each other are about the same line, so that is looked for once.
            code = line < code ? code : codeLine(file, line);
            marks.add(mark(line, code, matcher));
        }
        return marks.isEmpty() ? NONE : new InSourceSuppressions(marks);
    }

    private static Mark mark(int at, int line, Matcher matcher) {
        String own = matcher.group("own");
        if (own != null) {
            return new Mark(line, false, List.of(own.split(",")), reason(matcher.group("ownReason")));
        }
        if (matcher.group("tfsec") != null) {
            return new Mark(line, false, List.of(matcher.group("tfsec")), "");
        }
        if (matcher.group("bicep") != null) {
            return new Mark(line, false, List.of(matcher.group("bicep").split("[ \\t]+")), "");
        }
        if (matcher.group("zizmor") != null) {
            return new Mark(line, false, List.of(matcher.group("zizmor").strip().split("[, ]+")), "");
        }
        if (matcher.group("hadolint") != null) {
            List<String> ids = List.of(matcher.group("hadolint").strip().split("[, ]+"));
            return new Mark(line, matcher.group("global") != null, ids, "");
        }
        for (String name : List.of("checkov", "noted", "linter")) {
            if (matcher.group(name) != null) {
                return new Mark(at, true, List.of(matcher.group(name)), reason(matcher.group(name + "Reason")));
            }
        }
        throw new IllegalStateException(matcher.group());
    }

    private static String reason(String text) {
        return text == null ? "" : text.replaceFirst("^[\\s:\"'-]+", "").replaceFirst("[\\s\"']*(\\*/)?\\s*$", "");
    }

    /** A comment on a line of its own is about the next line that is none. */
    private static int codeLine(SourceFile file, int line) {
        int at = line;
        while (at < file.lineCount() && isComment(file.line(at))) {
            at++;
        }
        return at;
    }

    private static boolean isComment(String line) {
        String text = line.strip();
        return text.isEmpty() || text.startsWith("#") || text.startsWith("//") || text.startsWith("/*")
                || text.startsWith("*");
    }

    /**
     * {@return the decision about a finding, or null}
     *
     * @param resource that it is about; null when the resource as a whole stands in another file
     */
    Suppression about(Policy policy, Region finding, Resource resource) {
        for (Mark mark : marks) {
            boolean here = mark.whole()
                    ? inside(mark.line(), resource)
                    : finding != null && mark.line() == finding.startLine() || mark.line() == head(resource);
            boolean all = mark.ids().contains("*") || mark.ids().contains("all");
            if (here && (all || mark.ids().stream().anyMatch(policy::isKnownAs))) {
                return new Suppression("inSource", mark.reason());
            }
        }
        return MetadataSuppressions.about(policy, resource);
    }

    private static int head(Resource resource) {
        return resource == null || resource.region() == null ? 0 : resource.region().startLine();
    }

    private static boolean inside(int line, Resource resource) {
        if (resource == null) {
            return false;
        }
        Region body = resource.body().region();
        boolean after = head(resource) <= line;
        // A Dockerfile is one resource to those who write such a comment, wherever it stands.
        return resource.platform().equals("dockerfile") || after && body != null && line <= body.endLine();
    }
}

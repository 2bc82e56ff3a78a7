package io.jenkins.plugins.scmchecks.engine.publish;

import io.jenkins.plugins.scmchecks.engine.finding.Region;
import io.jenkins.plugins.scmchecks.engine.finding.Severity;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The whole wanted state at a provider for one commit: what should be there, whatever is there now.
 *
 * @param check the commit's check or status
 * @param comments the inline comments that should stand open, each on a line
 * @param standing fingerprints of the findings that are still there: their threads stay open even where no comment is
 *     wanted on that line now
 * @param complete whether everything was analysed; if not, a thread whose finding is missing is left as it is
 * @param summary the body of the one comment on the pull request, in Markdown; null leaves what is there
 */
public record Publication(
        Check check, List<InlineComment> comments, Set<String> standing, boolean complete, String summary) {

    public Publication {
        Objects.requireNonNull(check, "check");
        comments = List.copyOf(comments);
        standing = Set.copyOf(standing);
    }

    /** A complete one, in which every finding that is still there has its comment. */
    public Publication(Check check, List<InlineComment> comments, String summary) {
        this(check, comments, fingerprints(comments), true, summary);
    }

    /** {@return one that says nothing about findings, and so leaves comments and summary as they are} */
    public static Publication ofCheck(Check check) {
        return new Publication(check, List.of(), Set.of(), false, null);
    }

    private static Set<String> fingerprints(List<InlineComment> comments) {
        return comments.stream().map(InlineComment::fingerprint).collect(Collectors.toSet());
    }

    /** How a check ended, or that it has not yet. */
    public enum Conclusion {
        IN_PROGRESS,
        SUCCESS,
        FAILURE,
        /** Stopped by a person or a time limit: says nothing about the code. */
        CANCELLED,
        /** The analysis itself broke. */
        ERROR
    }

    /**
     * @param name as people see it, and as branch protection rules know it
     * @param externalId tells our check from others' and from our other checks
     * @param conclusion how it ended
     * @param title in one line
     * @param summary in Markdown
     * @param annotations on lines, changed or not
     * @param detailsUrl the build's page, or null
     */
    public record Check(
            String name,
            String externalId,
            Conclusion conclusion,
            String title,
            String summary,
            List<Annotation> annotations,
            String detailsUrl) {
        public Check {
            annotations = List.copyOf(annotations);
        }
    }

    /**
     * @param path of the file
     * @param region never null: a finding about a whole file is on its first line
     * @param severity which providers show as a colour or level
     * @param title in one line, plain text
     * @param message plain text
     * @param details more text, or empty
     * @param fingerprint of the finding
     * @param ruleUri an address with more, or null
     */
    public record Annotation(
            String path,
            Region region,
            Severity severity,
            String title,
            String message,
            String details,
            String fingerprint,
            String ruleUri) {}

    /**
     * @param fingerprint of the finding, which the hidden marker in the body carries
     * @param path of the file in the head
     * @param basePath of the file in the base; the same unless renamed
     * @param firstLine of the head; the same as {@code lastLine} for one line
     * @param lastLine of the head, where the comment stands
     * @param baseLine the line of the base that {@code lastLine} was, or 0 when the change added or modified it
     * @param body in Markdown, with its marker
     */
    public record InlineComment(
            String fingerprint,
            String path,
            String basePath,
            int firstLine,
            int lastLine,
            int baseLine,
            String body) {}
}

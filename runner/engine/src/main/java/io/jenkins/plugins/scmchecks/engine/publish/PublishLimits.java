package io.jenkins.plugins.scmchecks.engine.publish;

/**
 * What a provider accepts, as data. Characters are UTF-16 code units unless the provider counts bytes.
 *
 * @param annotations the most a check may have in all
 * @param annotationsPerRequest the most a single request may carry
 * @param annotationMessage characters of one annotation's message
 * @param checkTitle characters of the check's title
 * @param checkSummary characters of the check's summary
 * @param comment characters of one comment
 * @param inlineComments the most inline comments that one pull request gets from us, so that it stays readable
 * @param commentsOutsideDiff whether a line that the diff does not show can have a comment
 */
public record PublishLimits(
        int annotations,
        int annotationsPerRequest,
        int annotationMessage,
        int checkTitle,
        int checkSummary,
        int comment,
        int inlineComments,
        boolean commentsOutsideDiff) {}

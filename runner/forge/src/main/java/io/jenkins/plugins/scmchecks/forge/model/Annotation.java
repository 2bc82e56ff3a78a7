package io.jenkins.plugins.scmchecks.forge.model;

/**
 * A remark of a check on lines of a file.
 *
 * @param startColumn null when not given
 * @param level such as notice, warning or failure
 * @param title null when not given
 */
public record Annotation(
        String path,
        int startLine,
        int endLine,
        Integer startColumn,
        Integer endColumn,
        String level,
        String message,
        String title,
        String rawDetails) {}

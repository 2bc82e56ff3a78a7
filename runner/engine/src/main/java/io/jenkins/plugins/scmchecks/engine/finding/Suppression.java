package io.jenkins.plugins.scmchecks.engine.finding;

/**
 * Somebody's decision that a finding need not be mended: SARIF's {@code suppression}.
 *
 * @param source where the decision stands, such as {@code inSource}, {@code external} or a file's name
 * @param justification may be empty
 */
public record Suppression(String source, String justification) {

    public Suppression {
        source = source == null ? "external" : source;
        justification = justification == null ? "" : justification;
    }
}

package io.jenkins.plugins.scmchecks.engine.analysis.policy.document;

/**
 * How much of an untrusted document is read.
 *
 * @param characters in the whole text
 * @param depth of nested lists and maps
 * @param nodes in all documents together; a YAML alias counts as much as what it stands for
 */
public record DocumentLimits(int characters, int depth, int nodes) {

    /** Far above what people write, and harmless. */
    public static final DocumentLimits DEFAULT = new DocumentLimits(10_000_000, 100, 1_000_000);
}

package io.jenkins.plugins.scmchecks.engine.analysis.policy.terraform;

import java.util.List;
import java.util.Map;

/**
 * The content of a file or of a block.
 *
 * @param attributes by name, in the file's order
 * @param blocks in the file's order
 */
record Body(Map<String, Attribute> attributes, List<Block> blocks) {

    /** An attribute: where its name stands, and its expression. */
    record Attribute(String name, int start, int end, Expression value) {}

    /**
     * A block.
     *
     * @param type such as {@code resource}
     * @param labels such as {@code aws_s3_bucket} and {@code logs}
     * @param start of the type's name
     * @param headEnd after the last label
     * @param end after the closing brace
     */
    record Block(String type, List<String> labels, Body body, int start, int headEnd, int end) {

        /** {@return a label, or the empty text when the block has fewer} */
        String label(int index) {
            return index < labels.size() ? labels.get(index) : "";
        }
    }

    /** {@return the expression of an attribute, or null} */
    Expression value(String name) {
        Attribute attribute = attributes.get(name);
        return attribute == null ? null : attribute.value();
    }
}

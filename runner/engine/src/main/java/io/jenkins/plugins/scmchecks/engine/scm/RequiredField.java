package io.jenkins.plugins.scmchecks.engine.scm;

import com.fasterxml.jackson.databind.JsonNode;

/** Reads fields of providers' objects that have to be there. */
public final class RequiredField {

    private RequiredField() {}

    /**
     * @param at where the node stands in the document, for messages; may be empty
     * @return the text, never an empty one
     * @throws MissingFieldException when there is none
     */
    public static String text(JsonNode node, String field, String at) {
        JsonNode value = node.path(field);
        if (!value.isTextual() || value.asText().isEmpty()) {
            throw new MissingFieldException(name(at, field), value.isMissingNode() ? "is missing" : "is not a text");
        }
        return value.asText();
    }

    /**
     * @param at where the node stands in the document, for messages; may be empty
     * @throws MissingFieldException when there is no whole number
     */
    public static long number(JsonNode node, String field, String at) {
        JsonNode value = node.path(field);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new MissingFieldException(name(at, field), value.isMissingNode() ? "is missing" : "is not a number");
        }
        return value.asLong();
    }

    /**
     * @param value the path as the provider writes it
     * @param field that it was in, for messages
     * @throws MissingFieldException when it is none
     */
    public static RepositoryPath path(String value, String field) {
        try {
            return new RepositoryPath(value);
        } catch (IllegalArgumentException e) {
            throw new MissingFieldException(field, "is not a repository's path");
        }
    }

    /** {@return the field with the way to it} */
    public static String name(String at, String field) {
        return at.isEmpty() ? field : at + "." + field;
    }
}

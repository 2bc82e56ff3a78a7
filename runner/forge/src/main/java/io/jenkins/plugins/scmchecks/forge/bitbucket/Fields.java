package io.jenkins.plugins.scmchecks.forge.bitbucket;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * A request's JSON object, read strictly.
 *
 * @param problem makes the error for a field and what is wrong with it
 */
record Fields(JsonNode json, BiFunction<String, String, BitbucketError> problem) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** {@return the body, whatever it is} */
    static JsonNode parse(byte[] body, BiFunction<String, String, BitbucketError> problem) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw problem.apply("body", "is not JSON");
        }
    }

    /** Refuses anything but an object of known fields. */
    static Fields of(JsonNode json, Set<String> known, BiFunction<String, String, BitbucketError> problem) {
        if (!json.isObject()) {
            throw problem.apply("body", "expected a dictionary");
        }
        json.fieldNames().forEachRemaining(field -> {
            if (!known.contains(field)) {
                throw problem.apply(field, "extra keys not allowed");
            }
        });
        return new Fields(json, problem);
    }

    boolean has(String field) {
        return json.hasNonNull(field);
    }

    /** {@return the text, or null when it is not there} */
    String optional(String field, int longest) {
        if (!has(field)) {
            return null;
        }
        JsonNode value = json.get(field);
        if (!value.isTextual()) {
            throw problem.apply(field, "expected str");
        }
        if (value.asText().length() > longest) {
            throw problem.apply(field, "Ensure this value has at most " + longest + " characters");
        }
        return value.asText();
    }

    String required(String field, int longest) {
        String value = optional(field, longest);
        if (value == null || value.isBlank()) {
            throw problem.apply(field, "required key not provided");
        }
        return value;
    }

    String oneOf(String field, Set<String> allowed) {
        String value = required(field, 100);
        if (!allowed.contains(value)) {
            throw problem.apply(field, "must be one of " + allowed);
        }
        return value;
    }

    String address(String field, int longest, boolean needed) {
        String value = needed ? required(field, longest) : optional(field, longest);
        if (value != null && !value.matches("https?://[^\\s/:]+(:\\d+)?(/\\S*)?")) {
            throw problem.apply(field, "Enter a valid URL.");
        }
        return value;
    }

    boolean flag(String field, boolean otherwise) {
        JsonNode value = json.path(field);
        if (value.isMissingNode()) {
            return otherwise;
        }
        if (!value.isBoolean()) {
            throw problem.apply(field, "expected bool");
        }
        return value.asBoolean();
    }

    int number(String field, int least) {
        JsonNode value = json.path(field);
        if (!value.isInt() || value.asInt() < least) {
            throw problem.apply(field, "must be a whole number of at least " + least);
        }
        return value.asInt();
    }
}

package io.jenkins.plugins.scmchecks.forge.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What the forge answers. */
public record Answer(int status, String contentType, byte[] body, List<Header> headers) {

    /** A header; a name may come more than once. */
    public record Header(String name, String value) {}

    public Answer {
        headers = List.copyOf(headers);
    }

    public static Answer json(int status, JsonNode body) {
        return new Answer(status, "application/json; charset=utf-8",
                body.toString().getBytes(StandardCharsets.UTF_8), List.of());
    }

    public static Answer text(int status, String contentType, String body) {
        return new Answer(status, contentType, body.getBytes(StandardCharsets.UTF_8), List.of());
    }

    /** {@return an answer without a body} */
    public static Answer empty(int status) {
        return new Answer(status, null, new byte[0], List.of());
    }

    public Answer with(String name, String value) {
        List<Header> more = new ArrayList<>(headers);
        more.add(new Header(name, value));
        return new Answer(status, contentType, body, more);
    }
}

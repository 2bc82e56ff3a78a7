package io.jenkins.plugins.scmchecks.forge.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A request on its way through a dialect. */
public final class Exchange {

    private static final String CALLER = Exchange.class.getName() + ".caller";
    private static final String WRITE = Exchange.class.getName() + ".write";

    private final HttpServletRequest request;
    private final byte[] body;

    Exchange(HttpServletRequest request, byte[] body) {
        this.request = request;
        this.body = body;
    }

    public String method() {
        return request.getMethod();
    }

    /** {@return the path, percent-encoded as it came} */
    public String rawPath() {
        return request.getRequestURI();
    }

    /** {@return the path, decoded} */
    public String path() {
        return decode(rawPath());
    }

    /** {@return the raw query, or empty} */
    public String query() {
        return Optional.ofNullable(request.getQueryString()).orElse("");
    }

    /** {@return a parameter of the query, decoded} */
    public Optional<String> parameter(String name) {
        for (String pair : query().split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0 && decode(pair.substring(0, equals)).equals(name)) {
                return Optional.of(URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return Optional.empty();
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(request.getHeader(name));
    }

    public byte[] body() {
        return body;
    }

    /** Says who asks, for the record and for the budget of requests. */
    public void caller(String name) {
        request.setAttribute(CALLER, name);
    }

    /** Says whether the request changes something, where its method does not tell. */
    public void write(boolean write) {
        request.setAttribute(WRITE, write);
    }

    static String caller(HttpServletRequest request) {
        return request.getAttribute(CALLER) instanceof String caller ? caller : "anonymous";
    }

    static boolean write(HttpServletRequest request) {
        return request.getAttribute(WRITE) instanceof Boolean write
                ? write
                : RecordedRequest.changes(request.getMethod());
    }

    static Exchange of(HttpServletRequest request) throws IOException {
        return new Exchange(request, request.getInputStream().readAllBytes());
    }

    static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}

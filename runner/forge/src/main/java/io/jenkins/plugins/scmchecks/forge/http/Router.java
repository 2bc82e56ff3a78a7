package io.jenkins.plugins.scmchecks.forge.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds what handles a request.
 *
 * @param <H> a handler
 */
public final class Router<H> {

    /** A handler with the values of the path's variables, decoded. */
    public record Found<H>(H handler, Map<String, String> variables) {}

    private record Route<H>(String method, Pattern pattern, List<String> names, H handler) {}

    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)(\\*?)}");

    private final List<Route<H>> routes = new ArrayList<>();

    /**
     * Adds a route; the first that matches wins.
     *
     * @param path with {@code {name}} for a segment and {@code {name*}} for any rest, even an empty one
     */
    public void add(String method, String path, H handler) {
        List<String> names = new ArrayList<>();
        StringBuilder regex = new StringBuilder();
        Matcher variable = VARIABLE.matcher(path);
        int end = 0;
        while (variable.find()) {
            regex.append(Pattern.quote(path.substring(end, variable.start())));
            names.add(variable.group(1));
            regex.append(variable.group(2).isEmpty() ? "([^/]+)" : "(.*)");
            end = variable.end();
        }
        regex.append(Pattern.quote(path.substring(end)));
        routes.add(new Route<>(method, Pattern.compile(regex.toString()), names, handler));
    }

    public Optional<Found<H>> find(String method, String rawPath) {
        for (Route<H> route : routes) {
            Matcher matcher = route.pattern.matcher(rawPath);
            if (route.method.equals(method) && matcher.matches()) {
                Map<String, String> variables = new LinkedHashMap<>();
                for (int i = 0; i < route.names.size(); i++) {
                    variables.put(route.names.get(i), Exchange.decode(matcher.group(i + 1)));
                }
                return Optional.of(new Found<>(route.handler, variables));
            }
        }
        return Optional.empty();
    }
}

package io.jenkins.plugins.scmchecks.forge.github;

import graphql.ErrorClassification;
import graphql.ErrorType;
import graphql.GraphQLError;
import graphql.execution.DataFetcherExceptionHandlerParameters;
import graphql.language.SourceLocation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An error in GitHub's shape: with a type beside the message. */
final class GraphQlError implements GraphQLError {

    private static final long serialVersionUID = 1L;

    /** Thrown by what answers a field. */
    static final class Refusal extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final String type;

        /** @param type such as FORBIDDEN or NOT_FOUND */
        Refusal(String type, String message) {
            super(message, null, false, false);
            this.type = type;
        }
    }

    private final String type;
    private final String message;
    private final transient List<Object> path;
    private final transient List<SourceLocation> locations;

    private GraphQlError(String type, String message, List<Object> path, List<SourceLocation> locations) {
        this.type = type;
        this.message = message;
        this.path = path;
        this.locations = locations;
    }

    static GraphQLError of(DataFetcherExceptionHandlerParameters parameters) {
        Throwable cause = parameters.getException();
        String type = cause instanceof Refusal refusal ? refusal.type
                : cause instanceof GitHubError error && error.status() == 404 ? "NOT_FOUND" : "FORBIDDEN";
        if (!(cause instanceof Refusal) && !(cause instanceof GitHubError)) {
            throw new IllegalStateException(cause);
        }
        return new GraphQlError(type, cause.getMessage(), parameters.getPath().toList(),
                List.of(parameters.getSourceLocation()));
    }

    @Override
    public String getMessage() {
        return message;
    }

    @Override
    public List<Object> getPath() {
        return path;
    }

    @Override
    public List<SourceLocation> getLocations() {
        return locations;
    }

    @Override
    public ErrorClassification getErrorType() {
        return ErrorType.DataFetchingException;
    }

    @Override
    public Map<String, Object> toSpecification() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", type);
        json.put("path", path);
        json.put("extensions", Map.of("saml_failure", false));
        json.put("locations", locations.stream()
                .map(at -> Map.of("line", at.getLine(), "column", at.getColumn()))
                .toList());
        json.put("message", message);
        return json;
    }
}

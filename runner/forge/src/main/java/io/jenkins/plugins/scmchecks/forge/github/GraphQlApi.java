package io.jenkins.plugins.scmchecks.forge.github;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.execution.DataFetcherExceptionHandler;
import graphql.execution.DataFetcherExceptionHandlerResult;
import graphql.language.OperationDefinition;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.Parser;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import io.jenkins.plugins.scmchecks.forge.http.Answer;
import io.jenkins.plugins.scmchecks.forge.http.RateLimit;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** GraphQL, checked against a schema that is the part of GitHub's that review threads need. */
final class GraphQlApi {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private final GraphQL engine;

    GraphQlApi(GitHub github, RateLimit primary) {
        GraphQlQueries queries = new GraphQlQueries(github, primary);
        GraphQlMutations mutations = new GraphQlMutations(github);
        RuntimeWiring wiring = RuntimeWiring.newRuntimeWiring()
                .type("Query", type -> type
                        .dataFetcher("viewer", fetch(queries::viewer))
                        .dataFetcher("rateLimit", fetch(queries::rateLimit))
                        .dataFetcher("repository", fetch(queries::repository)))
                .type("Actor", type -> type.typeResolver(environment -> environment.getSchema().getObjectType(
                        (String) environment.<Map<String, Object>>getObject().get("__typename"))))
                .type("Repository", type -> type.dataFetcher("pullRequest", fetch(queries::pullRequest)))
                .type("PullRequest", type -> type
                        .dataFetcher("reviewThreads", fetch(queries::reviewThreads))
                        .dataFetcher("comments", fetch(queries::issueComments)))
                .type("PullRequestReviewThread", type -> type.dataFetcher("comments", fetch(queries::comments)))
                .type("Mutation", type -> type
                        .dataFetcher("resolveReviewThread", fetch(mutations::resolve))
                        .dataFetcher("unresolveReviewThread", fetch(mutations::unresolve))
                        .dataFetcher("minimizeComment", fetch(mutations::minimize)))
                .build();
        GraphQLSchema schema = new SchemaGenerator().makeExecutableSchema(new SchemaParser().parse(schema()), wiring);
        DataFetcherExceptionHandler errors = parameters -> CompletableFuture.completedFuture(
                DataFetcherExceptionHandlerResult.newResult(GraphQlError.of(parameters)).build());
        engine = GraphQL.newGraphQL(schema).defaultDataFetcherExceptionHandler(errors).build();
    }

    private static DataFetcher<Object> fetch(DataFetcher<Object> fetcher) {
        return fetcher;
    }

    /** {@return the caller of the query that is being answered} */
    static Call call(DataFetchingEnvironment environment) {
        return environment.getGraphQlContext().get(Call.class);
    }

    Answer answer(Call call) {
        call.exchange().write(false);
        if (!call.exchange().method().equals("POST")) {
            throw GitHubError.notFound();
        }
        if (call.caller() instanceof Caller.Anonymous) {
            throw GitHubError.unauthorized("This endpoint requires you to be authenticated.");
        }
        String query = call.text("query")
                .orElseThrow(() -> GitHubError.of(400, "A query attribute must be specified and must be a string."));
        call.exchange().write(mutates(query));
        Map<String, Object> variables = call.json().path("variables").isObject()
                ? JSON.convertValue(call.json().path("variables"), OBJECT)
                : Map.of();
        ExecutionResult result = engine.execute(ExecutionInput.newExecutionInput(query)
                .operationName(call.text("operationName").orElse(null))
                .variables(variables)
                .graphQLContext(Map.of(Call.class, call))
                .build());
        return Answer.json(200, JSON.valueToTree(result.toSpecification()));
    }

    private static boolean mutates(String query) {
        try {
            return Parser.parse(query).getDefinitionsOfType(OperationDefinition.class).stream()
                    .anyMatch(operation -> operation.getOperation() == OperationDefinition.Operation.MUTATION);
        } catch (InvalidSyntaxException e) {
            return false;
        }
    }

    private static String schema() {
        try (InputStream in = GraphQlApi.class.getResourceAsStream("schema.graphqls")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.jenkins.plugins.scmchecks.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.Scalars;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FieldDefinition;
import graphql.language.ObjectTypeDefinition;
import graphql.language.OperationDefinition;
import graphql.parser.Parser;
import graphql.schema.DataFetcher;
import graphql.schema.GraphQLScalarType;
import graphql.schema.PropertyDataFetcher;
import graphql.schema.TypeResolver;
import graphql.schema.idl.FieldWiringEnvironment;
import graphql.schema.idl.InterfaceWiringEnvironment;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.ScalarInfo;
import graphql.schema.idl.ScalarWiringEnvironment;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import graphql.schema.idl.UnionWiringEnvironment;
import graphql.schema.idl.WiringFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A GraphQL API as its public schema describes it: queries are executed over the answers that they got. */
final class GraphQlDescription implements Description {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String name;
    private final String path;
    private final GraphQL graphql;

    private GraphQlDescription(String name, String path, GraphQL graphql) {
        this.name = name;
        this.path = path;
        this.graphql = graphql;
    }

    static GraphQlDescription read(String name, String path) {
        TypeDefinitionRegistry types = new SchemaParser().parse(Descriptions.file(name).toFile());
        types.getTypes(ObjectTypeDefinition.class).forEach(type -> once(types, type));
        RuntimeWiring wiring = RuntimeWiring.newRuntimeWiring().wiringFactory(new Answered()).build();
        return new GraphQlDescription(name, path,
                GraphQL.newGraphQL(new SchemaGenerator().makeExecutableSchema(types, wiring)).build());
    }

    /** GitHub's own schema declares some fields twice. */
    private static void once(TypeDefinitionRegistry types, ObjectTypeDefinition type) {
        Map<String, FieldDefinition> fields = new LinkedHashMap<>();
        type.getFieldDefinitions().forEach(field -> fields.putIfAbsent(field.getName(), field));
        if (fields.size() < type.getFieldDefinitions().size()) {
            types.remove(type);
            types.add(type.transform(builder -> builder.fieldDefinitions(List.copyOf(fields.values()))));
        }
    }

    @Override
    public boolean covers(Exchange exchange) {
        return exchange.path().equals(path);
    }

    @Override
    public String operation(Exchange exchange) {
        Document document = Parser.parse(json(exchange.requestBody()).path("query").asText());
        OperationDefinition operation = document.getDefinitionsOfType(OperationDefinition.class).get(0);
        return operation.getOperation() + " " + operation.getSelectionSet().getSelectionsOfType(Field.class)
                .stream().map(Field::getName).toList();
    }

    @Override
    public List<String> mismatches(Exchange exchange) {
        JsonNode request = json(exchange.requestBody());
        JsonNode data = exchange.status() == 200 ? json(exchange.responseBody()).path("data") : JSON.nullNode();
        boolean answered = data.isObject() && !json(exchange.responseBody()).has("errors");
        ExecutionResult result = graphql.execute(ExecutionInput.newExecutionInput(request.path("query").asText())
                .variables(map(request.path("variables")))
                .root(answered ? map(data) : Map.of())
                .build());
        List<String> mismatches = new ArrayList<>();
        result.getErrors().stream()
                .filter(error -> answered || error.getPath() == null)
                .forEach(error -> mismatches.add(name + ": " + operation(exchange) + ": " + error.getMessage()));
        if (answered && mismatches.isEmpty() && !JSON.valueToTree(result.getData()).equals(data)) {
            mismatches.add(name + ": " + operation(exchange) + ": the answer has other fields than were asked for: "
                    + data);
        }
        return mismatches;
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("This should be JSON: " + text, e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(JsonNode object) {
        return JSON.convertValue(object, Map.class);
    }

    /** Takes every value from the answer, by the name of its field. */
    private static final class Answered implements WiringFactory {

        @Override
        public boolean providesScalar(ScalarWiringEnvironment environment) {
            return !ScalarInfo.isGraphqlSpecifiedScalar(environment.getScalarTypeDefinition().getName());
        }

        /** GitHub writes all its own scalars as text, large numbers too. */
        @Override
        public GraphQLScalarType getScalar(ScalarWiringEnvironment environment) {
            return GraphQLScalarType.newScalar()
                    .name(environment.getScalarTypeDefinition().getName())
                    .coercing(Scalars.GraphQLString.getCoercing())
                    .build();
        }

        @Override
        public boolean providesTypeResolver(InterfaceWiringEnvironment environment) {
            return true;
        }

        @Override
        public TypeResolver getTypeResolver(InterfaceWiringEnvironment environment) {
            return byName();
        }

        @Override
        public boolean providesTypeResolver(UnionWiringEnvironment environment) {
            return true;
        }

        @Override
        public TypeResolver getTypeResolver(UnionWiringEnvironment environment) {
            return byName();
        }

        private static TypeResolver byName() {
            return answer -> answer.getSchema()
                    .getObjectType(String.valueOf(((Map<?, ?>) answer.getObject()).get("__typename")));
        }

        @Override
        public DataFetcher<?> getDefaultDataFetcher(FieldWiringEnvironment environment) {
            return PropertyDataFetcher.fetching(environment.getFieldDefinition().getName());
        }
    }
}

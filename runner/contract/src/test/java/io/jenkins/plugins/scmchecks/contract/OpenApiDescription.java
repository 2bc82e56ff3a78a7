package io.jenkins.plugins.scmchecks.contract;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.interaction.ApiOperationResolver;
import com.atlassian.oai.validator.model.ApiOperationMatch;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import com.atlassian.oai.validator.report.ValidationReport.Level;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** A REST API as OpenAPI 3.0 describes it. */
final class OpenApiDescription implements Description {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String name;
    private final String basePath;
    private final OpenApiInteractionValidator requests;
    private final OpenApiInteractionValidator answers;
    private final ApiOperationResolver operations;

    private OpenApiDescription(String name, String basePath, JsonNode api) {
        inline(api, api);
        open(api, api);
        OpenAPI parsed = parse(name, api);
        this.name = name;
        this.basePath = basePath;
        this.requests = validator(parsed);
        this.operations = new ApiOperationResolver(parsed, basePath, false);
        this.answers = validator(parse(name, ofAnyKind(api)));
    }

    /**
     * @param name of the file
     * @param basePath what the server's paths begin with, before those of the description
     */
    static OpenApiDescription read(String name, String basePath) {
        try {
            return new OpenApiDescription(name, basePath, JSON.readTree(Descriptions.file(name).toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static LevelResolver levels() {
        return LevelResolver.create()
                .withDefaultLevel(Level.ERROR)
                // GitHub wants application/vnd.github+json and describes its answers as application/json.
                .withLevel("validation.request.accept.notAllowed", Level.IGNORE)
                // Who may do what, the forge checks.
                .withLevel("validation.request.security", Level.IGNORE)
                // Not every refusal is described.
                .withLevel("validation.response.status.unknown", Level.IGNORE)
                .build();
    }

    private static OpenAPI parse(String name, JsonNode api) {
        ParseOptions options = new ParseOptions();
        options.setResolve(true);
        SwaggerParseResult result = new OpenAPIV3Parser().readContents(api.toString(), null, options);
        if (result.getOpenAPI() == null) {
            throw new IllegalStateException(name + " is no OpenAPI 3 description: " + result.getMessages());
        }
        return result.getOpenAPI();
    }

    private OpenApiInteractionValidator validator(OpenAPI api) {
        return OpenApiInteractionValidator.createFor(api)
                .withBasePathOverride(basePath)
                .withLevelResolver(levels())
                .build();
    }

    /** Puts bodies and answers where they are referred to: the validator does not follow these references. */
    private static void inline(JsonNode part, JsonNode api) {
        if (part instanceof ObjectNode object) {
            object.properties().forEach(field -> {
                String reference = field.getValue().path("$ref").asText();
                if (reference.startsWith("#/components/requestBodies/")
                        || reference.startsWith("#/components/responses/")) {
                    field.setValue(api.at(reference.substring(1)).deepCopy());
                }
            });
        }
        part.forEach(child -> inline(child, api));
    }

    /**
     * An object that is a part of others says nothing about what else they have, and which others there are is told by no
     * name: the validator takes Bitbucket's for a circle.
     */
    private static void open(JsonNode part, JsonNode api) {
        if (part.path("discriminator").isObject()) {
            ((ObjectNode) part).remove("discriminator");
        }
        for (JsonNode each : part.path("allOf")) {
            String reference = each.path("$ref").asText();
            JsonNode object = reference.isEmpty() ? each : api.at(reference.substring(1));
            if (object instanceof ObjectNode node && !node.has("allOf")) {
                node.put("additionalProperties", true);
            }
        }
        part.forEach(child -> open(child, api));
    }

    /** Of an answer that is of several kinds, nobody is told which: a kind often is another one with less in it. */
    private static JsonNode ofAnyKind(JsonNode api) {
        if (api instanceof ObjectNode object && object.path("oneOf").isArray()) {
            object.set("anyOf", object.remove("oneOf"));
        }
        api.forEach(OpenApiDescription::ofAnyKind);
        return api;
    }

    @Override
    public boolean covers(Exchange exchange) {
        return exchange.path().startsWith(basePath);
    }

    @Override
    public String operation(Exchange exchange) {
        ApiOperationMatch match = operations.findApiOperation(exchange.path(), method(exchange));
        return exchange.method() + " "
                + (match.isOperationAllowed() ? match.getApiOperation().getApiPath().normalised() : exchange.path());
    }

    @Override
    public List<String> mismatches(Exchange exchange) {
        List<String> mismatches = new ArrayList<>();
        ValidationReport request = requests.validateRequest(request(exchange));
        add(mismatches, "request", exchange, request);
        boolean found = operations.findApiOperation(exchange.path(), method(exchange)).isOperationAllowed();
        if (found && exchange.status() < 500) {
            add(mismatches, "answer " + exchange.status(), exchange,
                    answers.validateResponse(exchange.path(), method(exchange), response(exchange)));
        }
        return mismatches;
    }

    private void add(List<String> to, String what, Exchange exchange, ValidationReport report) {
        report.getMessages().stream()
                .filter(message -> message.getLevel() == Level.ERROR)
                .forEach(message -> to.add(name + ": " + operation(exchange) + ": " + what + ": "
                        + message.getMessage().strip() + nested(message)));
    }

    private static String nested(ValidationReport.Message message) {
        return message.getNestedMessages().isEmpty() ? "" : " " + message.getNestedMessages();
    }

    private static Request.Method method(Exchange exchange) {
        return Request.Method.valueOf(exchange.method());
    }

    private static Request request(Exchange exchange) {
        SimpleRequest.Builder builder = new SimpleRequest.Builder(exchange.method(), exchange.path());
        exchange.query().forEach(builder::withQueryParam);
        exchange.requestHeaders().forEach(builder::withHeader);
        if (!exchange.requestBody().isEmpty()) {
            builder.withBody(exchange.requestBody());
        }
        return builder.build();
    }

    private static SimpleResponse response(Exchange exchange) {
        SimpleResponse.Builder builder = SimpleResponse.Builder.status(exchange.status());
        exchange.responseHeaders().forEach(builder::withHeader);
        if (!exchange.responseBody().isEmpty()) {
            builder.withBody(exchange.responseBody());
        }
        return builder.build();
    }
}

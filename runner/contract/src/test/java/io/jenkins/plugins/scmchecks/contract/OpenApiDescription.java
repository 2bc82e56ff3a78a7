package io.jenkins.plugins.scmchecks.contract;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.ApiOperationMatch;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.interaction.ApiOperationResolver;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import com.atlassian.oai.validator.report.ValidationReport.Level;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A REST API as OpenAPI 3.0 describes it. */
final class OpenApiDescription implements Description {

    private static final LevelResolver LEVELS = LevelResolver.create()
            .withDefaultLevel(Level.ERROR)
            // A status that is not described is no news about our request; which ones are is told by operation.
            .withLevel("validation.response.status.unknown", Level.IGNORE)
            .build();

    private final String name;
    private final String basePath;
    private final OpenApiInteractionValidator validator;
    private final ApiOperationResolver operations;

    private OpenApiDescription(String name, String basePath, OpenAPI api) {
        this.name = name;
        this.basePath = basePath;
        this.validator = OpenApiInteractionValidator.createFor(api)
                .withBasePathOverride(basePath)
                .withLevelResolver(LEVELS)
                .build();
        this.operations = new ApiOperationResolver(api, basePath, false);
    }

    /**
     * @param name of the file
     * @param basePath what the server's paths begin with, before those of the description
     */
    static OpenApiDescription read(String name, String basePath) {
        Path file = Descriptions.file(name);
        OpenAPI api = new OpenAPIV3Parser().read(file.toString(), null, new ParseOptions());
        if (api == null) {
            throw new IllegalStateException(file + " is no OpenAPI 3 description");
        }
        return new OpenApiDescription(name, basePath, api);
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
        ValidationReport request = validator.validateRequest(request(exchange));
        add(mismatches, "request", exchange, request);
        boolean found = operations.findApiOperation(exchange.path(), method(exchange)).isOperationAllowed();
        if (found && exchange.status() < 500) {
            add(mismatches, "answer " + exchange.status(), exchange,
                    validator.validateResponse(exchange.path(), method(exchange), response(exchange)));
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

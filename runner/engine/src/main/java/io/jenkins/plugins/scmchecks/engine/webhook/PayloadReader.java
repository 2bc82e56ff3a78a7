package io.jenkins.plugins.scmchecks.engine.webhook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.filter.FilteringParserDelegate;
import com.fasterxml.jackson.core.filter.TokenFilter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * Reads webhooks' JSON within one set of limits, the same for all providers: 64 levels, {@link Delivery#MAX_BODY}, texts
 * of 4 MB. What is not asked for, such as a push's commits, is skipped and never kept in memory. Thread-safe.
 */
public final class PayloadReader {

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(64)
                    .maxDocumentLength(Delivery.MAX_BODY)
                    .maxStringLength(4 * 1024 * 1024)
                    .maxNumberLength(64)
                    .build())
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build());

    private final TokenFilter filter;

    /** @param filter which parts are kept; {@link TokenFilter#INCLUDE_ALL} for all */
    public PayloadReader(TokenFilter filter) {
        this.filter = filter;
    }

    /** {@return a reader that keeps these fields of the document's object, whole} */
    public static PayloadReader of(Set<String> fields) {
        return new PayloadReader(new TokenFilter() {
            @Override
            public TokenFilter includeProperty(String name) {
                return fields.contains(name) ? TokenFilter.INCLUDE_ALL : null;
            }
        });
    }

    /**
     * @param json the document, UTF-8
     * @return its object, or empty when it is something else
     * @throws IOException when it is not readable as JSON, or past a limit
     */
    public Optional<JsonNode> read(byte[] json) throws IOException {
        try (JsonParser source = JSON.createParser(json);
                JsonParser parser = new FilteringParserDelegate(
                        source, filter, TokenFilter.Inclusion.INCLUDE_ALL_AND_PATH, true)) {
            return Optional.ofNullable((JsonNode) JSON.readTree(parser)).filter(JsonNode::isObject);
        }
    }
}

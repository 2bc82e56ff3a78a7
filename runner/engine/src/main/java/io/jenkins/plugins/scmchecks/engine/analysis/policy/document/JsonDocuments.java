package io.jenkins.plugins.scmchecks.engine.analysis.policy.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON, with comments as Azure's templates have them, into {@link Node}s that know their places. */
public final class JsonDocuments {

    private final DocumentLimits limits;
    private final JsonParser parser;
    private final TextLines lines;
    private int nodes;

    private JsonDocuments(String text, DocumentLimits limits) throws IOException {
        this.limits = limits;
        this.lines = new TextLines(text);
        JsonFactory factory = JsonFactory.builder()
                .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
                .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.depth())
                        .maxStringLength(limits.characters())
                        .maxNameLength(100_000)
                        .build())
                .build();
        this.parser = factory.createParser(text);
    }

    /**
     * Reads one JSON value.
     *
     * @throws DocumentException when the text is not JSON, or more than the limits allow
     */
    public static Node read(String text, DocumentLimits limits) throws DocumentException {
        if (text.length() > limits.characters()) {
            throw new DocumentException("the file has " + text.length() + " characters; at most "
                    + limits.characters() + " are read", 0, 0);
        }
        try {
            return new JsonDocuments(text, limits).document();
        } catch (JsonProcessingException e) {
            JsonLocation location = e.getLocation();
            boolean syntax = e instanceof JsonParseException;
            String problem = (syntax ? "not JSON: " : "") + e.getOriginalMessage();
            throw location == null
                    ? new DocumentException(problem, 0, 0)
                    : new DocumentException(problem, location.getLineNr(), location.getColumnNr());
        } catch (IOException | NumberFormatException e) {
            throw new DocumentException("not JSON: " + e.getMessage(), 0, 0);
        }
    }

    /** As {@link #read(String, DocumentLimits)} with the default limits. */
    public static Node read(String text) throws DocumentException {
        return read(text, DocumentLimits.DEFAULT);
    }

    private Node document() throws IOException, DocumentException {
        if (parser.nextToken() == null) {
            throw new DocumentException("not JSON: the text is empty", 1, 1);
        }
        Node node = node();
        if (parser.nextToken() != null) {
            JsonLocation location = parser.currentTokenLocation();
            throw new DocumentException(
                    "not JSON: more text after the value", location.getLineNr(), location.getColumnNr());
        }
        return node;
    }

    private Node node() throws IOException, DocumentException {
        if (++nodes > limits.nodes()) {
            int line = parser.currentLocation().getLineNr();
            throw new DocumentException("more than " + limits.nodes() + " values", line, 0);
        }
        int start = offset(parser.currentTokenLocation());
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            return mapping(start);
        }
        if (token == JsonToken.START_ARRAY) {
            return sequence(start);
        }
        Object value = scalar(token);
        return new Node.Scalar(value, region(start));
    }

    private Object scalar(JsonToken token) throws IOException {
        if (token == JsonToken.VALUE_STRING) {
            return parser.getText();
        }
        if (token == JsonToken.VALUE_NUMBER_INT) {
            return parser.getTextLength() <= 18 ? (Object) parser.getLongValue() : parser.getText();
        }
        if (token == JsonToken.VALUE_NUMBER_FLOAT) {
            return parser.getDoubleValue();
        }
        return token == JsonToken.VALUE_NULL ? null : (Object) (token == JsonToken.VALUE_TRUE);
    }

    private Node mapping(int start) throws IOException, DocumentException {
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            int at = offset(parser.currentTokenLocation());
            String name = parser.currentName();
            // The name as written, quotes included; escapes in names are rare and only shorten the region.
            Region key = lines.region(at, at + name.length() + 2);
            parser.nextToken();
            entries.put(name, new Node.Entry(key, node()));
        }
        return new Node.Mapping(entries, region(start));
    }

    private Node sequence(int start) throws IOException, DocumentException {
        List<Node> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(node());
        }
        return new Node.Sequence(items, region(start));
    }

    private Region region(int start) throws IOException {
        parser.finishToken();
        return lines.region(start, Math.max(start, offset(parser.currentLocation())));
    }

    private static int offset(JsonLocation location) {
        return (int) location.getCharOffset();
    }
}

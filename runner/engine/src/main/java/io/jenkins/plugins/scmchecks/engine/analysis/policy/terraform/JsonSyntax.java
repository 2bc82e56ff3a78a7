package io.jenkins.plugins.scmchecks.engine.analysis.policy.terraform;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads Terraform's JSON syntax (language/syntax/json) into the same blocks and expressions. Inside a block JSON does
 * not tell attributes from nested blocks, so all of them are attributes; a {@code dynamic} block is recognised.
 */
final class JsonSyntax {

    static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Cursor.MAX_DEPTH)
                    .build())
            .build();

    /** How many labels a top-level block has. */
    private static final Map<String, Integer> LABELS = Map.of(
            "resource", 2, "data", 2, "ephemeral", 2, "variable", 1, "module", 1, "output", 1, "provider", 1,
            "check", 1);

    private final boolean templates;
    private final int maxElements;
    private int elements;

    private JsonSyntax(boolean templates, int maxElements) {
        this.templates = templates;
        this.maxElements = maxElements;
    }

    /**
     * Reads a whole file.
     *
     * @throws SyntaxError when it is not JSON, or not an object
     */
    static Body parse(String text) {
        return new JsonSyntax(true, Cursor.MAX_ELEMENTS).file(text);
    }

    /**
     * Reads JSON that is data, not Terraform's syntax: texts stay as they are.
     *
     * @throws SyntaxError when it is not JSON, or has more values than {@code maxElements}
     */
    static Expression parseData(String text, int maxElements) {
        return new JsonSyntax(false, maxElements).read(text);
    }

    /** Reads a file of variables' values, whose keys are all attributes. */
    static Body parseValues(String text) {
        return new JsonSyntax(true, Cursor.MAX_ELEMENTS).read(text) instanceof Expression.ObjectLiteral object
                ? body(object)
                : new Body(Map.of(), List.of());
    }

    private Body file(String text) {
        Expression root = read(text);
        List<Body.Block> blocks = new ArrayList<>();
        for (Expression part : root instanceof Expression.Tuple list ? list.items() : List.of(root)) {
            if (!(part instanceof Expression.ObjectLiteral object)) {
                throw new SyntaxError(part.start(), "expected an object of blocks");
            }
            object.items().forEach(i -> blocks(key(i), i, List.of(), i.value(), blocks));
        }
        return new Body(Map.of(), blocks);
    }

    private Expression read(String text) {
        try (JsonParser parser = JSON.createParser(text)) {
            parser.nextToken();
            return value(parser);
        } catch (JsonProcessingException e) {
            int offset = e.getLocation() == null ? 0 : (int) Math.max(0, e.getLocation().getCharOffset());
            throw new SyntaxError(Math.min(offset, text.length()), "not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String key(Expression.ObjectLiteral.Item item) {
        return (String) ((Expression.Literal) item.key()).value();
    }

    private static void blocks(
            String type, Expression.ObjectLiteral.Item head, List<String> labels, Expression value,
            List<Body.Block> into) {
        if (type.equals("//")) {
            return;
        }
        if (value instanceof Expression.Tuple list) {
            list.items().forEach(item -> blocks(type, head, labels, item, into));
        } else if (value instanceof Expression.ObjectLiteral object) {
            if (labels.size() < LABELS.getOrDefault(type, 0)) {
                for (Expression.ObjectLiteral.Item item : object.items()) {
                    List<String> more = new ArrayList<>(labels);
                    more.add(key(item));
                    blocks(type, item, more, item.value(), into);
                }
            } else {
                into.add(new Body.Block(type, List.copyOf(labels), body(object), head.key().start(),
                        head.key().end(), object.end()));
            }
        }
    }

    private static Body body(Expression.ObjectLiteral object) {
        Map<String, Body.Attribute> attributes = new LinkedHashMap<>();
        List<Body.Block> blocks = new ArrayList<>(0);
        for (Expression.ObjectLiteral.Item item : object.items()) {
            String name = key(item);
            if (name.equals("dynamic")) {
                dynamic(item.value(), blocks);
            } else if (!name.equals("//")) {
                attributes.put(name, new Body.Attribute(name, item.key().start(), item.key().end(), item.value()));
            }
        }
        return new Body(attributes, blocks);
    }

    private static void dynamic(Expression value, List<Body.Block> into) {
        if (value instanceof Expression.Tuple list) {
            list.items().forEach(item -> dynamic(item, into));
        } else if (value instanceof Expression.ObjectLiteral object) {
            for (Expression.ObjectLiteral.Item item : object.items()) {
                List<Expression> all = item.value() instanceof Expression.Tuple list
                        ? list.items()
                        : List.of(item.value());
                for (Expression one : all) {
                    if (one instanceof Expression.ObjectLiteral dynamic) {
                        into.add(new Body.Block("dynamic", List.of(key(item)), dynamicBody(dynamic),
                                item.key().start(), item.key().end(), one.end()));
                    }
                }
            }
        }
    }

    private static Body dynamicBody(Expression.ObjectLiteral dynamic) {
        Body plain = body(dynamic);
        Body.Attribute content = plain.attributes().remove("content");
        Expression value = content == null ? null : content.value();
        if (value instanceof Expression.Tuple list && !list.items().isEmpty()) {
            value = list.items().get(0);
        }
        if (value instanceof Expression.ObjectLiteral object) {
            plain.blocks().add(new Body.Block(
                    "content", List.of(), body(object), content.start(), content.end(), object.end()));
        }
        return plain;
    }

    private Expression value(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        int start = token == null ? 0 : (int) parser.currentTokenLocation().getCharOffset();
        if (token == null) {
            throw new SyntaxError(0, "the file is empty");
        }
        if (++elements > maxElements) {
            throw new SyntaxError(start, "more than " + maxElements + " values");
        }
        return switch (token) {
            case START_OBJECT -> object(parser, start);
            case START_ARRAY -> {
                List<Expression> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value(parser));
                }
                yield new Expression.Tuple(items, start, end(parser));
            }
            case VALUE_STRING -> {
                String text = parser.getText();
                int end = end(parser);
                yield templates && (text.contains("${") || text.contains("%{")) ? template(text, start, end)
                        : new Expression.Literal(text, start, end);
            }
            case VALUE_NUMBER_INT -> new Expression.Literal(
                    parser.getText().length() <= 18 ? (Object) parser.getLongValue() : (Object) parser.getDoubleValue(),
                    start, end(parser));
            case VALUE_NUMBER_FLOAT -> new Expression.Literal(parser.getDoubleValue(), start, end(parser));
            case VALUE_TRUE -> new Expression.Literal(Boolean.TRUE, start, end(parser));
            case VALUE_FALSE -> new Expression.Literal(Boolean.FALSE, start, end(parser));
            default -> new Expression.Literal(null, start, end(parser));
        };
    }

    private Expression object(JsonParser parser, int start) throws IOException {
        List<Expression.ObjectLiteral.Item> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            int keyStart = (int) parser.currentTokenLocation().getCharOffset();
            String name = parser.currentName();
            // The end of a key is not told once its colon is read; one without escapes ends after its quotation mark.
            Expression key = new Expression.Literal(name, keyStart, keyStart + name.length() + 2);
            parser.nextToken();
            items.add(new Expression.ObjectLiteral.Item(key, value(parser)));
        }
        return new Expression.ObjectLiteral(items, start, end(parser));
    }

    private static int end(JsonParser parser) {
        return (int) parser.currentLocation().getCharOffset();
    }

    /** Inside a JSON text escapes make offsets unsafe, so the whole text is the place of what stands in it. */
    private static Expression template(String text, int start, int end) {
        try {
            return new Expression.Template(List.of(HclParser.parseTemplate(text)), start, end);
        } catch (SyntaxError e) {
            throw new SyntaxError(start, e.getMessage());
        }
    }
}

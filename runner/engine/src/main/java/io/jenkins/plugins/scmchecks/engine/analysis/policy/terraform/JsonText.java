package io.jenkins.plugins.scmchecks.engine.analysis.policy.terraform;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A text in JSON of which the structure is known, even where some values in it are not: what {@code jsonencode} and
 * policy documents give.
 *
 * @param value Map, List, String, Long, Double, Boolean, null or {@link UnknownValue}
 */
record JsonText(Object value) {

    /** Stand for an unknown value inside a text, with its number between them. */
    private static final char OPEN = '\uE000';

    private static final char CLOSE = '\uE001';

    /** Largest text that is looked into. */
    private static final int MAX_LENGTH = 512 * 1024;

    /** A comma before the end of a list is a slip of which the meaning is plain; the rest is worth judging. */
    private static final JsonFactory LENIENT =
            JsonSyntax.JSON.rebuild().enable(JsonReadFeature.ALLOW_TRAILING_COMMA).build();

    /** {@return the mark of an unknown value; {@code index} is its place in the list given to {@link #read}} */
    static String placeholder(int index) {
        return OPEN + Integer.toString(index) + CLOSE;
    }

    /** {@return whether a text may be an object or a list in JSON} */
    static boolean maybe(CharSequence text) {
        int start = 0;
        int end = text.length();
        while (start < end && Character.isWhitespace(text.charAt(start))) {
            start++;
        }
        while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        if (end - start < 2 || end - start > MAX_LENGTH) {
            return false;
        }
        char first = text.charAt(start);
        char last = text.charAt(end - 1);
        return first == '{' && last == '}' || first == '[' && last == ']';
    }

    /** {@return the structure of a text, or empty when it is not JSON} */
    static Optional<JsonText> read(String text, List<UnknownValue> unknowns) {
        if (!maybe(text)) {
            return Optional.empty();
        }
        try (JsonParser parser = LENIENT.createParser(unknowns.isEmpty() ? text : quoteBare(text))) {
            parser.nextToken();
            Object value = value(parser, unknowns);
            return parser.nextToken() == null ? Optional.of(new JsonText(value)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** A mark outside quotation marks stands for a whole value. */
    private static String quoteBare(String text) {
        StringBuilder result = new StringBuilder(text.length() + 16);
        boolean inText = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && inText && i + 1 < text.length()) {
                result.append(c).append(text.charAt(++i));
                continue;
            }
            if (c == '"') {
                inText = !inText;
            }
            if (c == OPEN && !inText) {
                result.append('"');
            }
            result.append(c);
            if (c == CLOSE && !inText) {
                result.append('"');
            }
        }
        return result.toString();
    }

    private static Object value(JsonParser parser, List<UnknownValue> unknowns) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw new IOException("no value");
        }
        return switch (token) {
            case START_OBJECT -> {
                Map<String, Object> map = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String key = parser.currentName();
                    parser.nextToken();
                    map.put(key, value(parser, unknowns));
                }
                yield map;
            }
            case START_ARRAY -> {
                List<Object> list = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(parser, unknowns));
                }
                yield list;
            }
            case VALUE_STRING -> text(parser.getText(), unknowns);
            case VALUE_NUMBER_INT -> parser.getTextLength() <= 18
                    ? (Object) parser.getLongValue()
                    : (Object) parser.getDoubleValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            default -> null;
        };
    }

    private static Object text(String text, List<UnknownValue> unknowns) {
        int open = text.indexOf(OPEN);
        int close = text.indexOf(CLOSE, open + 1);
        if (unknowns.isEmpty() || open < 0 || close < 0) {
            return text;
        }
        try {
            UnknownValue unknown = unknowns.get(Integer.parseInt(text.substring(open + 1, close)));
            return open == 0 && close == text.length() - 1 ? unknown : UnknownValue.because(unknown.why());
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            return text;
        }
    }

    /** Writes the text; an unknown value becomes a mark, and is added to the list. */
    void write(StringBuilder into, List<UnknownValue> unknowns) {
        write(value, into, unknowns);
    }

    private static void write(Object value, StringBuilder into, List<UnknownValue> unknowns) {
        Budget.checkText(into.length());
        if (value instanceof Map<?, ?> map) {
            String separator = "{";
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                into.append(separator);
                quote((String) entry.getKey(), into);
                write(entry.getValue(), into.append(':'), unknowns);
                separator = ",";
            }
            into.append(map.isEmpty() ? "{}" : "}");
        } else if (value instanceof List<?> list) {
            String separator = "[";
            for (Object item : list) {
                write(item, into.append(separator), unknowns);
                separator = ",";
            }
            into.append(list.isEmpty() ? "[]" : "]");
        } else if (value instanceof String text) {
            quote(text, into);
        } else if (value instanceof JsonText text) {
            quote(text.toString(), into);
        } else if (value == null || value instanceof Boolean || value instanceof Number) {
            into.append(value instanceof Double number ? Values.text(number) : value);
        } else {
            into.append(placeholder(unknowns.size()));
            unknowns.add(value instanceof UnknownValue unknown ? unknown : Values.unknownOf(value));
        }
    }

    private static void quote(String text, StringBuilder into) {
        JsonStringEncoder.getInstance().quoteAsString(text, into.append('"'));
        into.append('"');
    }

    /** {@return the text, or an unknown value when a part of it is unknown} */
    Object toText() {
        List<UnknownValue> unknowns = new ArrayList<>(0);
        StringBuilder text = new StringBuilder();
        write(text, unknowns);
        return unknowns.isEmpty() ? text.toString() : unknowns.get(0);
    }

    @Override
    public String toString() {
        return String.valueOf(toText());
    }
}

package io.jenkins.plugins.scmchecks.engine.analysis.report;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Walks a JSON document by streaming, passing over whatever nobody asks for. */
final class JsonCursor {

    /** Reads the value that the parser stands on; whatever it leaves of it is passed over. */
    interface Field {
        void read(String name) throws IOException;
    }

    /** Reads one element. */
    interface Element {
        void read(int index) throws IOException;
    }

    private final JsonParser parser;

    JsonCursor(JsonParser parser) {
        this.parser = parser;
    }

    /** Reads the object that the parser stands on; anything else is passed over. */
    void object(Field field) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            field.read(name);
            passOver();
        }
    }

    /** Reads the array that the parser stands on; anything else is passed over. */
    void array(Element element) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return;
        }
        int index = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            element.read(index++);
            passOver();
        }
    }

    /** Whoever read the value left the parser on its end; whoever did not want it left it on its start. */
    private void passOver() throws IOException {
        if (parser.currentToken().isStructStart()) {
            parser.skipChildren();
        }
    }

    /** {@return the text of a scalar, or null for null, an object or an array} */
    String text() throws IOException {
        JsonToken token = parser.currentToken();
        return token.isScalarValue() && token != JsonToken.VALUE_NULL ? parser.getText() : null;
    }

    /** {@return a whole number, or {@code otherwise} for anything that is none} */
    int number(int otherwise) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_NUMBER_INT -> parser.getValueAsInt(otherwise);
            case VALUE_STRING -> parser.getValueAsInt(otherwise);
            default -> otherwise;
        };
    }

    /** {@return a number, written as one or as text, or {@code otherwise}} */
    double decimal(double otherwise) throws IOException {
        return parser.currentToken().isScalarValue() ? parser.getValueAsDouble(otherwise) : otherwise;
    }

    boolean truth() {
        return parser.currentToken() == JsonToken.VALUE_TRUE;
    }
}

package io.jenkins.plugins.scmchecks.engine.analysis.policy.condition;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A message with expressions in it, as in <code>Container ${container.name} is privileged</code>. */
public final class Template {

    /** No value shown in a message is longer, in characters. */
    private static final int MAX_VALUE = 120;

    private final List<Object> parts;

    private Template(List<Object> parts) {
        this.parts = parts;
    }

    /** @throws ConditionException when an expression in it cannot be compiled, or has no end */
    public static Template compile(String text, Set<String> variables) throws ConditionException {
        List<Object> parts = new ArrayList<>();
        int from = 0;
        for (int at = text.indexOf("${"); at >= 0; at = text.indexOf("${", from)) {
            int end = text.indexOf('}', at);
            if (end < 0) {
                throw new ConditionException("'${' without '}' in '" + text + "'");
            }
            parts.add(text.substring(from, at));
            parts.add(CelConditions.compile(text.substring(at + 2, end), variables));
            from = end + 1;
        }
        parts.add(text.substring(from));
        return new Template(parts);
    }

    /** Writes the template, see {@link ExpressionCodec}. */
    public void write(DataOutput out) throws IOException {
        out.writeShort(parts.size());
        for (Object part : parts) {
            out.writeBoolean(part instanceof Expression);
            if (part instanceof Expression expression) {
                ExpressionCodec.write(expression, out);
            } else {
                out.writeUTF((String) part);
            }
        }
    }

    /** Reads what {@link #write} wrote. */
    public static Template read(DataInput in) throws IOException {
        int size = in.readUnsignedShort();
        List<Object> parts = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            parts.add(in.readBoolean() ? ExpressionCodec.read(in) : in.readUTF());
        }
        return new Template(parts);
    }

    /** {@return the text with the expressions' values in it, each in one line and cut when too long} */
    public String render(Scope scope) {
        StringBuilder out = new StringBuilder();
        for (Object part : parts) {
            out.append(part instanceof Expression expression ? shown(expression.value(scope)) : part);
        }
        return out.toString().strip();
    }

    private static String shown(Object value) {
        String text = Values.text(value).replaceAll("\\s+", " ");
        return text.length() <= MAX_VALUE ? text : text.substring(0, MAX_VALUE - 1) + "…";
    }
}

package io.jenkins.plugins.scmchecks.engine.analysis.policy.terraform;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Terraform's {@code format}: the verbs of Go's fmt that it documents. */
final class TextFormat {

    private static final int MAX_WIDTH = 1000;

    private TextFormat() {}

    /** {@return the text, or an {@link UnknownValue} when a part of it is not known} */
    static Object format(String pattern, List<Object> arguments) {
        StringBuilder result = new StringBuilder();
        List<UnknownValue> unknowns = new ArrayList<>(0);
        int next = 0;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c != '%') {
                result.append(c);
                continue;
            }
            int verb = i + 1;
            while (verb < pattern.length() && "+-# 0123456789.[]".indexOf(pattern.charAt(verb)) >= 0) {
                verb++;
            }
            if (verb >= pattern.length()) {
                throw new EvaluationError("the format ends within a verb");
            }
            String flags = pattern.substring(i + 1, verb);
            i = verb;
            if (pattern.charAt(verb) == '%') {
                result.append('%');
                continue;
            }
            int open = flags.indexOf('[');
            if (open >= 0) {
                next = (int) Values.toLong(flags.substring(open + 1, Math.max(open + 1, flags.indexOf(']')))) - 1;
                flags = flags.substring(0, open);
            }
            if (next < 0 || next >= arguments.size()) {
                throw new EvaluationError("the format has more verbs than there are arguments");
            }
            Object argument = arguments.get(next++);
            if (Values.isUnknown(argument)) {
                result.append(JsonText.placeholder(unknowns.size()));
                unknowns.add(Values.unknownOf(argument));
            } else {
                result.append(one(pattern.charAt(verb), flags, argument));
            }
            Budget.checkText(result.length());
        }
        return unknowns.isEmpty() ? result.toString() : UnknownValue.ofText(result.toString(), unknowns);
    }

    private static String one(char verb, String flags, Object argument) {
        return switch (verb) {
            case 's', 'v' -> pad(argument instanceof List || argument instanceof java.util.Map || argument == null
                    ? new JsonText(argument).toString() : Values.text(argument), flags);
            case 'q' -> new JsonText(Values.text(argument)).toString();
            case 'd' -> number(flags, argument);
            case 't' -> String.valueOf(Values.toBoolean(argument));
            case 'x' -> Long.toHexString(Values.toLong(argument));
            case 'X' -> Long.toHexString(Values.toLong(argument)).toUpperCase(Locale.ROOT);
            case 'b' -> Long.toBinaryString(Values.toLong(argument));
            case 'o' -> Long.toOctalString(Values.toLong(argument));
            case 'f', 'g', 'e' -> fraction(verb, flags, argument);
            default -> throw new EvaluationError("the format has an unknown verb %" + verb);
        };
    }

    private static String number(String flags, Object argument) {
        long value = Values.toLong(argument);
        String digits = flags.contains("+") && value >= 0 ? "+" + value : Long.toString(value);
        if (flags.startsWith("0")) {
            int width = width(flags);
            String sign = value < 0 ? "-" : "";
            String plain = value < 0 ? digits.substring(1) : digits;
            return sign + "0".repeat(Math.max(0, width - plain.length() - sign.length())) + plain;
        }
        return pad(digits, flags);
    }

    private static String fraction(char verb, String flags, Object argument) {
        int dot = flags.indexOf('.');
        if (verb == 'g') {
            return Values.text(Values.toDouble(argument));
        }
        int precision = dot < 0 ? 6 : (int) Math.min(30, dot + 1 < flags.length()
                ? Values.toLong(flags.substring(dot + 1)) : 0);
        return String.format(Locale.ROOT, "%." + precision + verb, Values.toDouble(argument));
    }

    private static String pad(String text, String flags) {
        int width = width(flags);
        String spaces = " ".repeat(Math.max(0, width - text.length()));
        return flags.startsWith("-") ? text + spaces : spaces + text;
    }

    private static int width(String flags) {
        String digits = flags.replaceFirst("\\..*", "").replaceAll("[^0-9]", "");
        if (digits.isEmpty()) {
            return 0;
        }
        if (digits.length() > 4 || Integer.parseInt(digits) > MAX_WIDTH) {
            throw new EvaluationError("a width above " + MAX_WIDTH);
        }
        return Integer.parseInt(digits);
    }
}

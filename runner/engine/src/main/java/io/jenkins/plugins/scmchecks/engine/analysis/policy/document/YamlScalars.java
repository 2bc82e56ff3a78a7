package io.jenkins.plugins.scmchecks.engine.analysis.policy.document;

/** What a plain YAML scalar means: the core schema of YAML 1.2 and the octal numbers of YAML 1.1. */
final class YamlScalars {

    private YamlScalars() {}

    static Object resolve(String text) {
        switch (text) {
            case "", "~", "null", "Null", "NULL":
                return null;
            case "true", "True", "TRUE":
                return true;
            case "false", "False", "FALSE":
                return false;
            default:
                char first = text.charAt(0);
                boolean numeric = first >= '0' && first <= '9' || first == '-' || first == '+' || first == '.';
                return numeric && text.length() <= 40 ? number(text) : text;
        }
    }

    private static Object number(String text) {
        try {
            if (text.startsWith("0x")) {
                return Long.parseLong(text.substring(2), 16);
            }
            if (text.startsWith("0o")) {
                return Long.parseLong(text.substring(2), 8);
            }
            if (text.length() > 1 && text.chars().allMatch(c -> c >= '0' && c <= '7') && text.charAt(0) == '0') {
                return Long.parseLong(text, 8);
            }
            if (text.chars().skip(1).allMatch(c -> c >= '0' && c <= '9')) {
                return Long.parseLong(text);
            }
            boolean decimal = text.chars().allMatch(c -> c >= '0' && c <= '9' || "+-.eE".indexOf(c) >= 0);
            return decimal ? (Object) Double.parseDouble(text) : text;
        } catch (NumberFormatException e) {
            return text;
        }
    }
}

package io.jenkins.plugins.scmchecks.engine.analysis.policy.terraform;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Functions of texts. Regular expressions are RE2's, as Terraform's are, and so take linear time. */
final class TextFunctions {

    private TextFunctions() {}

    static void addTo(Map<String, Functions.Function> functions) {
        functions.put("lower", text(s -> s.toLowerCase(Locale.ROOT)));
        functions.put("upper", text(s -> s.toUpperCase(Locale.ROOT)));
        functions.put("title", text(TextFunctions::title));
        functions.put("trimspace", text(String::strip));
        functions.put("chomp", text(s -> s.replaceFirst("[\r\n]+$", "")));
        functions.put("strrev", text(s -> new StringBuilder(s).reverse().toString()));
        functions.put("basename", text(s -> s.substring(s.lastIndexOf('/') + 1)));
        functions.put("dirname", text(s -> s.contains("/") ? s.substring(0, s.lastIndexOf('/')) : "."));
        functions.put("trim", a -> trim(string(a, 0), string(a, 1)));
        functions.put("trimprefix", a -> string(a, 0).startsWith(string(a, 1))
                ? string(a, 0).substring(string(a, 1).length()) : string(a, 0));
        functions.put("trimsuffix", a -> string(a, 0).endsWith(string(a, 1))
                ? string(a, 0).substring(0, string(a, 0).length() - string(a, 1).length()) : string(a, 0));
        functions.put("startswith", a -> string(a, 0).startsWith(string(a, 1)));
        functions.put("endswith", a -> string(a, 0).endsWith(string(a, 1)));
        functions.put("strcontains", a -> string(a, 0).contains(string(a, 1)));
        functions.put("substr", a -> substring(string(a, 0), Values.toLong(a.get(1)), Values.toLong(a.get(2))));
        functions.put("split", a -> split(string(a, 0), string(a, 1)));
        functions.put("join", TextFunctions::join);
        functions.put("replace", TextFunctions::replace);
        functions.put("indent", a -> string(a, 1).replace("\n",
                "\n" + " ".repeat((int) Math.min(100, Math.max(0, Values.toLong(a.get(0)))))));
        functions.put("regex", TextFunctions::regex);
        functions.put("regexall", TextFunctions::regexAll);
        functions.put("format", a -> TextFormat.format(string(a, 0), a.subList(1, a.size())));
        functions.put("formatlist", TextFunctions::formatList);
    }

    private static Functions.Function text(UnaryOperator<String> function) {
        return arguments -> function.apply(string(arguments, 0));
    }

    private static String string(List<Object> arguments, int index) {
        Object text = Values.toText(arguments.get(index));
        if (text instanceof String known) {
            return known;
        }
        throw new EvaluationError("a part of the text is not known");
    }

    private static String title(String text) {
        StringBuilder result = new StringBuilder(text);
        for (int i = 0; i < result.length(); i++) {
            if (i == 0 || Character.isWhitespace(result.charAt(i - 1))) {
                result.setCharAt(i, Character.toTitleCase(result.charAt(i)));
            }
        }
        return result.toString();
    }

    private static String trim(String text, String characters) {
        int start = 0;
        int end = text.length();
        while (start < end && characters.indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        while (end > start && characters.indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return text.substring(start, end);
    }

    private static String substring(String text, long offset, long length) {
        int start = (int) Math.min(text.length(), offset < 0 ? Math.max(0, text.length() + offset) : offset);
        int end = length < 0 ? text.length() : (int) Math.min(text.length(), start + length);
        return text.substring(start, end);
    }

    private static Object split(String separator, String text) {
        List<Object> parts = new ArrayList<>();
        if (text.isEmpty()) {
            return parts;
        }
        int from = 0;
        while (true) {
            int at = separator.isEmpty() ? from + 1 : text.indexOf(separator, from);
            if (at < 0 || separator.isEmpty() && at >= text.length()) {
                parts.add(text.substring(from));
                Budget.checkElements(parts.size());
                return parts;
            }
            parts.add(text.substring(from, at));
            from = at + separator.length();
        }
    }

    private static Object join(List<Object> arguments) {
        String separator = string(arguments, 0);
        List<Object> parts = new ArrayList<>();
        for (Object argument : arguments.subList(1, arguments.size())) {
            parts.addAll(Values.toList(argument));
        }
        if (parts.size() == 1) {
            return parts.get(0);
        }
        StringBuilder text = new StringBuilder();
        List<UnknownValue> unknowns = new ArrayList<>(0);
        for (Object part : parts) {
            Object value = Values.toText(part);
            if (value instanceof UnknownValue unknown) {
                text.append(JsonText.placeholder(unknowns.size()));
                unknowns.add(unknown);
            } else {
                text.append(value);
            }
            Budget.checkText(text.append(separator).length());
        }
        text.setLength(Math.max(0, text.length() - separator.length()));
        return unknowns.isEmpty() ? text.toString() : UnknownValue.ofText(text.toString(), unknowns);
    }

    private static Object replace(List<Object> arguments) {
        String text = string(arguments, 0);
        String from = string(arguments, 1);
        String to = string(arguments, 2);
        Budget.checkText(text.length() + (long) text.length() * to.length() / Math.max(1, from.length()));
        if (from.length() > 1 && from.startsWith("/") && from.endsWith("/")) {
            String result = pattern(from.substring(1, from.length() - 1)).matcher(text).replaceAll(to);
            Budget.checkText(result.length());
            return result;
        }
        return text.replace(from, to);
    }

    private static Pattern pattern(String regex) {
        try {
            return Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw new EvaluationError("not a regular expression: " + e.getMessage());
        }
    }

    private static Object regex(List<Object> arguments) {
        Pattern pattern = pattern(string(arguments, 0));
        Matcher matcher = pattern.matcher(string(arguments, 1));
        if (!matcher.find()) {
            throw new EvaluationError("the regular expression does not match");
        }
        return match(pattern, matcher);
    }

    private static Object regexAll(List<Object> arguments) {
        Pattern pattern = pattern(string(arguments, 0));
        Matcher matcher = pattern.matcher(string(arguments, 1));
        List<Object> all = new ArrayList<>();
        while (matcher.find()) {
            all.add(match(pattern, matcher));
            Budget.checkElements(all.size());
        }
        return all;
    }

    /** The whole match; with groups a list of them; with named groups a map. */
    private static Object match(Pattern pattern, Matcher matcher) {
        if (!pattern.namedGroups().isEmpty()) {
            Map<String, Object> groups = new LinkedHashMap<>();
            pattern.namedGroups().keySet().stream().sorted().forEach(name -> groups.put(name, matcher.group(name)));
            return groups;
        }
        if (matcher.groupCount() == 0) {
            return matcher.group();
        }
        List<Object> groups = new ArrayList<>();
        for (int i = 1; i <= matcher.groupCount(); i++) {
            groups.add(matcher.group(i));
        }
        return groups;
    }

    private static Object formatList(List<Object> arguments) {
        int size = 1;
        boolean anyList = false;
        for (Object argument : arguments.subList(1, arguments.size())) {
            if (argument instanceof List<?> list) {
                size = anyList ? Math.min(size, list.size()) : list.size();
                anyList = true;
            }
        }
        List<Object> result = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            List<Object> row = new ArrayList<>();
            for (Object argument : arguments.subList(1, arguments.size())) {
                row.add(argument instanceof List<?> list ? list.get(i) : argument);
            }
            result.add(TextFormat.format(string(arguments, 0), row));
        }
        return result;
    }
}

package io.jenkins.plugins.scmchecks.engine.analysis.policy.pipeline;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.document.TextLines;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks into the scripts of a pipeline's file, and keeps the places of what it finds there. */
final class Scripts {

    private static final int MAX_FOUND = 5_000;
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{\\{(.{0,1000}?)}}", Pattern.DOTALL);

    private final String text;
    private final TextLines lines;

    Scripts(String text) {
        this.text = text;
        this.lines = new TextLines(text);
    }

    /** {@return the lines of a script without comments, those that a backslash continues as one} */
    List<Node> lines(Node script) {
        List<Node> found = new ArrayList<>();
        if (script instanceof Node.Sequence sequence) {
            sequence.items().forEach(item -> found.addAll(lines(item)));
            return found;
        }
        if (!(script instanceof Node.Scalar scalar) || scalar.value() == null || script.region().startColumn() == 0) {
            return found;
        }
        int at = from(script.region());
        int end = to(script.region());
        while (at < end && found.size() < MAX_FOUND) {
            int start = at;
            StringBuilder line = new StringBuilder();
            boolean continued = true;
            while (continued && at < end) {
                int stop = Math.min(end, lines.end(lines.line(at)));
                String part = text.substring(at, Math.max(at, stop)).strip();
                continued = part.endsWith("\\");
                line.append(continued ? part.substring(0, part.length() - 1) : part);
                at = Math.max(stop, at) + 1;
                at += at < end && text.charAt(at - 1) == '\r' ? 1 : 0;
            }
            String command = line.toString();
            if (!command.isEmpty() && !command.startsWith("#")) {
                int first = start;
                while (Character.isWhitespace(text.charAt(first))) {
                    first++;
                }
                found.add(new Node.Scalar(command, lines.region(first, Math.min(end, at))));
            }
        }
        return found;
    }

    /** {@return what stands between <code>${{</code> and <code>}}</code>, each where it stands} */
    List<Node> expressions(Node node) {
        List<Node> found = new ArrayList<>();
        if (!(node instanceof Node.Scalar scalar) || scalar.value() == null || node.region().startColumn() == 0) {
            return found;
        }
        Matcher matcher = EXPRESSION.matcher(text).region(from(node.region()), to(node.region()));
        while (matcher.find() && found.size() < MAX_FOUND) {
            found.add(new Node.Scalar(matcher.group(1).strip(), lines.region(matcher.start(), matcher.end())));
        }
        return found;
    }

    private int from(Region region) {
        return Math.min(text.length(), lines.start(region.startLine()) + region.startColumn() - 1);
    }

    private int to(Region region) {
        return Math.min(text.length(), lines.start(region.endLine()) + Math.max(1, region.endColumn()) - 1);
    }

    /** {@return a list of {@code name} and {@code value} for each entry of a map} */
    static Node pairs(Node map) {
        if (!(map instanceof Node.Mapping mapping)) {
            return map;
        }
        List<Node> items = new ArrayList<>();
        mapping.entries().forEach((name, entry) -> {
            Map<String, Node.Entry> pair = new LinkedHashMap<>();
            pair.put("name", new Node.Entry(entry.key(), new Node.Scalar(name, entry.key())));
            pair.put("value", new Node.Entry(entry.key(), entry.value()));
            items.add(new Node.Mapping(pair, entry.key()));
        });
        return new Node.Sequence(items, mapping.region());
    }
}

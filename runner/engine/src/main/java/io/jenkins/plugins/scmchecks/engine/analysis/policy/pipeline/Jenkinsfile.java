package io.jenkins.plugins.scmchecks.engine.analysis.policy.pipeline;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.Resource;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.document.TextLines;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.pipeline.GroovyTokens.Kind;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.pipeline.GroovyTokens.Token;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a Jenkinsfile says, as far as its words tell. A {@code step} has {@code name}, {@code script}, {@code _lines}
 * and {@code _expressions} (what Groovy puts into the script); a {@code setting} and an {@code annotation} have
 * {@code name} and {@code value}; a {@code call} has {@code name}.
 */
final class Jenkinsfile {

    private static final Set<String> SHELLS = Set.of("sh", "bat", "powershell", "pwsh");

    private final String path;
    private final String text;
    private final TextLines lines;
    private final Scripts scripts;
    private final List<Token> tokens;
    private final List<Resource> found = new ArrayList<>();

    Jenkinsfile(String path, String text) {
        this.path = path;
        this.text = text;
        this.lines = new TextLines(text);
        this.scripts = new Scripts(text);
        this.tokens = GroovyTokens.of(text);
    }

    List<Resource> resources() {
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.kind() == Kind.NAME) {
                boolean annotation = i > 0 && tokens.get(i - 1).is("@");
                name(i, token, annotation);
            }
        }
        return found;
    }

    private void name(int index, Token name, boolean annotation) {
        Token given = given(index + 1);
        if (annotation) {
            add("annotation", name, given);
        } else if (given != null && SHELLS.contains(name.value())) {
            step(name, given);
        } else if (given != null) {
            add("setting", name, given);
        }
        if (!annotation && Character.isUpperCase(name.value().charAt(0)) && name.value().indexOf('.') > 0) {
            add("call", name, null);
        }
    }

    /** {@return the text that a name is given: {@code x 'a'}, {@code x('a')}, {@code x = 'a'}, {@code x: 'a'}} */
    private Token given(int index) {
        int at = index;
        int signs = 0;
        while (at < tokens.size() && signs < 3) {
            Token token = tokens.get(at);
            boolean inside = token.kind() == Kind.LINE && signs > 0
                    || token.kind() == Kind.NAME && token.value().equals("script");
            boolean sign = token.is("(") || token.is("=") || token.is(":");
            if (token.kind() == Kind.TEXT) {
                boolean compared = at > 1 && tokens.get(at - 1).is("=") && tokens.get(at - 2).is("=");
                return compared ? null : token;
            }
            if (!sign && !inside) {
                return null;
            }
            signs += sign ? 1 : 0;
            at++;
        }
        return null;
    }

    private void step(Token name, Token script) {
        Map<String, Node> parts = new LinkedHashMap<>();
        Region at = region(script);
        List<Node> expressions = new ArrayList<>();
        for (int[] place : script.expressions()) {
            String inner = text.substring(place[0], place[1]).replaceAll("^\\$\\{?|}$", "").strip();
            expressions.add(new Node.Scalar(inner, lines.region(place[0], place[1])));
        }
        Node.Scalar content = new Node.Scalar(script.value(), at);
        parts.put("name", new Node.Scalar(name.value(), region(name)));
        parts.put("script", content);
        parts.put("_lines", new Node.Sequence(scripts.lines(content), at));
        parts.put("_expressions", new Node.Sequence(expressions, at));
        add("step", name, parts, lines.region(name.from(), script.to()));
    }

    private void add(String type, Token name, Token value) {
        Map<String, Node> parts = new LinkedHashMap<>();
        parts.put("name", new Node.Scalar(name.value(), region(name)));
        if (value != null) {
            Region at = region(value);
            parts.put("value", value.expressions().isEmpty()
                    ? new Node.Scalar(value.value(), at)
                    : new Node.Unknown("put together at run time", at));
        }
        add(type, name, parts, lines.region(name.from(), value == null ? name.to() : value.to()));
    }

    private void add(String type, Token name, Map<String, Node> parts, Region whole) {
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        parts.forEach((key, node) -> entries.put(key, new Node.Entry(node.region(), node)));
        String address = name.value() + "@" + whole.startLine();
        found.add(new Resource(JenkinsfileReader.PLATFORM, type, address, path, region(name),
                new Node.Mapping(entries, whole)));
    }

    private Region region(Token token) {
        return lines.region(token.from(), token.to());
    }
}

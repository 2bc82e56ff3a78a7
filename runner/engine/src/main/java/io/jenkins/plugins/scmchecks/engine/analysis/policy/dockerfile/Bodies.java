package io.jenkins.plugins.scmchecks.engine.analysis.policy.dockerfile;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Makes of an instruction what policies see of it; {@code docs/policies/writing.md} lists the entries. */
final class Bodies {

    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,5}");

    private final Variables variables;
    private final Variables globals;

    /**
     * @param variables of the stage; what the instructions set goes in there
     * @param globals set before the first stage
     */
    Bodies(Variables variables, Variables globals) {
        this.variables = variables;
        this.globals = globals;
    }

    /** Puts a mapping together whose entries have no keys in the file. */
    static final class Builder {

        private final Map<String, Node.Entry> entries = new LinkedHashMap<>();

        Builder put(String key, Node value) {
            entries.put(key, new Node.Entry(value.region(), value));
            return this;
        }

        Node.Mapping build(Region region) {
            return new Node.Mapping(entries, region);
        }
    }

    /** @param common entries that every instruction of the stage has */
    Node.Mapping of(Instruction instruction, Node.Mapping common) {
        Builder body = new Builder();
        common.entries().forEach((key, entry) -> body.put(key, entry.value()));
        body.put("instruction", new Node.Scalar(instruction.keyword(), instruction.region()));
        body.put("text", instruction.rest().scalar());
        Words words = Words.of(instruction.rest());
        if (!words.flags().isEmpty()) {
            body.put("flags", flags(words, instruction.region()));
        }
        switch (instruction.keyword()) {
            case "FROM" -> from(body, words);
            case "RUN", "CMD", "ENTRYPOINT" -> command(body, words, instruction);
            case "COPY", "ADD" -> copy(body, words, instruction);
            case "ENV", "LABEL", "ARG" -> assignments(body, words, instruction);
            case "EXPOSE" -> expose(body, words, instruction.region());
            case "USER" -> user(body, words);
            case "WORKDIR" -> body.put("directory", expanded(
                    words.words().size() == 1 ? words.words().get(0) : words.rest()));
            case "HEALTHCHECK" -> {
                boolean none = words.rest().text().strip().equalsIgnoreCase("NONE");
                body.put("disabled", new Node.Scalar(none, instruction.region()));
            }
            default -> {
                // VOLUME, SHELL, STOPSIGNAL, MAINTAINER, ONBUILD: their text says it all.
            }
        }
        return body.build(instruction.region());
    }

    private Node flags(Words words, Region region) {
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        for (TrackedText flag : words.flags()) {
            int equals = flag.text().indexOf('=');
            String name = equals < 0 ? flag.text().substring(2) : flag.text().substring(2, equals);
            Node value = equals < 0 ? flag.scalar(true) : expanded(flag.sub(equals + 1, flag.length()));
            entries.put(name, new Node.Entry(flag.region(), value));
        }
        return new Node.Mapping(entries, region);
    }

    private void from(Builder body, Words words) {
        if (words.words().isEmpty()) {
            return;
        }
        TrackedText written = words.words().get(0);
        String image = variables.expand(written.text());
        body.put("image", known(image, written));
        int at = image.indexOf('@');
        String before = at < 0 ? image : image.substring(0, at);
        int colon = before.lastIndexOf(':');
        boolean tagged = colon > before.lastIndexOf('/');
        String tag = tagged ? before.substring(colon + 1) : null;
        body.put("name", known(tagged ? before.substring(0, colon) : before, written));
        // What is not known of the last part may hold a tag and a digest.
        String last = before.substring(before.lastIndexOf('/') + 1);
        boolean open = last.indexOf(Variables.UNKNOWN) >= 0;
        if (at >= 0) {
            body.put("digest", known(image.substring(at + 1), written));
        } else if (open) {
            body.put("digest", known(String.valueOf(Variables.UNKNOWN), written));
        }
        if (tag != null) {
            body.put("tag", known(tag, written));
        } else if (open) {
            body.put("tag", known(String.valueOf(Variables.UNKNOWN), written));
        }
        boolean named = words.words().size() >= 3 && words.words().get(1).text().equalsIgnoreCase("AS");
        if (named) {
            body.put("alias", words.words().get(2).scalar());
        }
    }

    private void command(Builder body, Words words, Instruction instruction) {
        List<TrackedText> json = words.json();
        body.put("form", new Node.Scalar(json == null ? "shell" : "exec", instruction.region()));
        ShellCommands.Script script = new ShellCommands.Script();
        if (json != null) {
            ShellCommands.read(json, script);
        } else if (instruction.heredocs().isEmpty() || !words.rest().text().startsWith("<<")) {
            ShellCommands.read(words.rest(), script);
        }
        instruction.heredocs().forEach(heredoc -> ShellCommands.read(heredoc.content(), script));
        body.put("commands", new Node.Sequence(script.commands(), instruction.region()));
        if (!script.variables().isEmpty()) {
            body.put("variables", new Node.Sequence(script.variables(), instruction.region()));
        }
    }

    private void copy(Builder body, Words words, Instruction instruction) {
        List<TrackedText> all = words.json() == null ? words.words() : words.json();
        List<Node> sources = new ArrayList<>();
        for (int i = 0; i + 1 < all.size(); i++) {
            if (!all.get(i).text().startsWith("<<")) {
                sources.add(expanded(all.get(i)));
            }
        }
        body.put("sources", new Node.Sequence(sources, instruction.region()));
        if (!all.isEmpty()) {
            body.put("destination", expanded(all.get(all.size() - 1)));
        }
    }

    /** {@code NAME=value …}, the old {@code NAME value} of ENV and LABEL, and ARG's {@code NAME} alone. */
    private void assignments(Builder body, Words words, Instruction instruction) {
        List<Node> list = new ArrayList<>();
        List<TrackedText> all = words.words();
        boolean old = !instruction.keyword().equals("ARG") && !all.isEmpty() && all.get(0).text().indexOf('=') < 0;
        if (old) {
            String rest = words.rest().text();
            int from = Math.min(rest.length(), all.get(0).length());
            list.add(assignment(all.get(0), words.rest().sub(from, rest.length()).strip(), instruction.keyword()));
        } else {
            for (TrackedText word : all) {
                int equals = word.text().indexOf('=');
                TrackedText name = equals < 0 ? word : word.sub(0, equals);
                TrackedText value = equals < 0 ? null : word.sub(equals + 1, word.length());
                list.add(assignment(name, value, instruction.keyword()));
            }
        }
        body.put("variables", new Node.Sequence(list, instruction.region()));
    }

    private Node assignment(TrackedText name, TrackedText value, String keyword) {
        Builder body = new Builder().put("name", name.scalar());
        String expanded = value == null ? null : variables.expand(value.text());
        if (value != null) {
            body.put("value", known(expanded, value.isEmpty() ? name : value));
        }
        if (!keyword.equals("LABEL")) {
            variables.set(name.text(), value == null ? globals.get(name.text()) : expanded);
        }
        return body.build(name.region());
    }

    private void expose(Builder body, Words words, Region region) {
        List<Node> ports = new ArrayList<>();
        for (TrackedText word : words.words()) {
            String text = variables.expand(word.text());
            int slash = text.indexOf('/');
            String port = slash < 0 ? text : text.substring(0, slash);
            Builder one = new Builder();
            int dash = port.indexOf('-');
            one.put("port", port(dash < 0 ? port : port.substring(0, dash), word));
            one.put("last", port(port.substring(dash + 1), word));
            one.put("protocol", word.scalar(slash < 0 ? "tcp" : text.substring(slash + 1).toLowerCase(Locale.ROOT)));
            ports.add(one.build(word.region()));
        }
        body.put("ports", new Node.Sequence(ports, region));
    }

    private static Node port(String text, TrackedText written) {
        return DIGITS.matcher(text).matches() ? written.scalar(Long.valueOf(text)) : known(text, written);
    }

    private void user(Builder body, Words words) {
        TrackedText written = words.rest();
        String text = variables.expand(written.text());
        int colon = text.indexOf(':');
        body.put("user", known(colon < 0 ? text : text.substring(0, colon), written));
        if (colon >= 0) {
            body.put("group", known(text.substring(colon + 1), written));
        }
    }

    private Node expanded(TrackedText text) {
        return known(variables.expand(text.text()), text);
    }

    private static Node known(String expanded, TrackedText written) {
        return expanded.indexOf(Variables.UNKNOWN) >= 0
                ? new Node.Unknown("set outside the file: " + written.text(), written.region())
                : new Node.Scalar(expanded, written.region());
    }
}

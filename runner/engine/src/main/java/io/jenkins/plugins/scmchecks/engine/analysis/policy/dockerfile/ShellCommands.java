package io.jenkins.plugins.scmchecks.engine.analysis.policy.dockerfile;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds the commands in a shell script: enough of the shell's grammar to know what is called with which words, and what
 * is piped into what. Substitutions, {@code sh -c '…'} and what {@code sudo} and its like start are commands as well.
 */
final class ShellCommands {

    private static final int MAX_DEPTH = 6;
    private static final int MAX_COMMANDS = 2_000;

    private static final Set<String> KEYWORDS =
            Set.of("if", "then", "else", "elif", "do", "while", "until", "!", "{", "}", "fi", "done", "time");
    private static final Set<String> STARTERS =
            Set.of("sudo", "env", "exec", "nohup", "nice", "xargs", "command", "eatmydata");
    private static final Set<String> SHELLS = Set.of("sh", "bash", "ash", "dash", "zsh", "ksh");
    private static final Pattern ASSIGNMENT = Pattern.compile("[A-Za-z_]\\w*\\+?=.*", Pattern.DOTALL);

    private final Script into;
    private final List<Node> found;
    private final int depth;
    private final TrackedText script;
    private final List<Word> words = new ArrayList<>();
    private final List<Body> pipeline = new ArrayList<>();

    /** A word without its quotes, and the commands that are substituted into it. */
    private record Word(TrackedText text, List<String> substituted) {}

    /** A command before it is known what it is piped into. */
    private record Body(List<Word> words) {

        String name() {
            String text = words.get(0).text().text();
            return text.substring(text.lastIndexOf('/') + 1);
        }
    }

    /**
     * What scripts do.
     *
     * @param commands each a mapping of {@code name} (without its folder), {@code args}, {@code text}, {@code index}
     *     (its place in the list), {@code pipes_to} (the name of what it is piped into), {@code substitutes} (the names
     *     of the commands whose output becomes part of it), and of an installation {@code manager} and
     *     {@code packages}, see {@link Packages}
     * @param variables that are set, for one command or by {@code export}: mappings of {@code name} and {@code value}
     */
    record Script(List<Node> commands, List<Node> variables) {

        Script() {
            this(new ArrayList<>(), new ArrayList<>());
        }
    }

    private ShellCommands(TrackedText script, Script into, int depth) {
        this.script = script;
        this.into = into;
        this.found = into.commands();
        this.depth = depth;
    }

    /** Adds what a script does. */
    static void read(TrackedText script, Script into) {
        new ShellCommands(script, into, 0).parse();
    }

    /** Adds the one command that the words of a JSON form are. */
    static void read(List<TrackedText> words, Script into) {
        if (!words.isEmpty()) {
            ShellCommands shell = new ShellCommands(words.get(0), into, 0);
            words.forEach(word -> shell.words.add(new Word(word, List.of())));
            shell.endPipeline();
        }
    }

    private void parse() {
        int at = 0;
        while (at < script.length() && found.size() < MAX_COMMANDS) {
            char c = script.at(at);
            if (c == '\n' || c == ';') {
                endPipeline();
                at++;
            } else if (Character.isWhitespace(c)) {
                at++;
            } else if (c == '#') {
                int end = script.text().indexOf('\n', at);
                at = end < 0 ? script.length() : end;
            } else if (c == '|' && !follows(at, '|')) {
                endCommand();
                at += follows(at, '&') ? 2 : 1;
            } else if (c == '&' && follows(at, '>')) {
                at += 2;
            } else if (c == '&' || c == '|') {
                endPipeline();
                at += follows(at, c) ? 2 : 1;
            } else if (c == '(' || c == ')') {
                endPipeline();
                at++;
            } else {
                at = word(at);
            }
        }
        endPipeline();
    }

    private boolean follows(int at, char c) {
        return at + 1 < script.length() && script.at(at + 1) == c;
    }

    /** Reads one word and {@return the index behind it}; redirections are words too. */
    private int word(int start) {
        TrackedText.Builder text = new TrackedText.Builder(script.lines());
        List<String> substituted = new ArrayList<>();
        char quote = 0;
        int at = start;
        while (at < script.length()) {
            char c = script.at(at);
            if (quote == 0 && (Character.isWhitespace(c) || ";|()".indexOf(c) >= 0 || c == '&' && !redirects(at))) {
                break;
            }
            if (c == '\\' && quote != '\'' && at + 1 < script.length()) {
                text.add(script.at(at + 1), script.offsets()[at + 1]);
                at += 2;
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
                at++;
            } else if (c == quote) {
                quote = 0;
                at++;
            } else if (quote != '\'' && (c == '`' || (c == '$' || c == '<' && quote == 0) && follows(at, '('))) {
                int end = c == '`' ? closingTick(at) : closingParenthesis(at + 1);
                int from = c == '`' ? at + 1 : at + 2;
                substitute(from, Math.max(from, end), substituted);
                int behind = Math.min(script.length(), end + 1);
                for (int i = at; i < behind; i++) {
                    text.add(script.at(i), script.offsets()[i]);
                }
                at = behind;
            } else {
                text.add(c, script.offsets()[at]);
                at++;
            }
        }
        TrackedText word = text.isEmpty() ? script.sub(start, start) : text.build();
        words.add(new Word(word, substituted));
        return Math.max(at, start + 1);
    }

    /** {@code 2>&1} and {@code >&2} do not end a command. */
    private boolean redirects(int at) {
        return at > 0 && (script.at(at - 1) == '>' || script.at(at - 1) == '<');
    }

    private int closingTick(int at) {
        int end = script.text().indexOf('`', at + 1);
        return end < 0 ? script.length() : end;
    }

    private int closingParenthesis(int open) {
        int level = 0;
        char quote = 0;
        for (int at = open; at < script.length(); at++) {
            char c = script.at(at);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (c == '(') {
                level++;
            } else if (c == ')' && --level == 0) {
                return at;
            }
        }
        return script.length();
    }

    private void substitute(int from, int to, List<String> names) {
        if (depth < MAX_DEPTH && from < to) {
            int before = found.size();
            new ShellCommands(script.sub(from, to), into, depth + 1).parse();
            for (Node command : found.subList(before, found.size())) {
                if (((Node.Mapping) command).get("name") instanceof Node.Scalar name) {
                    names.add(String.valueOf(name.value()));
                }
            }
        }
    }

    private void endCommand() {
        int first = 0;
        while (first < words.size() && isNoCommand(words.get(first))) {
            assign(words.get(first++));
        }
        if (first < words.size()) {
            if (words.get(first).text().text().equals("export")) {
                words.subList(first + 1, words.size()).forEach(this::assign);
            }
            pipeline.add(new Body(List.copyOf(words.subList(first, words.size()))));
        }
        words.clear();
    }

    private void assign(Word word) {
        TrackedText text = word.text();
        int equals = text.text().indexOf('=');
        if (equals > 0 && ASSIGNMENT.matcher(text.text()).matches() && into.variables().size() < MAX_COMMANDS) {
            TrackedText value = text.sub(equals + 1, text.length());
            boolean known = value.text().indexOf('$') < 0 && value.text().indexOf('`') < 0;
            into.variables().add(new Bodies.Builder()
                    .put("name", text.sub(0, equals).scalar())
                    .put("value", known
                            ? text.scalar(value.text())
                            : new Node.Unknown("put in by the shell", text.region()))
                    .build(text.region()));
        }
    }

    private static boolean isNoCommand(Word word) {
        String text = word.text().text();
        return text.isEmpty() || KEYWORDS.contains(text) || ASSIGNMENT.matcher(text).matches();
    }

    private void endPipeline() {
        endCommand();
        for (int i = 0; i < pipeline.size() && found.size() < MAX_COMMANDS; i++) {
            add(pipeline.get(i), i + 1 < pipeline.size() ? started(pipeline.get(i + 1)).name() : null);
        }
        pipeline.clear();
    }

    private void add(Body command, String pipesTo) {
        found.add(node(command, pipesTo, found.size()));
        Body inner = started(command);
        if (inner != command) {
            add(inner, pipesTo);
            return;
        }
        List<Word> all = command.words();
        boolean script = SHELLS.contains(command.name()) && all.size() > 2 && depth < MAX_DEPTH;
        for (int i = 1; script && i + 1 < all.size(); i++) {
            if (all.get(i).text().text().matches("-[a-z]*c")) {
                new ShellCommands(all.get(i + 1).text(), into, depth + 1).parse();
                break;
            }
        }
    }

    /** {@return what {@code sudo} and its like start, or the command itself} */
    private static Body started(Body command) {
        if (!STARTERS.contains(command.name())) {
            return command;
        }
        List<Word> all = command.words();
        int first = 1;
        while (first < all.size()
                && (all.get(first).text().text().startsWith("-") || isNoCommand(all.get(first)))) {
            first++;
        }
        return first < all.size() ? started(new Body(all.subList(first, all.size()))) : command;
    }

    private static Node node(Body command, String pipesTo, int index) {
        List<Word> all = command.words();
        TrackedText name = all.get(0).text();
        Body started = started(command);
        Bodies.Builder body = new Bodies.Builder();
        body.put("name", name.scalar(command.name()));
        body.put("args", new Node.Sequence(
                all.stream().skip(1).map(word -> word.text().scalar()).toList(), name.region()));
        body.put("text", name.scalar(String.join(" ", all.stream().map(word -> word.text().text()).toList())));
        body.put("index", name.scalar((long) index));
        Packages packages = Packages.of(command.name(), all.stream().skip(1).map(Word::text).toList());
        if (packages != null) {
            body.put("manager", name.scalar(packages.manager()));
            body.put("packages", new Node.Sequence(packages.packages(), name.region()));
        }
        if (pipesTo != null) {
            body.put("pipes_to", name.scalar(pipesTo));
        }
        List<Node> substituted = started.words().stream()
                .flatMap(word -> word.substituted().stream())
                .map(name::scalar)
                .toList();
        body.put("substitutes", new Node.Sequence(substituted, name.region()));
        return body.build(name.region());
    }
}

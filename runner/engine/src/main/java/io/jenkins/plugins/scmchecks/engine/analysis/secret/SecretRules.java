package io.jenkins.plugins.scmchecks.engine.analysis.secret;

import io.jenkins.plugins.scmchecks.engine.finding.Rule;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All rules, and the automaton that says where each is worth trying. Immutable and thread-safe. */
public final class SecretRules {

    private static final Set<String> PROPERTIES = Set.of("""
            title keywords pattern before value path detector entropy check severity cwe revoke aliases example
            example-path counter
            """.split("\\s+"));

    private static final class BuiltIn {
        static final SecretRules RULES = load();

        private static SecretRules load() {
            try (InputStream in = SecretRules.class.getResourceAsStream("rules.txt")) {
                return read(new InputStreamReader(in, StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private final List<SecretRule> rules;
    private final KeywordAutomaton automaton;
    private final List<String> keywords;
    private final SecretRule[][] byKeyword;
    private final List<SecretRule> byPath;

    private SecretRules(List<SecretRule> rules) {
        this.rules = List.copyOf(rules);
        Map<String, List<SecretRule>> index = new LinkedHashMap<>();
        for (SecretRule rule : rules) {
            rule.keywords().forEach(k -> index.computeIfAbsent(k, x -> new ArrayList<>()).add(rule));
        }
        keywords = List.copyOf(index.keySet());
        automaton = new KeywordAutomaton(keywords);
        byKeyword = index.values().stream().map(l -> l.toArray(SecretRule[]::new)).toArray(SecretRule[][]::new);
        byPath = rules.stream().filter(r -> r.detector().ofFiles()).toList();
    }

    /** {@return the rules that come with this version} */
    public static SecretRules builtIn() {
        return BuiltIn.RULES;
    }

    /**
     * Reads rules; {@code rules.txt} says how they are written.
     *
     * @throws IllegalArgumentException saying which line or rule is wrong
     */
    static SecretRules read(Reader source) throws IOException {
        List<SecretRule> rules = new ArrayList<>();
        String id = null;
        Map<String, List<String>> properties = new LinkedHashMap<>();
        BufferedReader lines = new BufferedReader(source);
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (line.startsWith("[") && line.endsWith("]")) {
                if (id != null) {
                    rules.add(new SecretRule(id, rules.size(), properties));
                }
                id = line.substring(1, line.length() - 1);
                properties = new LinkedHashMap<>();
            } else if (!line.isBlank() && !line.startsWith("#")) {
                int equals = line.indexOf('=');
                String name = equals < 0 ? line : line.substring(0, equals).strip();
                if (id == null || equals < 0 || !PROPERTIES.contains(name)) {
                    throw new IllegalArgumentException(
                            "line " + number + " of the rules is neither [id] nor a known property: " + line);
                }
                properties.computeIfAbsent(name, k -> new ArrayList<>()).add(line.substring(equals + 1).strip());
            }
        }
        if (id != null) {
            rules.add(new SecretRule(id, rules.size(), properties));
        }
        return new SecretRules(rules);
    }

    /** {@return what is looked for, as findings name it; for lists and documentation} */
    public List<Rule> descriptors() {
        return rules.stream().map(SecretRule::rule).toList();
    }

    List<SecretRule> all() {
        return rules;
    }

    KeywordAutomaton automaton() {
        return automaton;
    }

    /** {@return how many bytes the keyword of that index has} */
    int lengthOf(int keyword) {
        return keywords.get(keyword).length();
    }

    SecretRule[] of(int keyword) {
        return byKeyword[keyword];
    }

    /** {@return the rules that look at a file's path alone} */
    List<SecretRule> byPath() {
        return byPath;
    }
}

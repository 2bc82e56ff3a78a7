package io.jenkins.plugins.scmchecks.engine.analysis.secret;

import io.jenkins.plugins.scmchecks.engine.finding.Rule;
import io.jenkins.plugins.scmchecks.engine.finding.Severity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** One section of the rules: what one kind of secret looks like. Immutable and thread-safe. */
final class SecretRule {

    /** How a place is judged where one of a rule's keywords stands. */
    enum Detector {
        /** The text there matches a pattern. */
        PATTERN,
        /** The name there is given a value that matches a pattern. */
        VALUE,
        /** The name there is given a value that nobody would give it but a secret. */
        GENERIC,
        /** A URL with a password begins there. */
        URL,
        /** A key in PEM begins there. */
        PRIVATE_KEY,
        /** A Kubernetes Secret is declared there. */
        KUBERNETES,
        /** The file as a whole is a secret, as its path says. */
        FILE,
        /** The file as a whole is a store of keys, as its path and its first bytes say. */
        KEY_STORE;

        /** {@return whether the file as a whole is what is found} */
        boolean ofFiles() {
            return this == FILE || this == KEY_STORE;
        }
    }

    private static final String HELP = """
            What is in a repository is known to everybody who can read it, now or later, from its history too; so is
            this %s.

            **What to do**

            1. Revoke it%s and make a new one.
            2. Keep the new one outside the repository: in a secret store, or in the credentials of what needs it.
            3. Look in the audit log for use by others.
            4. Remove it from the source, and from the history if it cannot be revoked.

            If it is not a secret, say so with a comment on its line: `scm-checks:ignore`.
            """;

    private final String id;
    private final Map<String, List<String>> properties;
    private final Detector detector;
    private final List<String> keywords;
    private final int before;
    private final double entropy;
    private final Check check;
    private final int rank;
    private final Severity severity;
    // Made when first needed: most runs meet a few of the rules' keywords only.
    private volatile Rule rule;
    private volatile Pattern pattern;
    private volatile Pattern path;

    /**
     * @param rank its place among the rules; the lower takes precedence
     * @throws IllegalArgumentException saying which value of which rule is wrong
     */
    SecretRule(String id, int rank, Map<String, List<String>> properties) {
        this.id = id;
        this.rank = rank;
        this.properties = properties;
        try {
            this.detector = has("detector")
                    ? Detector.valueOf(first("detector", "").toUpperCase(Locale.ROOT).replace('-', '_'))
                    : has("value") ? Detector.VALUE : Detector.PATTERN;
            this.keywords = list("keywords");
            this.before = Integer.parseInt(first("before", "0"));
            this.entropy = Double.parseDouble(first("entropy", "2.5"));
            this.check = Check.named(first("check", "none"));
            this.severity = Severity.parse(first("severity", "high"));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("rule [" + id + "]: " + e.getMessage(), e);
        }
    }

    private Rule createRule() {
        String title = first("title", id);
        String where = has("revoke") ? " (" + first("revoke", "") + ")" : "";
        String help = HELP.formatted(title, where);
        List<String> tags = new ArrayList<>(List.of(Redaction.SECRET_TAG, first("cwe", "CWE-798")));
        aliases().forEach(alias -> tags.add("gitleaks:" + alias));
        return new Rule(
                "SCM-SECRET-" + id.toUpperCase(Locale.ROOT),
                title.substring(0, 1).toUpperCase(Locale.ROOT) + title.substring(1),
                help,
                null,
                severity,
                tags);
    }

    String id() {
        return id;
    }

    Detector detector() {
        return detector;
    }

    List<String> keywords() {
        return keywords;
    }

    /** {@return the ids under which gitleaks knows it} */
    List<String> aliases() {
        List<String> aliases = has("aliases") ? list("aliases") : List.of(id);
        return aliases.equals(List.of("none")) ? List.of() : aliases;
    }

    List<String> examples() {
        return properties.getOrDefault("example", List.of());
    }

    List<String> counterExamples() {
        return properties.getOrDefault("counter", List.of());
    }

    String examplePath() {
        return first("example-path", "config.txt");
    }

    int before() {
        return before;
    }

    double entropy() {
        return entropy;
    }

    Check check() {
        return check;
    }

    int rank() {
        return rank;
    }

    Severity severity() {
        return severity;
    }

    Rule rule() {
        Rule result = rule;
        if (result == null) {
            result = createRule();
            rule = result;
        }
        return result;
    }

    /** {@return whether only its surroundings say that it is a secret, so that it counts for nothing in a test} */
    boolean isGeneric() {
        return detector == Detector.GENERIC
                || detector == Detector.URL
                || detector == Detector.KUBERNETES
                || check == Check.PASSWORD
                || check == Check.LOGIN
                || check == Check.RANDOM
                || check == Check.BASIC;
    }

    /** @throws IllegalArgumentException when it is not a regular expression */
    Pattern pattern() {
        Pattern result = pattern;
        if (result == null) {
            boolean value = detector == Detector.VALUE;
            result = compile(first(value ? "value" : "pattern", ""), value ? Pattern.CASE_INSENSITIVE : 0);
            pattern = result;
        }
        return result;
    }

    boolean appliesTo(String file) {
        if (!has("path")) {
            return true;
        }
        Pattern result = path;
        if (result == null) {
            result = compile(first("path", ""), 0);
            path = result;
        }
        return result.matcher(file).find();
    }

    private Pattern compile(String expression, int flags) {
        try {
            return Pattern.compile(expression, flags);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("rule [" + id + "]: " + e.getMessage(), e);
        }
    }

    private boolean has(String name) {
        return properties.containsKey(name);
    }

    private String first(String name, String otherwise) {
        return has(name) ? properties.get(name).get(0) : otherwise;
    }

    private List<String> list(String name) {
        return has(name) ? Arrays.stream(first(name, "").split(",")).map(String::strip).toList() : List.of();
    }

    @Override
    public String toString() {
        return id;
    }
}

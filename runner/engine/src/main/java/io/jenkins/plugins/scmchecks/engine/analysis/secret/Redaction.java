package io.jenkins.plugins.scmchecks.engine.analysis.secret;

import io.jenkins.plugins.scmchecks.engine.finding.Finding;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Keeps secrets out of everything that is shown, logged, hashed or stored. Whoever renders a snippet, or makes a
 * fingerprint of a line, passes the line through {@link #line} first. Immutable and thread-safe.
 */
public final class Redaction {

    /** The tag of rules whose findings' regions cover a secret. */
    public static final String SECRET_TAG = "secret";

    private static final Set<String> SECRET_TOOLS =
            Set.of("gitleaks", "trufflehog", "detect-secrets", "ggshield", "talisman");

    private static final String MASK = "\u2026";

    private final Map<String, List<Region>> secrets = new HashMap<>();

    private Redaction(Collection<Finding> findings) {
        for (Finding finding : findings) {
            Region region = finding.location().region();
            boolean tagged = finding.rule().tags().contains(SECRET_TAG);
            if (region != null && (tagged || isOfSecrets(finding))) {
                // Tools count columns in their own ways: where nothing says what is covered, whole lines are.
                secrets.computeIfAbsent(finding.location().path(), p -> new ArrayList<>())
                        .add(tagged ? region : Region.lines(region.startLine(), region.endLine()));
            }
        }
        // From right to left, so that one replacement does not move the next.
        secrets.values().forEach(regions -> regions.sort(
                Comparator.comparingInt(Region::startLine).thenComparingInt(Region::startColumn).reversed()));
    }

    /** Not every tool that looks for secrets tags what it finds. */
    private static boolean isOfSecrets(Finding finding) {
        return SECRET_TOOLS.contains(finding.tool().toLowerCase(Locale.ROOT))
                || finding.rule().id().startsWith("CKV_SECRET_");
    }

    /** {@return the redaction of every secret that is among the findings, whichever tool found it} */
    public static Redaction of(Collection<Finding> findings) {
        return new Redaction(findings);
    }

    /**
     * A line as it may be shown: each secret in it replaced by {@code …}.
     *
     * @param path of the file
     * @param number of the line, from 1
     * @param text of the line
     */
    public String line(String path, int number, String text) {
        return replace(path, number, text, false);
    }

    /**
     * A line as it may be hashed into a fingerprint: each secret in it replaced by twelve bits of its SHA-256. They
     * tell a rotated secret from the one before it, and are too few to find either by trying.
     */
    public String material(String path, int number, String text) {
        return replace(path, number, text, true);
    }

    /** {@return any text, such as another tool's message, with what is a secret by the built-in rules masked} */
    public static String text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        List<SecretMatch> matches = new SecretScanner(SecretRules.builtIn()).scan("text", bytes).matches();
        StringBuilder result = new StringBuilder();
        int done = 0;
        for (SecretMatch match : matches) {
            result.append(new String(bytes, done, match.start() - done, StandardCharsets.UTF_8)).append(MASK);
            done = match.end();
        }
        return result.append(new String(bytes, done, bytes.length - done, StandardCharsets.UTF_8)).toString();
    }

    private String replace(String path, int number, String text, boolean tagged) {
        StringBuilder result = new StringBuilder(text);
        for (Region region : secrets.getOrDefault(path, List.of())) {
            if (number >= region.startLine() && number <= region.endLine()) {
                boolean columns = region.startColumn() > 0 && region.endColumn() > 0;
                int from = columns && number == region.startLine() ? region.startColumn() - 1 : 0;
                int to = columns && number == region.endLine() ? region.endColumn() - 1 : text.length();
                from = Math.min(from, text.length());
                to = Math.max(from, Math.min(to, text.length()));
                result.replace(from, to, tagged ? MASK + tag(text.substring(from, to)) : MASK);
            }
        }
        return result.toString();
    }

    /**
     * What may be shown of a secret: a beginning that says which kind it is, and its length.
     *
     * @param shown how many characters at most; never more than 4, or than a fifth of them
     */
    static String mask(String secret, int shown) {
        int visible = Math.min(Math.min(shown, 4), secret.length() / 5);
        String beginning = secret.substring(0, visible).replaceAll("[^\\x20-\\x7e]", "?");
        return beginning + MASK + "(" + secret.length() + " characters)";
    }

    /** {@return three hexadecimal digits that depend on the whole secret, and give twelve bits of it away} */
    static String tag(String secret) {
        return hash(secret).substring(0, 3);
    }

    /** {@return the SHA-256 of a text, in hexadecimal digits; of a secret itself, only to be held in memory} */
    static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            StringBuilder result = new StringBuilder();
            for (byte b : digest) {
                result.append(Character.forDigit(b >> 4 & 15, 16)).append(Character.forDigit(b & 15, 16));
            }
            return result.toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has SHA-256
        }
    }
}

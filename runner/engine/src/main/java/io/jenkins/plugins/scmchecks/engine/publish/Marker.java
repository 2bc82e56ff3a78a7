package io.jenkins.plugins.scmchecks.engine.publish;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The hidden first line of what we write at a provider, by which it is known again:
 * {@code <!-- scm-checks:CHECK:CONTENT -->}. Only the first line counts, so that no quoted text can pretend to be one.
 *
 * @param check names the check that the text belongs to, so that several checks of one pull request do not meet
 * @param content the finding's fingerprint, or {@link #SUMMARY}
 */
public record Marker(String check, String content) {

    /** The content of the marker of a pull request's summary comment. */
    public static final String SUMMARY = "summary";

    private static final String PREFIX = "scm-checks/";
    private static final Pattern FIRST_LINE =
            Pattern.compile("<!-- scm-checks:([0-9a-f]{16}):([A-Za-z0-9._+/=:-]{1,200}) -->(?:\\s|$)");
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9._+/=:-]{1,200}");

    public Marker {
        if (!SAFE.matcher(content).matches()) {
            throw new IllegalArgumentException("a marker cannot carry '" + content + "'");
        }
    }

    /** {@return the marker of a finding's comment; a fingerprint with unusual characters is carried by its digest} */
    public static Marker ofFinding(String checkExternalId, String fingerprint) {
        return new Marker(Digest.of(checkExternalId), fingerprintFor(fingerprint));
    }

    /** {@return the marker of the summary comment} */
    public static Marker ofSummary(String checkExternalId) {
        return new Marker(Digest.of(checkExternalId), SUMMARY);
    }

    /** {@return what stands for a fingerprint in a marker, and so in everything that is compared with one} */
    public static String fingerprintFor(String fingerprint) {
        return SAFE.matcher(fingerprint).matches() ? fingerprint : Digest.of(fingerprint);
    }

    /** {@return the external id of the check with that name} */
    public static String externalId(String checkName) {
        return PREFIX + checkName;
    }

    /** {@return the check's name that {@link #externalId} was made of} */
    public static String checkName(String externalId) {
        return externalId.startsWith(PREFIX) ? externalId.substring(PREFIX.length()) : externalId;
    }

    /** {@return the marker that a text begins with} */
    public static Optional<Marker> parse(String text) {
        Matcher matcher = FIRST_LINE.matcher(text);
        return matcher.lookingAt() ? Optional.of(new Marker(matcher.group(1), matcher.group(2))) : Optional.empty();
    }

    /** {@return whether the text is a comment of that check} */
    public boolean isOfCheck(String checkExternalId) {
        return check.equals(Digest.of(checkExternalId));
    }

    /** {@return the line to begin a text with} */
    @Override
    public String toString() {
        return "<!-- scm-checks:" + check + ":" + content + " -->";
    }
}

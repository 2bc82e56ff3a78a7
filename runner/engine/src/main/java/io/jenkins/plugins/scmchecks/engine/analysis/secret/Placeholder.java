package io.jenkins.plugins.scmchecks.engine.analysis.secret;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Values that stand where a secret will stand, or that say where it is: neither is one. */
final class Placeholder {

    // Each is long enough that a random token of 40 characters contains it once in some hundred thousand.
    static final Pattern WORDS = Pattern.compile("(?i)example|sample|placeholder|change[-_]?(?:me|it|this)"
            + "|replace|your[-_ ]?|dummy|fake|redacted|xxxx|insert[-_]|notreal|not[-_]a[-_]?real|foobar|lorem"
            + "|secret[-_]?here"
            + "|to[-_]?be[-_]|enter[-_]|put[-_]|my[-_]?(?:api|secret|token|pass|key|auth|access)"
            + "|some[-_]?(?:secret|token|pass|key|api)"
            + "|(?:token|secret|key|password)[-_]?(?:here|goes|value)|test[-_]?(?:token|key|secret|pass|api)"
            + "|deadbeef|####|\\*\\*\\*|\\.\\.\\.");

    private static final Pattern REFERENCE = Pattern.compile("[$#]\\{.*|\\{\\{.*|.*[$#]\\{.*|.*\\{\\{.*|.*\\$\\(.*"
            + "|\\$\\(?\\w.*|<.*>?|%\\w[\\w.-]*%|%[sdvq]|.*%\\(\\w+\\)s.*|.*%[sdv]|@[\\w.-]+@|\\{[\\w.]*\\}"
            + "|.*\\{\\w*\\}.*|__\\w+__|[\\w.]+\\[\\w+\\]|\\[.*\\]|\\(.*\\)"
            + "|(?i)(?:env|vars?|local|data|module|secrets?|params?|config|settings|process|os|this|self"
            + "|context|inputs|outputs|each|system)"
            + "[.:\\[].*|(?:ref\\+|vault|ssm|op|file|kms|sm|gcp|aws-?kms|awssm|arn|secretsmanager|keyvault"
            + "|credentials|classpath)[:/].*"
            + "|enc[\\[(].*|\\{cipher\\}.*|ag[a-z0-9+/]{80,}={0,2}|\\{aqa[\\w+/=]*\\}?|\\$ansible_vault.*"
            + "|!(?:vault|ref|sub|getatt|importvalue|secret|env|env_var|include|reference|encrypted|join|select"
            + "|findinmap|base64|if|split|transform)\\b.*|!\\w+ .*"
            + "|-----begin .*|rails\\..*|\\w[\\w.:]*\\(.*|(?:base64|hex):"
            + "|.*\\bgetenv\\b.*|.*\\benviron\\b.*|.*=>.*");

    // Algorithms' own marks before a salted hash or an integrity sum.
    private static final Pattern HASH = Pattern.compile("(?i)\\$(?:1|2[abxy]?|5|6|7|apr1|argon2\\w*|scrypt"
            + "|pbkdf2[\\w-]*|y)\\$.*"
            + "|\\{(?:s?sha\\d*|s?md5|crypt|bcrypt|pbkdf2\\w*|noop)\\}.*|pbkdf2[:_].*|(?:sha(?:1|224|256|384"
            + "|512)|md5)[-:$].*|#jbcrypt:.*"
            + "|\\*[0-9a-f]{40}|md5[0-9a-f]{32}|scram-sha-.*");

    // As people count up when they make a token up; a random one of 40 characters does once in a thousand million.
    private static final Pattern COUNTED =
            Pattern.compile("(?i)1234567|2345678|7654321|6543210|9876543|abcdefg|gfedcba");

    private static final Set<String> NOTHING = Set.of("""
            null none nil undefined true false yes no n/a na unset empty todo tbd fixme default disabled enabled
            optional required
            """.split("\\s+"));

    // Published for everybody's emulator or in documentation: Azurite, the Cosmos DB emulator, RFC 6749.
    private static final Set<String> PUBLISHED = Set.of("""
            2YotnFZFEjr1zCsicMWpAA tGzv3JOkF0XG5Qx2TlKWIA czZCaGRSa3F0MzpnWDFmQmF0M2JW
            Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==
            C2y6yDjf5/R+ob0N8A7Cgv30VRDJIWEHLM+4QDU5DE2nQ9nDuVTqobD4b8mGGyPMbIZnqyMsEcaGQy67XIw/Jw==
            """.split("\\s+"));

    private Placeholder() {}

    /** {@return whether the value is made up to show where a secret goes} */
    static boolean is(String value) {
        return saysSo(value) || isPatterned(value) || value.length() >= 20 && COUNTED.matcher(value).find();
    }

    /** {@return whether the value says in words that it is none} */
    static boolean saysSo(String value) {
        return NOTHING.contains(value.toLowerCase(Locale.ROOT)) || WORDS.matcher(value).find();
    }

    /** {@return whether its vendor published it, for everybody to use} */
    static boolean isPublished(String value) {
        return PUBLISHED.contains(value);
    }

    /** {@return whether the value names a secret's place, computes it, or is its encrypted form} */
    static boolean isReference(String value) {
        return REFERENCE.matcher(value).matches();
    }

    static boolean isHash(String value) {
        return HASH.matcher(value).matches();
    }

    /** {@return whether it runs like 1234567890, abcdef, a1b2c3d4 or repeats itself} */
    static boolean isPatterned(String value) {
        int length = value.length();
        if (length < 6) {
            return false;
        }
        if (value.chars().distinct().count() <= Math.min(3, length / 3)) {
            return true;
        }
        for (int period = 1; period <= Math.min(20, length / 3); period++) {
            if (value.regionMatches(period, value, 0, length - period)) {
                return true;
            }
        }
        return runs(value, 1) > 0.55 * (length - 1) || runs(value, 2) > 0.6 * (length - 2);
    }

    private static int runs(String value, int stride) {
        int result = 0;
        for (int i = stride; i < value.length(); i++) {
            char previous = value.charAt(i - stride);
            char c = value.charAt(i);
            int step = Character.toLowerCase(c) - Character.toLowerCase(previous);
            boolean wraps = previous == '9' && (c == '0' || c == 'a' || c == 'A') || previous == 'f' && c == '0';
            if (Math.abs(step) <= 1 && Character.isLetterOrDigit(c) || wraps) {
                result++;
            }
        }
        return result;
    }
}

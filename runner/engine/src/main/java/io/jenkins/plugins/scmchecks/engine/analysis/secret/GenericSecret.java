package io.jenkins.plugins.scmchecks.engine.analysis.secret;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Judges an assignment by its name and its value alone, when no provider's mark says what the value is. */
final class GenericSecret {

    /** What a name says about its value. */
    private enum Name {
        PASSWORD,
        TOKEN,
        /** Names such as {@code key} say little: only a value that is plainly random counts. */
        KEY,
        OTHER
    }

    // A name with one of these at its end is about the secret, not the secret.
    private static final Set<String> ABOUT = Set.of("""
            name names url uri urls endpoint path file filename dir folder field fields label type types length
            len policy regex pattern format prefix suffix header headers param parameter params placeholder
            message msg error errors hint title text desc description count size min max expiry expires
            expiration expired ttl timeout age version algorithm alg algo arn ref reference hash hashed digest
            encoder encoding method mode provider issuer service manager store storage handler factory builder
            class bean property properties attr attribute column table index selector icon button input form
            page view link id ids uuid guid user username email required enabled disabled visible reset change
            changed confirm confirmation strength usage scope scopes grant audience request response status
            state source target location alias env var variable node event action command cmd code codes set
            list map array limit limits budget usages tokens words start end position offset validator rule test
            tests check help info note comment docs example template region zone host port domain role
            """.split("\\s+"));

    private static final Pattern NOT_SECRET = Pattern.compile("(?i).*(?:(?:update|reset|ask)_?pass|(?:repo|gpg)_?key"
            + "|public|pub_?key|pub-key|primary|foreign"
            + "|unique|partition|sort_?key|cache_?key|cache-key"
            + "|keyboard|keyword|key_?code|keycode|hot_?key|tokeniz|token_?type|csrf|xsrf|authenticity_?token"
            + "|verification_?token|nonce|page_?token|next_?token|continuation|cancellation"
            + "|secret_?name|secretkeyref|existing_?secret|pull_?secrets?|passwordless|author(?!iz)|authority"
            + "|object_?key|s3_?key|bucket_?key|map_?key|row_?key"
            + "|i18n|translation|locale|label|aria|css|class_?name|accessib|access_?(?:mode|modifier|level|log"
            + "|type|control)|key_?(?:path|store|id|name|usage|size|type)"
            + "|monkey|turkey|donkey|whiskey|site_?key|recaptcha|query_?key|license|storage_?key|by_?pass"
            + "|compass|encompass|passive|passenger|passage|passport"
            + "|pass(?:ed|ing|es|through)).*");

    private static final Set<String> SUMS = Set.of("""
            sha sha1 sha256 sha512 md5 hash checksum digest integrity commit revision rev ref etag fingerprint
            thumbprint version tag uuid guid crc
            """.split("\\s+"));

    private static final Pattern PASSWORD = Pattern.compile("(?i).*(?:passw|pa?s{1,2}wo?r?d|passphrase|pwd)[a-z]*\\d*"
            + "|(?:.*[_.-])?(?:db|user|my|ftp|smtp|root|admin|mail|redis|sql|mysql|pg|http|auth|login)?(?:pass"
            + "|pw)\\d?|.*(?-i:[a-z]Pass)");
    private static final Pattern TOKEN = Pattern.compile("(?i).*(?:secret|token|api[_.-]?key|access[_.-]?key"
            + "|private[_.-]?key|auth[_.-]?key|encryption[_.-]?key"
            + "|signing[_.-]?key|master[_.-]?key|account[_.-]?key|service[_.-]?key|shared[_.-]?key"
            + "|client[_.-]?key|session[_.-]?key|deploy[_.-]?key|cipher[_.-]?key"
            + "|crypto?[_.-]?key|(?:aes|hmac|jwt)[_.-]?key|credentials?|creds).*");

    private static final Pattern UUID =
            Pattern.compile("(?i)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    // Identifiers are UUIDs as well: it takes more than "token" or "key" to tell a secret.
    private static final Pattern UUID_NAME = Pattern.compile("(?i).*(?:secret|api[_.-]?(?:key|token)|(?:auth"
            + "|access|bearer|client|personal)[_.-]?(?:key|token)).*|.*(?:[_.-]|(?-i:[a-z]))?token");
    private static final Pattern RANDOM_SHAPE = Pattern.compile("[\\w.=+/~!@#%^&*$:-]+");
    private static final Pattern DOTTED = Pattern.compile("[A-Za-z_]\\w*(?:\\.[A-Za-z_]\\w*)+"
            + "|[\\d.]+|v?\\d+(?:\\.\\d+)+[-\\w.]*");
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d\\d-\\d\\d.*");

    private GenericSecret() {}

    static Check.Outcome judge(Assignment assignment, FileFacts facts) {
        if (!assignment.quoted() && facts.literalsQuoted()) {
            return Check.Outcome.REFUTED;
        }
        String name = assignment.name();
        Name kind = kindOf(name);
        String value = assignment.value();
        if (kind == Name.OTHER || value.length() < 4 || value.equalsIgnoreCase(name)) {
            return Check.Outcome.REFUTED;
        }
        if (Check.decodesToText(value)) { // as in a Kubernetes Secret
            String decoded = Check.decoded(value);
            Check.Outcome outcome = Check.outcome(
                    facts.settings() ? Password.strengthInSettings(decoded, false) : Password.strengthOf(decoded));
            if (outcome != Check.Outcome.PLAUSIBLE) {
                return outcome;
            }
        }
        if (kind == Name.PASSWORD && facts.settings() && !assignment.isComment()) {
            boolean variable = name.equals(name.toUpperCase(Locale.ROOT));
            return Check.outcome(Password.strengthInSettings(value, variable));
        }
        return kind == Name.PASSWORD ? Check.PASSWORD.judge(value) : token(value, kind, name);
    }


    private static Check.Outcome token(String value, Name kind, String name) {
        if (isDense(value)) {
            return Check.Outcome.PLAUSIBLE;
        }
        int shortest = kind == Name.KEY ? 20 : 10;
        double least = kind == Name.KEY ? 3.7 : value.length() < 20 ? 3.0 : 3.3;
        boolean hexadecimal = value.matches("(?i)[0-9a-f]{20,}");
        if (kind == Name.TOKEN && value.length() >= 12 && isMixed(value)) {
            return Check.PASSWORD.judge(value);
        }
        boolean secret = value.length() >= shortest
                && value.length() <= 500
                && RANDOM_SHAPE.matcher(value).matches()
                && Randomness.hasLetter(value)
                && (Randomness.hasDigit(value) || value.length() >= 24 && Randomness.kindsOfCharacters(value) > 1)
                && Randomness.entropy(value) >= (hexadecimal ? 3.0 : least)
                && !(kind == Name.KEY
                        && !hexadecimal
                        && Randomness.kindsOfCharacters(value) < 3
                        && !(value.length() >= 32 && Randomness.entropy(value) >= 4))
                && !Randomness.readsLikeWords(value)
                && !isMadeOfWords(value)
                && !Placeholder.is(value)
                && !Placeholder.isPublished(value)
                && !Placeholder.isReference(value)
                && !Placeholder.isHash(value)
                && !DOTTED.matcher(value).matches()
                && !isPath(value)
                && !DATE.matcher(value).matches()
                && !value.contains("://")
                && (!UUID.matcher(value).matches() || UUID_NAME.matcher(name).matches());
        return secret ? Check.Outcome.PLAUSIBLE : Check.Outcome.REFUTED;
    }

    // Of all kinds of characters, and of such as no random token has: chosen, or drawn, as passwords are.
    private static boolean isMixed(String value) {
        return value.length() <= 64
                && Randomness.kindsOfCharacters(value) == 4
                && !RANDOM_SHAPE.matcher(value).matches()
                && value.chars().allMatch(c -> c > ' ' && c < 127)
                && Randomness.entropy(value) >= 3.5;
    }

    // As frameworks draw their secret keys and salts: long, of all kinds of characters, punctuation in between.
    private static boolean isDense(String value) {
        long punctuation = value.chars().filter(c -> c > ' ' && c < 127 && !Character.isLetterOrDigit(c)).count();
        return value.length() >= 32
                && value.length() <= 200
                && Randomness.kindsOfCharacters(value) == 4
                && Randomness.entropy(value) >= 4.5
                && punctuation >= 0.15 * value.length()
                && punctuation <= 0.5 * value.length()
                && value.chars().filter(c -> c == ' ').count() < 4
                && !value.contains("://")
                && !Randomness.readsLikeWords(value)
                && !Placeholder.saysSo(value);
    }

    /** {@return whether the name is that of a checksum, a commit or a version} */
    static boolean namesASum(String name) {
        List<String> words = words(name);
        return !words.isEmpty() && SUMS.contains(words.get(words.size() - 1));
    }

    /** {@return whether the name is that of a password, and not of something about one} */
    static boolean isPassword(String name) {
        return kindOf(name) == Name.PASSWORD;
    }

    private static Name kindOf(String name) {
        List<String> words = words(name);
        if (words.isEmpty()
                || ABOUT.contains(words.get(words.size() - 1))
                || NOT_SECRET.matcher(name).matches()
                || namesASum(name)
                || words.stream().anyMatch(word -> word.matches("sha\\d*|md5|bcrypt|hash|hashed"))) {
            return Name.OTHER;
        }
        boolean spoken = words.contains("password") || words.contains("passwd") || words.contains("passphrase");
        if (spoken || PASSWORD.matcher(name).matches()) {
            return Name.PASSWORD;
        }
        if (TOKEN.matcher(name).matches()) {
            return Name.TOKEN;
        }
        String last = words.get(words.size() - 1);
        return last.endsWith("key") || last.equals("access") || words.contains("auth") ? Name.KEY : Name.OTHER;
    }

    // Base64 has slashes as well, but between them no words.
    private static boolean isPath(String value) {
        if (value.indexOf('/') < 0 || value.indexOf('+') >= 0 || value.indexOf('=') >= 0) {
            return false;
        }
        for (String part : value.split("/")) {
            if (part.length() > 3 && !part.matches("[a-z0-9._-]+|[A-Z][a-z]+") && !Randomness.readsLikeWords(part)) {
                return false;
            }
        }
        return true;
    }

    // my-secret-name-1, prod.database.Token2: each part is a word or a short number.
    private static boolean isMadeOfWords(String value) {
        String[] parts = value.split("[-_./:+=]");
        if (parts.length < 2) {
            return value.matches("[A-Za-z]+\\d{0,4}") && Randomness.readsLikeWords(value);
        }
        int words = 0;
        boolean mixed = false;
        for (String part : parts) {
            mixed |= part.length() > 5 && Randomness.hasDigit(part) && Randomness.hasLetter(part);
            if (part.matches("[a-z]{0,12}|[A-Z]{0,12}|[A-Z][a-z]{1,11}|\\d{1,4}|v\\d+"
            + "|(?:[A-Z]?[a-z]+)(?:[A-Z][a-z]+)*\\d?")
                    && (part.length() < 4 || Randomness.readsLikeWords(part) || part.matches("\\d+"))) {
                words++;
            }
        }
        return words >= 0.75 * parts.length || !mixed && value.length() < 40;
    }

    /** {@return the words of a name in camelCase, snake_case, kebab-case or dots, in lower case} */
    private static List<String> words(String name) {
        List<String> result = new ArrayList<>();
        for (String word : name.split("[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")) {
            if (!word.isEmpty()) {
                result.add(word.toLowerCase(Locale.ROOT));
            }
        }
        return result;
    }
}

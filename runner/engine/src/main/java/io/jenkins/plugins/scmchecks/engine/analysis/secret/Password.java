package io.jenkins.plugins.scmchecks.engine.analysis.secret;

import java.util.Locale;
import java.util.Set;

/** Judges whether a value could be a password in use. */
final class Password {

    enum Strength {
        /** A placeholder, a reference, a hash, a plain word: no password. */
        NONE,
        /** A password that everybody tries first; in use, it is bad, but mostly it is an example. */
        WEAK,
        GOOD
    }

    // Without their digits and punctuation; what is left of "password123!" is "password".
    private static final Set<String> EVERYBODYS = Set.of("""
            password passwd passw pass pwd pw psw secret secrets token admin administrator root user username
            login qwerty qwertyuiop letmein welcome master manager monkey dragon postgres postgresql mysql
            mariadb redis mongo mongodb rabbit rabbitmq minio minioadmin elastic oracle kafka jenkins tiger
            scott db database app api dev prod abc hello passord changeme changeit default vagrant ubuntu docker
            guest support service server local
            """.split("\\s+"));

    private static final Set<String> DEMONSTRATION = Set.of("""
            test testing tests tester demo foo bar baz foobar xxx x y z a b mypass mypassword mysecret testpass
            testpassword testuser testsecret string value blah asdf correcthorsebatterystaple none null hidden
            masked some any your my the wrong invalid bad old new incorrect newpassword oldpassword
            wrongpassword badpassword invalidpassword
            """.split("\\s+"));

    // What stands for a password in the schema of settings, and no password.
    private static final Set<String> KINDS = Set.of("""
            string text str bool boolean object char varchar field input file env prompt ask auto random generate
            generated encrypted encrypt hash hashed basic plain plaintext digest md5 bcrypt scrypt keychain vault
            always never password passwort yes off auto-generated kerberos ldap oauth oauth2 jwt bearer internal
            external number integer username userpass publickey keyboard-interactive secretref var type hidden
            """.split("\\s+"));

    private Password() {}

    /**
     * {@return how good the value of a password is where it is one for sure: in the settings of what runs}
     *
     * @param variable whether it is a variable's as processes get them, which may have the name of a kind
     */
    static Strength strengthInSettings(String value, boolean variable) {
        Strength strength = strengthOf(value);
        boolean word = strength == Strength.NONE
                && value.length() >= 4
                && value.length() <= 40
                && value.matches("[A-Za-z0-9][\\w!@#$%^&*+=-]*[A-Za-z0-9!@#$%^&*+=]")
                && (variable || !value.matches("[A-Z][a-z]+"))
                && (variable ? value.length() > 4 || !value.matches("(?i)none|null|true|auto") : !isKind(value))
                && !Placeholder.saysSo(value)
                && !Placeholder.isReference(value)
                && !Placeholder.isHash(value)
                && !looksLikeAnAddress(value)
                && !value.matches("[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|[a-z]+(?:[A-Z][a-z]+)+\\d?");
        return word ? Strength.WEAK : strength;
    }

    private static boolean isKind(String value) {
        return KINDS.contains(value.toLowerCase(Locale.ROOT));
    }

    static Strength strengthOf(String value) {
        int length = value.length();
        if (length < 6
                || length > 250
                || Placeholder.saysSo(value)
                || Placeholder.isReference(value)
                || Placeholder.isHash(value)
                || !value.matches("[\\x21-\\x7e]+")
                || looksLikeAnAddress(value)) {
            return Strength.NONE;
        }
        String core = unleet(value).replaceAll("[^A-Za-z]", "").toLowerCase(Locale.ROOT);
        String letters = value.replaceAll("[^A-Za-z]", "").toLowerCase(Locale.ROOT);
        if (letters.isEmpty() || DEMONSTRATION.contains(letters) || DEMONSTRATION.contains(core)) {
            return Strength.NONE;
        }
        int kinds = Randomness.kindsOfCharacters(value);
        if (Placeholder.isPatterned(value)) {
            return kinds > 2 ? Strength.WEAK : Strength.NONE; // Pass!12345
        }
        boolean mixed = Randomness.hasDigit(value) || kinds > 2 && value.matches(".*[^A-Za-z0-9_.:/-].*");
        if (EVERYBODYS.contains(letters)) {
            return mixed ? Strength.WEAK : Strength.NONE;
        }
        if (isName(value, letters)) {
            return Strength.NONE;
        }
        if (!mixed) {
            return length >= 10 && !Randomness.readsLikeWords(value) && Randomness.entropy(value) >= 3
                    ? Strength.GOOD
                    : Strength.NONE;
        }
        return EVERYBODYS.contains(core) && kinds < 3 || length < 8 ? Strength.WEAK : Strength.GOOD;
    }

    // user_password_2, com.acme.Login1, login-page: identifiers, not passwords.
    private static boolean isName(String value, String letters) {
        return value.matches("[A-Za-z_$][\\w$]*(?:[-_.:/ ][A-Za-z0-9_$]+)+")
                        && Randomness.readsLikeWords(letters)
                        && value.replaceAll("[^0-9]", "").length() <= 3
                || value.matches("[a-z]+(?:[A-Z][a-z]+)+\\d?");
    }

    private static boolean looksLikeAnAddress(String value) {
        return value.contains("://")
                || value.matches("\\.{0,2}/.*|~/.*|[A-Za-z]:\\\\.*|[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+")
                || value.matches("(?i).*\\.(?:pem|key|json|ya?ml|txt|crt|cer|java|js|ts|xml|properties|html?"
            + "|php|py|rb|sh|conf|jelly|jsp"
                        + "|p12|jks|com|org|net|io|local)");
    }

    private static String unleet(String value) {
        StringBuilder result = new StringBuilder(value);
        for (int i = 0; i < value.length(); i++) {
            int digit = "01345@$7".indexOf(value.charAt(i));
            if (digit >= 0) {
                result.setCharAt(i, "oieasast".charAt(digit));
            }
        }
        return result.toString();
    }
}

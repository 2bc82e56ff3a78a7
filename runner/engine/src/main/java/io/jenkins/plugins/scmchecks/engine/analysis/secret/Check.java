package io.jenkins.plugins.scmchecks.engine.analysis.secret;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/** A proof that a secret carries in itself, beyond its shape. */
enum Check {
    /** Nothing to prove. */
    NONE {
        @Override
        Outcome judge(String secret) {
            return Outcome.PLAUSIBLE;
        }
    },

    /** GitHub's and npm's tokens end with the CRC-32 of their random part, as six digits of base 62. */
    CRC32_BASE62 {
        @Override
        Outcome judge(String secret) {
            int body = secret.indexOf('_') + 1;
            int sum = secret.length() - 6;
            CRC32 crc = new CRC32();
            crc.update(secret.substring(body, sum).getBytes(StandardCharsets.ISO_8859_1));
            return secret.substring(sum).equals(base62(crc.getValue(), 6)) ? Outcome.PROVEN : Outcome.DOUBTFUL;
        }
    },

    /** age's keys are Bech32 (BIP 173) and end with its checksum. */
    BECH32 {
        @Override
        Outcome judge(String secret) {
            return Bech32.isValid(secret) ? Outcome.PROVEN : Outcome.DOUBTFUL;
        }
    },

    /** A JSON Web Token's first part is a JSON object (RFC 7515, 4.1). */
    JWT {
        @Override
        Outcome judge(String secret) {
            String header = decoded(secret.substring(0, secret.indexOf('.')));
            String payload = secret.substring(secret.indexOf('.') + 1);
            payload = decoded(payload.substring(0, payload.indexOf('.')));
            if (PUBLISHED_CLAIMS.matcher(payload).find()) {
                return Outcome.REFUTED;
            }
            return header.matches("(?s)\\{\\s*\"[\\w#]+\"\\s*:.*") ? Outcome.PROVEN : Outcome.REFUTED;
        }
    },

    /** Not a name of a program: its letters do not read like words. */
    UNREADABLE {
        @Override
        Outcome judge(String secret) {
            return Randomness.readsLikeWords(secret) ? Outcome.REFUTED : Outcome.PLAUSIBLE;
        }
    },

    /** As {@link #JWT}, in Base64 once more. */
    JWT_BASE64 {
        @Override
        Outcome judge(String secret) {
            String token = decoded(secret);
            boolean threeParts = token.matches("ey[\\w-]+={0,2}\\.ey[\\w-]+={0,2}\\.[\\w-]*={0,2}");
            return threeParts ? JWT.judge(token) : Outcome.REFUTED;
        }
    },

    /** A Discord bot's token begins with the bot's id, a number of 17 to 20 digits, in Base64. */
    DISCORD {
        @Override
        Outcome judge(String secret) {
            String id = decoded(secret.substring(0, secret.indexOf('.')));
            return id.matches("\\d{17,20}") ? Outcome.PROVEN : Outcome.REFUTED;
        }
    },

    /** Base64 of {@code user:password} (RFC 7617), with a password that is none of those that examples have. */
    BASIC {
        @Override
        Outcome judge(String secret) {
            String pair = decoded(secret);
            int colon = pair.indexOf(':');
            if (colon < 1 || !pair.matches("[\\x20-\\x7e]+")) {
                return Outcome.REFUTED;
            }
            return PASSWORD.judge(pair.substring(colon + 1));
        }
    },

    /** A password that somebody chose for use: not a placeholder, not a reference, not one plain word. */
    PASSWORD {
        @Override
        Outcome judge(String secret) {
            return outcome(Password.strengthOf(secret));
        }
    },

    /** A password in a file that holds nothing but logins: a plain word is one as well. */
    LOGIN {
        @Override
        Outcome judge(String secret) {
            return outcome(Password.strengthInSettings(secret, true));
        }
    },

    /** PEM's armour of a private key, in Base64 once more, as in a kubeconfig or a Kubernetes Secret. */
    PEM_BASE64 {
        @Override
        Outcome judge(String secret) {
            return decoded(secret).matches("(?s)-----BEGIN [A-Z0-9 ]*PRIVATE KEY.*") ? Outcome.PROVEN : Outcome.REFUTED;
        }
    },

    /** Drawn at random by a machine. */
    RANDOM {
        @Override
        Outcome judge(String secret) {
            return Randomness.hasDigit(secret)
                            && Randomness.hasLetter(secret)
                            && !Placeholder.isReference(secret)
                            && !Randomness.readsLikeWords(secret)
                    ? Outcome.PLAUSIBLE
                    : Outcome.REFUTED;
        }
    };

    /** How sure it is that this is a secret; the surest first. */
    enum Outcome {
        PROVEN,
        PLAUSIBLE,
        DOUBTFUL,
        REFUTED
    }

    // Of the tokens in jwt.io's and many libraries' documentation.
    private static final Pattern PUBLISHED_CLAIMS =
            Pattern.compile("(?i)1234567890|John Doe|\"some\" ?: ?\"payload\"|\"foo\"");

    abstract Outcome judge(String secret);

    /** {@return what a password of that strength counts for} */
    static Outcome outcome(Password.Strength strength) {
        return switch (strength) {
            case NONE -> Outcome.REFUTED;
            case WEAK -> Outcome.DOUBTFUL;
            case GOOD -> Outcome.PLAUSIBLE;
        };
    }

    /** {@return whether it is a sum over the whole secret, which chance does not get right} */
    boolean isChecksum() {
        return this == CRC32_BASE62 || this == BECH32;
    }

    /** {@return the check of that name, written as in the rules: {@code crc32-base62}} */
    static Check named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    static String base62(long value, int digits) {
        String alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        StringBuilder result = new StringBuilder();
        for (long rest = value; result.length() < digits; rest /= 62) {
            result.insert(0, alphabet.charAt((int) (rest % 62)));
        }
        return result.toString();
    }

    /** {@return what the Base64 of either alphabet stands for, as ISO 8859-1; empty when it is none} */
    static String decoded(String base64) {
        try {
            String plain = base64.replace('-', '+').replace('_', '/').replaceAll("=+$", "");
            // One character of a group of four stands for nothing: what was matched was cut.
            plain = plain.substring(0, plain.length() - (plain.length() % 4 == 1 ? 1 : 0));
            return new String(Base64.getDecoder().decode(plain), StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** {@return whether the value is Base64 of ASCII text, which random text hardly ever is} */
    static boolean decodesToText(String value) {
        return value.length() >= 8
                && value.length() % 4 == 0
                && value.matches("[A-Za-z0-9+/]+={0,2}")
                && decoded(value).matches("[\\x20-\\x7e\\r\\n\\t]+");
    }
}

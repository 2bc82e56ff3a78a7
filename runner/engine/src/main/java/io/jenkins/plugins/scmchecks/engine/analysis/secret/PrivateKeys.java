package io.jenkins.plugins.scmchecks.engine.analysis.secret;

import io.jenkins.plugins.scmchecks.engine.finding.Severity;
import java.nio.charset.StandardCharsets;

/** Private keys in PEM (RFC 7468), OpenSSH's and OpenPGP's armour, also within a string literal of source code. */
final class PrivateKeys {

    private static final int LONGEST_LABEL = 80;
    private static final int LONGEST_KEY = 40_000;
    // A line of Base64 is 64 or 76 characters, an Ed25519 key one of 60 or so; code has no such words.
    private static final int SHORTEST_RUN = 32;
    private static final int LEAST_BASE64 = 56;

    private PrivateKeys() {}

    /** Looks at the armour whose {@code -----BEGIN} is there. */
    static void look(FileScan scan, SecretRule rule, int start) {
        byte[] bytes = scan.bytes();
        String head = scan.text(start, Math.min(bytes.length, start + LONGEST_LABEL));
        int labelEnd = head.indexOf("-----", 10);
        if (labelEnd < 0 || !head.substring(0, labelEnd).matches("-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?")) {
            return;
        }
        int body = start + labelEnd + 5;
        int limit = Math.min(bytes.length, body + LONGEST_KEY);
        int next = indexOf(bytes, "-----BEGIN", body, limit);
        int foot = indexOf(bytes, "-----END", body, next < 0 ? limit : next);
        boolean closed = foot >= 0;
        int bodyEnd = closed ? foot : next >= 0 ? next : limit;

        StringBuilder base64 = new StringBuilder();
        int last = body;
        int run = body;
        for (int i = body; i <= bodyEnd; i++) {
            if (i == bodyEnd || !isBase64(bytes[i])) {
                if (i - run >= SHORTEST_RUN) {
                    base64.append(scan.text(run, i));
                    last = i;
                }
                run = i < bodyEnd && bytes[i] == '\\' ? i + 2 : i + 1;
            }
        }
        boolean key = base64.length() >= LEAST_BASE64
                && Randomness.entropy(base64) > 4
                && Randomness.hasDigit(base64)
                && !Placeholder.isPatterned(base64.substring(0, SHORTEST_RUN));
        if (key) {
            int end = closed ? endOfArmour(bytes, foot) : last;
            boolean locked = scan.text(start, Math.min(end, start + 200)).contains("ENCRYPTED");
            scan.add(
                    rule,
                    start,
                    end,
                    Check.Outcome.PLAUSIBLE,
                    locked ? Severity.MEDIUM : rule.severity(),
                    0);
        }
    }

    private static int endOfArmour(byte[] bytes, int foot) {
        int label = indexOf(bytes, "-----", foot + 8, Math.min(bytes.length, foot + LONGEST_LABEL));
        return label < 0 ? foot : label + 5;
    }


    private static boolean isBase64(byte b) {
        return FileScan.isAlphanumeric(b) || b == '+' || b == '/' || b == '=';
    }

    private static int indexOf(byte[] bytes, String literal, int from, int to) {
        byte[] wanted = literal.getBytes(StandardCharsets.US_ASCII);
        for (int i = from; i + wanted.length <= to; i++) {
            int j = 0;
            while (j < wanted.length && bytes[i + j] == wanted[j]) {
                j++;
            }
            if (j == wanted.length) {
                return i;
            }
        }
        return -1;
    }
}

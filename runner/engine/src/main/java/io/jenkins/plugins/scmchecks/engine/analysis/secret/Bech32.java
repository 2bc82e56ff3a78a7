package io.jenkins.plugins.scmchecks.engine.analysis.secret;

import java.util.Locale;

/** The checksum of Bech32 (BIP 173). */
final class Bech32 {

    private static final String ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private static final int[] GENERATOR = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};

    private Bech32() {}

    static boolean isValid(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        int separator = lower.lastIndexOf('1');
        int sum = 1;
        for (int i = 0; i < separator; i++) {
            sum = next(sum, lower.charAt(i) >> 5);
        }
        sum = next(sum, 0);
        for (int i = 0; i < separator; i++) {
            sum = next(sum, lower.charAt(i) & 31);
        }
        for (int i = separator + 1; i < lower.length(); i++) {
            sum = next(sum, ALPHABET.indexOf(lower.charAt(i)));
        }
        return sum == 1;
    }

    private static int next(int sum, int value) {
        int top = sum >>> 25;
        int result = (sum & 0x1ffffff) << 5 ^ value;
        for (int i = 0; i < GENERATOR.length; i++) {
            result ^= (top >> i & 1) == 1 ? GENERATOR[i] : 0;
        }
        return result;
    }
}

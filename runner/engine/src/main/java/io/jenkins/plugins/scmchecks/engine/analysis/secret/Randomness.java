package io.jenkins.plugins.scmchecks.engine.analysis.secret;

import java.util.BitSet;

/** Tells values that a machine drew at random from those that people made of words. */
final class Randomness {

    // The most frequent pairs of letters in English: nine in ten pairs of a word, three in ten of random letters.
    private static final String FREQUENT =
            "th he in er an re on at en nd ti es or te of ed is it al ar st to nt ng se ha as ou io le ve co "
            + "me de hi ri ro ic ne ea ra ce li ch ll be ma si om ur ca el ta la ns di fo ho pe ec pr no ct us "
            + "ac ot il tr ly nc et ut ss so rs un lo wa ge ie wh ee wi em ad ol rt po we na ul ni ts mo ow pa "
            + "im mi ai sh ir su id os iv ia am fi ci vi pl ig tu ev ld ry mp fe bl ab gh ty op wo sa ay ex ke "
            + "fr oo av ag if ap gr od bo sp rd do uc bu ei ov by rm ep tt oc fa ef cu rn sc gi da yo cr cl du "
            + "ga qu ue ff ba ey ls va um pp up lu go ht ru ug ds pi rc rr eg au ck ew mu br bi pt ak pu rg ki "
            + "ob mm ph ub";

    private static final BitSet PAIRS = new BitSet(26 * 26);

    static {
        for (int i = 0; i < FREQUENT.length(); i += 3) {
            PAIRS.set(pair(FREQUENT.charAt(i), FREQUENT.charAt(i + 1)));
        }
    }

    private Randomness() {}

    /** {@return Shannon's entropy in bits a character, from 0 to 8} */
    static double entropy(CharSequence text) {
        int[] counts = new int[256];
        int length = text.length();
        for (int i = 0; i < length; i++) {
            counts[text.charAt(i) & 0xFF]++;
        }
        double result = 0;
        for (int count : counts) {
            if (count > 0) {
                double p = (double) count / length;
                result -= p * Math.log(p);
            }
        }
        return result / Math.log(2);
    }

    /** {@return whether the letters read like words of a language, as names and sentences do, and keys do not} */
    static boolean readsLikeWords(CharSequence text) {
        int pairs = 0;
        int frequent = 0;
        int breaks = 0;
        for (int i = 1; i < text.length(); i++) {
            char a = text.charAt(i - 1);
            char b = text.charAt(i);
            if (isLetter(a) && isLetter(b)) {
                if (isLower(a) && !isLower(b)) {
                    breaks++; // camelCase, or chance
                } else {
                    pairs++;
                    frequent += PAIRS.get(pair(Character.toLowerCase(a), Character.toLowerCase(b))) ? 1 : 0;
                }
            } else if (isLetter(a) != isLetter(b) && (isDigit(a) || isDigit(b))) {
                breaks++;
            }
        }
        return pairs >= 3 && pairs >= text.length() / 4 && frequent >= 0.6 * pairs && breaks <= 0.25 * text.length();
    }

    static boolean hasDigit(CharSequence text) {
        return text.chars().anyMatch(c -> c >= '0' && c <= '9');
    }

    static boolean hasLetter(CharSequence text) {
        return text.chars().anyMatch(c -> isLetter((char) c));
    }

    /** {@return how many of lower-case letters, upper-case letters, digits and other characters occur} */
    static int kindsOfCharacters(CharSequence text) {
        int kinds = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            kinds |= isLower(c) ? 1 : isLetter(c) ? 2 : isDigit(c) ? 4 : 8;
        }
        return Integer.bitCount(kinds);
    }

    private static int pair(char a, char b) {
        return (a - 'a') * 26 + b - 'a';
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static boolean isLower(char c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}

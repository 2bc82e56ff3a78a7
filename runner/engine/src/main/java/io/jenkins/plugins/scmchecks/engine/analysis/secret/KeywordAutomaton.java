package io.jenkins.plugins.scmchecks.engine.analysis.secret;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Finds all of many literals in one pass over bytes, whatever the case of their ASCII letters (Aho and Corasick, 1975).
 * One table look-up a byte; it is what lets hundreds of rules cost no more than one. Immutable and thread-safe.
 */
final class KeywordAutomaton {

    /** Is told of every occurrence, overlapping ones included, in the order of their ends. */
    interface Hits {

        /**
         * @param keyword its index in the list that the automaton was made of
         * @param end offset one past its last byte
         */
        void at(int keyword, int end);
    }

    // The sign bit of a transition says that the state it leads to completes a keyword.
    private static final int STATE = Integer.MAX_VALUE;
    private static final int[] NONE = {};

    private final byte[] classOf = new byte[256];
    private final int classes;
    private final int[] next;
    private final int[][] completed;

    /**
     * @throws IllegalArgumentException for an empty keyword, or one that is not lower-case ASCII
     */
    KeywordAutomaton(List<String> keywords) {
        int used = 1; // class 0: every byte that occurs in no keyword
        int capacity = 1;
        for (String keyword : keywords) {
            if (keyword.isEmpty() || keyword.chars().anyMatch(c -> c == 0 || c > '~' || c >= 'A' && c <= 'Z')) {
                throw new IllegalArgumentException("a keyword must be lower-case ASCII: '" + keyword + "'");
            }
            capacity += keyword.length();
            for (byte b : keyword.getBytes(StandardCharsets.US_ASCII)) {
                if (classOf[b] == 0) {
                    classOf[b] = (byte) used++;
                }
            }
        }
        for (int upper = 'A'; upper <= 'Z'; upper++) {
            classOf[upper] = classOf[upper + 32];
        }
        classes = used;

        int[] trie = new int[capacity * classes];
        int[][] ends = new int[capacity][];
        Arrays.fill(ends, NONE);
        int states = 1;
        for (int k = 0; k < keywords.size(); k++) {
            int state = 0;
            for (byte b : keywords.get(k).getBytes(StandardCharsets.US_ASCII)) {
                int at = state * classes + classOf[b];
                if (trie[at] == 0) {
                    trie[at] = states++;
                }
                state = trie[at];
            }
            ends[state] = with(ends[state], new int[] {k});
        }

        // Breadth first, so that a state's fallback is complete before the state itself.
        int[] fallback = new int[states];
        int[] queue = new int[states];
        int queued = 0;
        for (int c = 0; c < classes; c++) {
            if (trie[c] != 0) {
                queue[queued++] = trie[c];
            }
        }
        for (int head = 0; head < queued; head++) {
            int state = queue[head];
            ends[state] = with(ends[state], ends[fallback[state]]);
            for (int c = 0; c < classes; c++) {
                int to = trie[state * classes + c];
                int viaFallback = trie[fallback[state] * classes + c];
                if (to == 0) {
                    trie[state * classes + c] = viaFallback;
                } else {
                    fallback[to] = viaFallback;
                    queue[queued++] = to;
                }
            }
        }

        next = new int[states * classes];
        completed = Arrays.copyOf(ends, states);
        for (int i = 0; i < next.length; i++) {
            next[i] = trie[i] * classes | (ends[trie[i]].length == 0 ? 0 : ~STATE);
        }
        if (used > Byte.MAX_VALUE) {
            throw new IllegalArgumentException("too many different characters: " + Arrays.toString(classOf));
        }
    }

    private static int[] with(int[] first, int[] second) {
        if (first.length == 0 || second.length == 0) {
            return first.length == 0 ? second : first;
        }
        int[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /** Tells {@code hits} of every keyword in the bytes. */
    void scan(byte[] bytes, Hits hits) {
        int state = 0;
        for (int i = 0; i < bytes.length; i++) {
            state = next[(state & STATE) + classOf[bytes[i] & 0xFF]];
            if (state < 0) {
                for (int keyword : completed[(state & STATE) / classes]) {
                    hits.at(keyword, i + 1);
                }
            }
        }
    }
}

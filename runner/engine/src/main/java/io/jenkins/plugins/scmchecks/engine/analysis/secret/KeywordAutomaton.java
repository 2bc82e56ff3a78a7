package io.jenkins.plugins.scmchecks.engine.analysis.secret;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
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

        int[][] trie = new int[capacity][];
        List<List<Integer>> ends = new ArrayList<>();
        int states = 0;
        trie[states++] = new int[classes];
        ends.add(new ArrayList<>());
        for (int k = 0; k < keywords.size(); k++) {
            int state = 0;
            for (byte b : keywords.get(k).getBytes(StandardCharsets.US_ASCII)) {
                int to = trie[state][classOf[b]];
                if (to == 0) {
                    to = states++;
                    trie[to] = new int[classes];
                    ends.add(new ArrayList<>());
                    trie[state][classOf[b]] = to;
                }
                state = to;
            }
            ends.get(state).add(k);
        }

        int[] fallback = new int[states];
        ArrayDeque<Integer> queue = new ArrayDeque<>();
        for (int to : trie[0]) {
            if (to != 0) {
                queue.add(to);
            }
        }
        while (!queue.isEmpty()) {
            int state = queue.remove();
            ends.get(state).addAll(ends.get(fallback[state]));
            for (int c = 0; c < classes; c++) {
                int to = trie[state][c];
                int viaFallback = trie[fallback[state]][c];
                if (to == 0) {
                    trie[state][c] = viaFallback;
                } else {
                    fallback[to] = viaFallback;
                    queue.add(to);
                }
            }
        }

        next = new int[states * classes];
        completed = new int[states][];
        for (int state = 0; state < states; state++) {
            completed[state] = ends.get(state).stream().mapToInt(Integer::intValue).toArray();
            for (int c = 0; c < classes; c++) {
                int to = trie[state][c];
                next[state * classes + c] = to * classes | (ends.get(to).isEmpty() ? 0 : ~STATE);
            }
        }
        if (used > Byte.MAX_VALUE) {
            throw new IllegalArgumentException("too many different characters: " + Arrays.toString(classOf));
        }
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

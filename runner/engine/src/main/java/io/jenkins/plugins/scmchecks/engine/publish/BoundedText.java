package io.jenkins.plugins.scmchecks.engine.publish;

import java.util.List;
import java.util.function.Function;

/** A text with a limit that is cut between its parts, never within one. */
final class BoundedText {

    /** Room for the sentence that tells how many were left out. */
    private static final int MORE = 60;

    private final StringBuilder text = new StringBuilder();
    private final int limit;

    BoundedText(int limit) {
        this.limit = limit;
    }

    /** Appends the part if it fits; {@return whether it did} */
    boolean add(String part) {
        if (text.length() + part.length() > limit) {
            return false;
        }
        text.append(part);
        return true;
    }

    /**
     * Appends a list, or as much of it as fits with both ends and a word about the rest.
     *
     * @param more the sentence about what is left out, from its number
     * @param share of what is left of the limit that the list may take, so that what follows has room too
     */
    <T> void addAll(String head, List<T> items, Function<T, String> row, String tail, Function<Integer, String> more,
            double share) {
        int room = Math.min(limit - text.length(), (int) (share * (limit - text.length())));
        room -= head.length() + tail.length() + MORE;
        StringBuilder rows = new StringBuilder();
        int shown = 0;
        for (T item : items) {
            String next = row.apply(item);
            if (rows.length() + next.length() > room) {
                break;
            }
            rows.append(next);
            shown++;
        }
        String rest = shown == items.size() ? "" : "\n" + more.apply(items.size() - shown) + "\n";
        if (shown > 0) {
            text.append(head).append(rows).append(tail).append(rest);
        } else if (!items.isEmpty()) {
            add(rest);
        }
    }

    /** {@return the text cut to a limit at a word, with an ellipsis where something is missing} */
    static String cut(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        int end = limit - 1;
        int space = text.lastIndexOf(' ', end);
        if (space > end - 40 && space > 0) {
            end = space;
        }
        if (Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end) + "…";
    }

    @Override
    public String toString() {
        return text.toString();
    }
}

package io.jenkins.plugins.scmchecks.engine.analysis.policy.dockerfile;

import java.util.ArrayList;
import java.util.List;

/**
 * The words behind a keyword, quotes taken off.
 *
 * @param flags the leading ones that begin with {@code --}
 * @param rest what follows the flags, as written
 * @param words of the rest
 * @param json the words of the JSON form, or null when it is the other one
 */
record Words(List<TrackedText> flags, TrackedText rest, List<TrackedText> words, List<TrackedText> json) {

    static Words of(TrackedText text) {
        List<TrackedText> flags = new ArrayList<>();
        int at = 0;
        while (text.text().startsWith("--", at)) {
            int end = endOfWord(text, at);
            flags.add(text.sub(at, end));
            at = end;
            while (at < text.length() && Character.isWhitespace(text.at(at))) {
                at++;
            }
        }
        TrackedText rest = text.sub(at, text.length()).strip();
        return new Words(flags, rest, split(rest), json(rest));
    }

    private static List<TrackedText> split(TrackedText text) {
        List<TrackedText> words = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            if (Character.isWhitespace(text.at(at))) {
                at++;
                continue;
            }
            int end = endOfWord(text, at);
            words.add(unquoted(text.sub(at, end)));
            at = end;
        }
        return words;
    }

    private static int endOfWord(TrackedText text, int from) {
        char quote = 0;
        int at = from;
        while (at < text.length() && (quote != 0 || !Character.isWhitespace(text.at(at)))) {
            char c = text.at(at);
            if (c == '\\' && quote != '\'') {
                at++;
            } else if (c == quote) {
                quote = 0;
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            }
            at++;
        }
        return Math.min(at, text.length());
    }

    private static TrackedText unquoted(TrackedText word) {
        if (word.text().indexOf('"') < 0 && word.text().indexOf('\'') < 0) {
            return word;
        }
        TrackedText.Builder out = new TrackedText.Builder(word.lines());
        char quote = 0;
        for (int i = 0; i < word.length(); i++) {
            char c = word.at(i);
            if (c == quote) {
                quote = 0;
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else {
                out.add(c, word.offsets()[i]);
            }
        }
        return out.build();
    }

    /** A JSON list of texts, as the exec form is; anything else is a shell's. */
    private static List<TrackedText> json(TrackedText text) {
        if (text.isEmpty() || text.at(0) != '[' || text.at(text.length() - 1) != ']') {
            return null;
        }
        List<TrackedText> items = new ArrayList<>();
        int at = 1;
        boolean wantsItem = true;
        while (at < text.length() - 1) {
            char c = text.at(at);
            if (Character.isWhitespace(c)) {
                at++;
            } else if (c == ',' && !wantsItem) {
                wantsItem = true;
                at++;
            } else if (c == '"' && wantsItem) {
                TrackedText.Builder item = new TrackedText.Builder(text.lines());
                at++;
                while (at < text.length() - 1 && text.at(at) != '"') {
                    boolean escaped = text.at(at) == '\\' && at + 1 < text.length() - 1;
                    at += escaped ? 1 : 0;
                    item.add(text.at(at), text.offsets()[at]);
                    at++;
                }
                items.add(item.build());
                wantsItem = false;
                at++;
            } else {
                return null;
            }
        }
        return items;
    }
}

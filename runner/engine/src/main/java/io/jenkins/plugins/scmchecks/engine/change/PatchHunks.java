package io.jenkins.plugins.scmchecks.engine.change;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the unified diff of one file, as providers give it, into hunks without context lines. */
public final class PatchHunks {

    private static final Pattern HEAD = Pattern.compile("^@@ -(\\d{1,9})(?:,\\d{1,9})? \\+(\\d{1,9})(?:,\\d{1,9})? @@");

    private final List<FileChange.Hunk> hunks = new ArrayList<>();
    private int oldLine;
    private int newLine;
    private int removed;
    private int added;

    private PatchHunks() {}

    /** {@return the edits in order; none for a binary file or one too large, which come without a patch} */
    public static List<FileChange.Hunk> of(String patch) {
        PatchHunks reader = new PatchHunks();
        patch.lines().forEach(reader::read);
        reader.end();
        return reader.hunks;
    }

    private void read(String line) {
        Matcher head = HEAD.matcher(line);
        if (head.find()) {
            end();
            // A side without lines counts from 0.
            oldLine = Math.max(1, Integer.parseInt(head.group(1)));
            newLine = Math.max(1, Integer.parseInt(head.group(2)));
        } else if (line.startsWith("-")) {
            removed++;
        } else if (line.startsWith("+")) {
            added++;
        } else if (!line.startsWith("\\")) {
            end();
            oldLine++;
            newLine++;
        }
    }

    private void end() {
        if (removed > 0 || added > 0) {
            hunks.add(new FileChange.Hunk(oldLine, removed, newLine, added));
            oldLine += removed;
            newLine += added;
            removed = 0;
            added = 0;
        }
    }
}

package io.jenkins.plugins.scmchecks.engine.scm.bitbucket;

import io.jenkins.plugins.scmchecks.engine.change.FileChange;
import io.jenkins.plugins.scmchecks.engine.change.PatchHunks;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The edits of each file of a diff; paths that git quotes, and files that the provider left out, are not in it. */
final class UnifiedDiff {

    /** Every line of a file whose diff is not there counts as changed, so that nothing is hidden. */
    static final List<FileChange.Hunk> WHOLE_FILE = List.of(new FileChange.Hunk(1, 0, 1, 10_000_000));

    private static final Pattern FILE = Pattern.compile("(?m)^diff --git ");

    private final Map<String, List<FileChange.Hunk>> hunks = new HashMap<>();

    private UnifiedDiff() {}

    /**
     * @param complete whether the text was not cut: otherwise its last file is left out
     */
    static UnifiedDiff of(String text, boolean complete) {
        UnifiedDiff diff = new UnifiedDiff();
        String[] files = FILE.split(text);
        for (int i = 0; i < files.length - (complete ? 0 : 1); i++) {
            diff.read(files[i]);
        }
        return diff;
    }

    /**
     * The two sides' names begin with {@code a/} and {@code b/}, at Data Center with {@code src://} and {@code
     * dst://}.
     */
    private void read(String file) {
        int start = file.indexOf("\n@@ ");
        if (start < 0) {
            return;
        }
        for (String line : file.substring(0, start).split("\n")) {
            if (line.startsWith("+++ b/") || line.startsWith("+++ dst://")) {
                String path = line.substring(line.startsWith("+++ b/") ? 6 : 10);
                hunks.put(path.endsWith("\t") ? path.substring(0, path.length() - 1) : path,
                        PatchHunks.of(file.substring(start + 1)));
            }
        }
    }

    /** {@return the edits, or that every line may have changed} */
    List<FileChange.Hunk> of(String path) {
        return hunks.getOrDefault(path, WHOLE_FILE);
    }
}

package io.jenkins.plugins.scmchecks.engine.analysis.policy.kubernetes;

import io.jenkins.plugins.scmchecks.engine.analysis.SourceFile;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import java.util.List;

/**
 * Where the lines of a rendered manifest come from in its template: the longest sequence of lines that have the same
 * key in both. What a template fills in as a whole counts as the line before it.
 */
final class RenderedLines {

    private static final int MAX_LINES = 2_000;

    private final int[] origins;

    /**
     * @param rendered text of one manifest
     * @param template that it was made of
     */
    RenderedLines(String rendered, SourceFile template) {
        List<String> lines = rendered.lines().limit(MAX_LINES).map(RenderedLines::key).toList();
        int size = Math.min(MAX_LINES, template.lineCount());
        String[] source = new String[size];
        for (int i = 0; i < size; i++) {
            source[i] = key(template.line(i + 1));
        }
        origins = align(lines, source);
    }

    /** {@return whole lines of the template; the region's columns are those of the rendered text} */
    Region of(Region region) {
        int line = Math.min(region.startLine(), origins.length);
        return Region.line(line == 0 ? 1 : origins[line - 1]);
    }

    private static int[] align(List<String> lines, String[] source) {
        int[][] longest = new int[lines.size() + 1][source.length + 1];
        for (int i = lines.size() - 1; i >= 0; i--) {
            for (int j = source.length - 1; j >= 0; j--) {
                longest[i][j] = same(lines.get(i), source[j])
                        ? longest[i + 1][j + 1] + 1
                        : Math.max(longest[i + 1][j], longest[i][j + 1]);
            }
        }
        int[] origins = new int[lines.size()];
        int last = 1;
        int j = 0;
        for (int i = 0; i < origins.length; i++) {
            while (j < source.length && !same(lines.get(i), source[j]) && longest[i][j] == longest[i][j + 1]) {
                j++;
            }
            boolean found = j < source.length && same(lines.get(i), source[j]);
            last = found ? ++j : last;
            origins[i] = last;
        }
        return origins;
    }

    private static boolean same(String rendered, String source) {
        return !rendered.isEmpty() && rendered.equals(source);
    }

    /** A line's key, or the whole of a line without one: values may be filled in. */
    private static String key(String line) {
        String text = line.strip();
        if (text.startsWith("#") || text.startsWith("{{")) {
            return "";
        }
        while (text.startsWith("- ")) {
            text = text.substring(2).strip();
        }
        int colon = text.indexOf(':');
        int brace = text.indexOf('{');
        return colon > 0 && (brace < 0 || colon < brace) ? text.substring(0, colon) : text;
    }
}

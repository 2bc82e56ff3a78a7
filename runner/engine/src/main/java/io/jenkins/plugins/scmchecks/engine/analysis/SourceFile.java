package io.jenkins.plugins.scmchecks.engine.analysis;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/** One file of a tree, read once and shared by all analyzers. Thread-safe. */
public final class SourceFile {

    private final String path;
    private final byte[] content;
    private volatile String text;
    private volatile int[] lineStarts;

    public SourceFile(String path, byte[] content) {
        this.path = Objects.requireNonNull(path, "path");
        this.content = Objects.requireNonNull(content, "content");
    }

    /** {@return a file with the bytes that a tree has for it; text that is UTF-16, by its mark, is UTF-8 from then on} */
    public static SourceFile of(String path, byte[] bytes) {
        int mark = bytes.length < 2 ? 0 : (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
        // Windows' tools write it; what is in such a file is text all the same.
        boolean utf16 = mark == 0xfeff || mark == 0xfffe;
        return new SourceFile(
                path, utf16 ? new String(bytes, StandardCharsets.UTF_16).getBytes(StandardCharsets.UTF_8) : bytes);
    }

    /** {@return the path from the repository's root, with {@code /}} */
    public String path() {
        return path;
    }

    /** {@return the file's name without its folders} */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** {@return the bytes themselves, not a copy: callers must not change them} */
    public byte[] content() {
        return content;
    }

    /**
     * The content as text, without a byte-order mark.
     *
     * @throws CharacterCodingException when it is not UTF-8
     */
    public String text() throws CharacterCodingException {
        String result = text;
        if (result == null) {
            int skip = hasByteOrderMark() ? 3 : 0;
            result = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(content, skip, content.length - skip))
                    .toString();
            text = result;
        }
        return result;
    }

    /** {@return the content as text, with every byte that is not UTF-8 replaced by U+FFFD} */
    public String lenientText() {
        try {
            return text();
        } catch (CharacterCodingException e) {
            return new String(content, StandardCharsets.UTF_8);
        }
    }

    /** {@return the 1-based line of an offset into {@link #lenientText}} */
    public int lineOf(int offset) {
        int at = Arrays.binarySearch(lineStarts(), offset);
        return at >= 0 ? at + 1 : -at - 1;
    }

    /** {@return the 1-based column of an offset into {@link #lenientText}, in UTF-16 code units} */
    public int columnOf(int offset) {
        return offset - lineStarts()[lineOf(offset) - 1] + 1;
    }

    /** {@return a line, counted from 1, without its line break; empty past the end} */
    public String line(int number) {
        int[] starts = lineStarts();
        if (number < 1 || number > starts.length) {
            return "";
        }
        String all = lenientText();
        int end = number < starts.length ? starts[number] : all.length();
        while (end > starts[number - 1] && (all.charAt(end - 1) == '\n' || all.charAt(end - 1) == '\r')) {
            end--;
        }
        return all.substring(starts[number - 1], end);
    }

    /** {@return how many lines there are; an empty file has one} */
    public int lineCount() {
        return lineStarts().length;
    }

    private boolean hasByteOrderMark() {
        return content.length >= 3
                && content[0] == (byte) 0xEF
                && content[1] == (byte) 0xBB
                && content[2] == (byte) 0xBF;
    }

    private int[] lineStarts() {
        int[] result = lineStarts;
        if (result == null) {
            String all = lenientText();
            int[] starts = new int[Math.max(16, all.length() / 24)];
            int count = 1;
            for (int i = all.indexOf('\n'); i >= 0; i = all.indexOf('\n', i + 1)) {
                if (count == starts.length) {
                    starts = Arrays.copyOf(starts, count * 2);
                }
                starts[count++] = i + 1;
            }
            result = Arrays.copyOf(starts, count);
            lineStarts = result;
        }
        return result;
    }
}

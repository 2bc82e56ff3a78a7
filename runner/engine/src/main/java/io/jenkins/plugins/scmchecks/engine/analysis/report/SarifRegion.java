package io.jenkins.plugins.scmchecks.engine.analysis.report;

import io.jenkins.plugins.scmchecks.engine.analysis.SourceFile;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A {@code region} as it is written: by lines and columns, by characters or by bytes (SARIF 2.1.0, 3.30). */
final class SarifRegion {

    /** Names a part of no file. */
    static final SarifRegion NONE = new SarifRegion();

    private int startLine;
    private int startColumn;
    private int endLine;
    private int endColumn;
    private int charOffset = -1;
    private int charLength;
    private int byteOffset = -1;
    private int byteLength;

    static SarifRegion read(JsonCursor json) throws IOException {
        SarifRegion region = new SarifRegion();
        if (json.enterObject()) {
            for (String name; (name = json.nextField()) != null; ) {
                switch (name) {
                    case "startLine" -> region.startLine = json.number(0);
                    case "startColumn" -> region.startColumn = json.number(0);
                    case "endLine" -> region.endLine = json.number(0);
                    case "endColumn" -> region.endColumn = json.number(0);
                    case "charOffset" -> region.charOffset = json.number(-1);
                    case "charLength" -> region.charLength = json.number(0);
                    case "byteOffset" -> region.byteOffset = json.number(-1);
                    case "byteLength" -> region.byteLength = json.number(0);
                    default -> {}
                }
            }
        }
        return region;
    }

    /**
     * @param path of the file, or null when it is not known
     * @param codePoints whether columns count code points
     * @return the region, mended where a tool wrote impossible numbers; null for none
     */
    Region in(String path, ReportPaths paths, boolean codePoints) {
        if (startLine > 0) {
            Region region = byLines();
            boolean exact = codePoints && path != null && (region.startColumn() > 1 || region.endColumn() > 1);
            return exact ? paths.file(path).map(f -> inCodeUnits(region, f)).orElse(region) : region;
        }
        boolean byOffset = path != null && (charOffset >= 0 || byteOffset >= 0);
        Optional<SourceFile> file = byOffset ? paths.file(path) : Optional.empty();
        return file.map(f -> charOffset >= 0 ? byChars(f, charOffset, charLength) : byBytes(f)).orElse(null);
    }

    private Region byLines() {
        int lastLine = Math.max(startLine, endLine);
        int firstColumn = Math.max(0, startColumn);
        int lastColumn = Math.max(0, endColumn);
        if (lastLine == startLine && lastColumn > 0 && lastColumn < firstColumn) {
            lastColumn = 0;
        }
        return new Region(startLine, firstColumn, lastLine, lastColumn);
    }

    private static Region byChars(SourceFile file, int offset, int length) {
        int size = file.lenientText().length();
        int from = Math.min(offset, size);
        int to = (int) Math.min((long) from + Math.max(0, length), size);
        return new Region(file.lineOf(from), file.columnOf(from), file.lineOf(to), file.columnOf(to));
    }

    private Region byBytes(SourceFile file) {
        byte[] content = file.content();
        int mark = file.lenientText().isEmpty() || content.length < 3 || content[0] != (byte) 0xEF ? 0 : 3;
        int from = Math.min(Math.max(byteOffset, mark), content.length);
        int to = (int) Math.min((long) from + Math.max(0, byteLength), content.length);
        int chars = new String(content, mark, from - mark, StandardCharsets.UTF_8).length();
        return byChars(file, chars, new String(content, from, to - from, StandardCharsets.UTF_8).length());
    }

    private static Region inCodeUnits(Region region, SourceFile file) {
        return new Region(
                region.startLine(),
                units(file.line(region.startLine()), region.startColumn()),
                region.endLine(),
                units(file.line(region.endLine()), region.endColumn()));
    }

    private static int units(String line, int column) {
        int points = Math.min(column - 1, line.codePointCount(0, line.length()));
        return points < 1 ? column : column + line.offsetByCodePoints(0, points) - points;
    }
}

package io.jenkins.plugins.scmchecks.engine.analysis.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.jenkins.plugins.scmchecks.engine.finding.Finding;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/**
 * Reads SARIF 2.1.0 by streaming, plain or compressed with gzip, in memory that does not grow with the report. A run
 * that names its rules only after its results is read twice.
 */
public final class SarifReader {

    /** Opens the report anew, from its start. */
    public interface Source {
        InputStream open() throws IOException;
    }

    private static final int MAX_DEPTH = 200;
    private static final int MAX_TEXT = 20_000_000;

    private final JsonFactory factory = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_TEXT)
                    .maxNumberLength(100)
                    .build())
            .build();

    /**
     * Reads a report.
     *
     * @param name of the report, for messages
     * @param source of its bytes
     * @param paths to resolve the names of files
     * @param findings takes what counts: not what passed, and not what the report itself says is absent
     * @throws ReportException when it is no SARIF, or breaks off; what came before has been given out
     */
    public void read(String name, Source source, ReportPaths paths, Consumer<Finding> findings)
            throws ReportException {
        try {
            List<SarifRun> runs = new ArrayList<>();
            pass(name, source, json -> {
                SarifRun run = new SarifRun(paths, findings);
                runs.add(run);
                run.read(json);
            });
            if (runs.stream().anyMatch(SarifRun::isDeferred)) {
                Iterator<SarifRun> known = runs.iterator();
                pass(name, source, json -> known.next().readDeferred(json));
            }
        } catch (JsonProcessingException e) {
            throw new ReportException(name + ": not readable as SARIF " + place(e) + ": " + e.getOriginalMessage(), e);
        } catch (ReportException e) {
            throw e;
        } catch (IOException e) {
            throw new ReportException(name + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private void pass(String name, Source source, RunHandler runs) throws IOException {
        boolean[] seen = new boolean[1];
        try (InputStream in = decompressed(source.open());
                JsonParser parser = factory.createParser(in)) {
            JsonCursor json = new JsonCursor(parser);
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new ReportException(name + ": is not a SARIF report: it does not hold a JSON object", null);
            }
            json.object(field -> {
                switch (field) {
                    case "version" -> requireVersion(name, json.text());
                    case "runs" -> {
                        seen[0] = true;
                        json.array(i -> runs.run(json));
                    }
                    default -> {}
                }
            });
        }
        if (!seen[0]) {
            throw new ReportException(name + ": is not a SARIF report: it has no \"runs\"", null);
        }
    }

    private interface RunHandler {
        void run(JsonCursor json) throws IOException;
    }

    private static void requireVersion(String name, String version) throws ReportException {
        if (version == null || !version.startsWith("2.")) {
            throw new ReportException(
                    name + ": is SARIF " + version + "; write it as SARIF 2.1.0, which is the version understood here",
                    null);
        }
    }

    private static InputStream decompressed(InputStream raw) throws IOException {
        BufferedInputStream in = new BufferedInputStream(raw, 1 << 16);
        in.mark(2);
        int first = in.read();
        int second = in.read();
        in.reset();
        return first == 0x1f && second == 0x8b ? new GZIPInputStream(in, 1 << 16) : in;
    }

    private static String place(JsonProcessingException e) {
        var at = e.getLocation();
        return at == null ? "" : "at line " + at.getLineNr() + ", column " + at.getColumnNr();
    }
}

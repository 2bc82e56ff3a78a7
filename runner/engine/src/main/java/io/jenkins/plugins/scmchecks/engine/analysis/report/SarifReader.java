package io.jenkins.plugins.scmchecks.engine.analysis.report;

import io.jenkins.plugins.scmchecks.engine.analysis.FindingSink;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Reads SARIF 2.1.0 by streaming, plain or compressed with gzip, in memory that does not grow with the report. A run
 * that names its rules, files or base URIs only after results that need them is read twice.
 */
public final class SarifReader implements ReportReader {

    private final ReportLimits limits;

    public SarifReader() {
        this(ReportLimits.DEFAULT);
    }

    public SarifReader(ReportLimits limits) {
        this.limits = limits;
    }

    /** Gives out what counts: not what passed, and not what the report itself says is absent. */
    @Override
    public void read(String name, Source source, ReportPaths paths, FindingSink sink) throws ReportException {
        LimitedSink limited = new LimitedSink(name, sink, limits);
        try {
            List<SarifRun> runs = new ArrayList<>();
            pass(name, source, json -> {
                SarifRun run = new SarifRun(paths, limited);
                runs.add(run);
                run.read(json);
            });
            if (runs.stream().anyMatch(SarifRun::isDeferred)) {
                Iterator<SarifRun> known = runs.iterator();
                pass(name, source, json -> known.next().readDeferred(json));
            }
        } catch (JsonCursor.SyntaxException e) {
            throw new ReportException(
                    name + ": not readable as SARIF " + place(source, e.offset()) + ": " + e.getMessage(), e);
        } catch (ReportException e) {
            throw e;
        } catch (ReportBytes.TooLargeException | LimitedSink.FullException e) {
            throw new ReportException(name + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new ReportException(name + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private void pass(String name, Source source, RunHandler handler) throws IOException {
        boolean seen = false;
        try (InputStream in = ReportBytes.open(source, limits.bytes())) {
            JsonCursor json = new JsonCursor(in);
            if (!json.enterObject()) {
                throw new ReportException(name + ": is not a SARIF report: it does not hold a JSON object", null);
            }
            for (String field; (field = json.nextField()) != null; ) {
                switch (field) {
                    case "version" -> requireVersion(name, json.text());
                    case "runs" -> {
                        seen = true;
                        if (json.enterArray()) {
                            while (json.nextElement()) {
                                handler.run(json);
                            }
                        }
                    }
                    default -> {}
                }
            }
        }
        if (!seen) {
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

    /** Only a report that is broken has its lines counted. */
    private String place(Source source, long offset) {
        int line = 1;
        long column = 1;
        try (InputStream in = ReportBytes.open(source, limits.bytes())) {
            byte[] buffer = new byte[1 << 16];
            long left = offset;
            for (int n; left > 0 && (n = in.read(buffer, 0, (int) Math.min(left, buffer.length))) > 0; left -= n) {
                for (int i = 0; i < n; i++) {
                    column = buffer[i] == '\n' ? 1 : column + 1;
                    line += buffer[i] == '\n' ? 1 : 0;
                }
            }
        } catch (IOException e) {
            return "at byte " + offset;
        }
        return "at line " + line + ", column " + column;
    }
}

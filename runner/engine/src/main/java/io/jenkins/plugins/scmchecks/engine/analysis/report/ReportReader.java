package io.jenkins.plugins.scmchecks.engine.analysis.report;

import io.jenkins.plugins.scmchecks.engine.analysis.FindingSink;
import java.io.IOException;
import java.io.InputStream;

/** Reads the reports of one format. Holds no state between reports. */
public interface ReportReader {

    /** Opens the report anew, from its start. */
    interface Source {
        InputStream open() throws IOException;
    }

    /**
     * Reads a report, plain or compressed with gzip.
     *
     * @param name of the report, for messages
     * @param source of its bytes
     * @param paths to resolve the names of files
     * @param sink takes the findings, and notices of what the tool itself says went wrong
     * @throws ReportException when it is not of the format, breaks off, or is cut at a limit; what came before has been
     *     given out
     */
    void read(String name, Source source, ReportPaths paths, FindingSink sink) throws ReportException;
}

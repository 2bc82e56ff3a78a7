package io.jenkins.plugins.scmchecks.fuzz;

import io.jenkins.plugins.scmchecks.engine.analysis.FindingSink;
import io.jenkins.plugins.scmchecks.engine.analysis.report.ReportException;
import io.jenkins.plugins.scmchecks.engine.analysis.report.ReportPaths;
import io.jenkins.plugins.scmchecks.engine.analysis.report.SarifReader;
import io.jenkins.plugins.scmchecks.engine.finding.Finding;
import io.jenkins.plugins.scmchecks.engine.finding.Notice;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;

/** SARIF reports. */
public final class SarifFuzz {

    private SarifFuzz() {}

    public static void fuzzerTestOneInput(byte[] content) {
        ReportPaths paths = new ReportPaths(Path.of("/repository"), path -> false);
        try {
            new SarifReader().read("fuzzed.sarif", () -> new ByteArrayInputStream(content), paths, new Checked());
        } catch (ReportException e) {
            // It says what is wrong with the report: that is what it is for.
        }
    }

    private static final class Checked implements FindingSink {
        @Override
        public void finding(Finding finding) {
            if (finding.location().path().startsWith("/") || finding.location().path().contains("../")) {
                throw new IllegalStateException("a path that leads out: " + finding.location());
            }
        }

        @Override
        public void notice(Notice notice) {
            // What the report says of its tool can be anything.
        }
    }
}

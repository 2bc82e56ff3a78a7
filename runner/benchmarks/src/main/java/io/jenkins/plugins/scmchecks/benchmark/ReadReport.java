package io.jenkins.plugins.scmchecks.benchmark;

import io.jenkins.plugins.scmchecks.engine.analysis.report.ReportException;
import io.jenkins.plugins.scmchecks.engine.analysis.report.ReportPaths;
import io.jenkins.plugins.scmchecks.engine.analysis.report.SarifReader;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads one SARIF report in a process of its own, as somebody else's program would, and prints how much it holds. */
public final class ReadReport {

    private ReadReport() {}

    /** @param args the report */
    public static void main(String[] args) throws ReportException {
        CountingSink sink = new CountingSink();
        ReportPaths paths = new ReportPaths(Path.of("/repository"), path -> true);
        new SarifReader().read(args[0], () -> Files.newInputStream(Path.of(args[0])), paths, sink);
        System.out.println(sink.findings());
    }
}

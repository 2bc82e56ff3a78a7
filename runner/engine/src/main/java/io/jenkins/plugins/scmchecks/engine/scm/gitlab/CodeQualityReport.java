package io.jenkins.plugins.scmchecks.engine.scm.gitlab;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.jenkins.plugins.scmchecks.engine.finding.Finding;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import io.jenkins.plugins.scmchecks.engine.finding.Severity;
import io.jenkins.plugins.scmchecks.engine.finding.TrackedFinding;
import io.jenkins.plugins.scmchecks.engine.publish.CheckReport;
import io.jenkins.plugins.scmchecks.engine.publish.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.Set;

/**
 * Writes a report as GitLab's Code Quality artifact ({@code artifacts:reports:codequality}; documentation, Code Quality
 * report format), which GitLab shows beside a merge request's diff. GitLab compares the target branch's file with the
 * source branch's by itself, so all findings that stand are in it, new or not; suppressed ones are not.
 */
public final class CodeQualityReport {

    /**
     * Writes the report as UTF-8 without a byte order mark, which GitLab refuses, and flushes; the stream stays open.
     *
     * @throws IOException when the stream does not take it
     */
    public void write(CheckReport report, OutputStream out) throws IOException {
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            Set<String> fingerprints = new HashSet<>();
            json.writeStartArray();
            for (TrackedFinding tracked : report.findings()) {
                Finding finding = tracked.finding();
                if (tracked.state() != TrackedFinding.State.FIXED && finding.suppression() == null) {
                    write(finding, unique(finding, fingerprints), json);
                }
            }
            json.writeEndArray();
        }
        out.write('\n');
        out.flush();
    }

    private static void write(Finding finding, String fingerprint, JsonGenerator json) throws IOException {
        Region region = finding.location().region();
        json.writeStartObject();
        json.writeStringField(
                "description", (finding.resource() == null ? "" : finding.resource() + ": ") + finding.message());
        json.writeStringField("check_name", finding.rule().id());
        json.writeStringField("fingerprint", fingerprint);
        json.writeStringField("severity", severity(finding.severity()));
        json.writeObjectFieldStart("location");
        json.writeStringField("path", finding.location().path());
        json.writeObjectFieldStart("lines");
        json.writeNumberField("begin", finding.location().line());
        if (region != null && region.endLine() > region.startLine()) {
            json.writeNumberField("end", region.endLine());
        }
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
    }

    /** GitLab shows one finding of each fingerprint. */
    private static String unique(Finding finding, Set<String> known) {
        String first = finding.fingerprint() != null
                ? finding.fingerprint()
                : Digest.of(finding.rule().id() + "\n" + finding.location() + "\n" + finding.message());
        String fingerprint = first;
        for (int repetition = 2; !known.add(fingerprint); repetition++) {
            fingerprint = first + "-" + repetition;
        }
        return fingerprint;
    }

    private static String severity(Severity severity) {
        return switch (severity) {
            case CRITICAL -> "blocker";
            case HIGH -> "critical";
            case MEDIUM -> "major";
            case LOW -> "minor";
            case INFO -> "info";
        };
    }
}

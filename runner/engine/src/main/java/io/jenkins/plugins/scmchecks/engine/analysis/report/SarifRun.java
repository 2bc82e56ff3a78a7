package io.jenkins.plugins.scmchecks.engine.analysis.report;

import io.jenkins.plugins.scmchecks.engine.finding.Finding;
import io.jenkins.plugins.scmchecks.engine.finding.Location;
import io.jenkins.plugins.scmchecks.engine.finding.Notice;
import io.jenkins.plugins.scmchecks.engine.finding.Rule;
import io.jenkins.plugins.scmchecks.engine.finding.Severity;
import java.io.IOException;

/** One run of a report (SARIF 2.1.0, 3.14). */
final class SarifRun {

    private static final Location NOWHERE = new Location("", null);

    private final SarifRules rules = new SarifRules();
    private final SarifInvocations invocations = new SarifInvocations();
    private final SarifLocations locations;
    private final LimitedSink sink;
    private boolean toolKnown;
    private int resumeAt = -1;

    SarifRun(ReportPaths paths, LimitedSink sink) {
        this.locations = new SarifLocations(paths);
        this.sink = sink;
    }

    /** {@return whether results came before what they refer to, and so still have to be read} */
    boolean isDeferred() {
        return resumeAt >= 0;
    }

    void read(JsonCursor json) throws IOException {
        if (!json.enterObject()) {
            return;
        }
        for (String field; (field = json.nextField()) != null; ) {
            switch (field) {
                case "tool" -> {
                    rules.read(json);
                    toolKnown = true;
                }
                case "originalUriBaseIds" -> locations.readBases(json);
                case "artifacts" -> locations.readArtifacts(json);
                case "columnKind" -> locations.readColumnKind(json);
                case "invocations" -> invocations.read(json);
                case "results" -> {
                    if (toolKnown) {
                        readResults(json, 0, true);
                    } else {
                        resumeAt = 0;
                    }
                }
                case "externalPropertyFileReferences" -> sink.notice(
                        Notice.Level.ERROR,
                        "keeps a part of itself in other files (externalPropertyFileReferences), which is not read; have"
                                + " the tool write one file");
                default -> {}
            }
        }
        invocations.tell(rules.tool(), sink);
    }

    /** Reads what was put off in a second pass, in which everything else is known already. */
    void readDeferred(JsonCursor json) throws IOException {
        if (!json.enterObject()) {
            return;
        }
        for (String field; (field = json.nextField()) != null; ) {
            if (isDeferred() && field.equals("results")) {
                readResults(json, resumeAt, false);
            }
        }
    }

    private void readResults(JsonCursor json, int from, boolean mayDefer) throws IOException {
        if (!json.enterArray()) {
            return;
        }
        for (int i = 0; json.nextElement(); i++) {
            if (i < from || mayDefer && isDeferred()) {
                continue;
            }
            SarifResult result = SarifResult.read(json, locations);
            if (mayDefer && locations.takeIncomplete()) {
                resumeAt = i;
            } else if (result.counts()) {
                sink.finding(toFinding(result));
            }
        }
    }

    private Finding toFinding(SarifResult result) {
        SarifRules.Described described = rules.find(result.rule());
        Rule rule = rules.withTags(described.rule(), result.taxa());
        Severity severity = rule.severity();
        String level = result.level() == null ? invocations.level(described.rule(), rules) : result.level();
        if (result.score() >= 0) {
            severity = Severity.ofSecurityScore(result.score());
        } else if (level != null && !severity.sarifLevel().equals(level)) {
            severity = Severity.ofSarifLevel(level);
        }
        String pattern = result.text() != null
                ? result.text()
                : result.messageId() == null ? "" : rules.message(described, result.messageId());
        String message = SarifMessage.plain(pattern, result.arguments());
        return new Finding(
                rules.tool(),
                rule,
                severity,
                message.isBlank() ? rule.name() : message,
                result.location() == null ? NOWHERE : result.location(),
                result.resource(),
                result.related(),
                result.fix(),
                result.suppression(),
                result.fingerprint());
    }
}

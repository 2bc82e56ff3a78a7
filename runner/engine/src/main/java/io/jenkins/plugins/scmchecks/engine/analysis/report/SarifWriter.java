package io.jenkins.plugins.scmchecks.engine.analysis.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.jenkins.plugins.scmchecks.engine.change.ChangeSet;
import io.jenkins.plugins.scmchecks.engine.finding.Finding;
import io.jenkins.plugins.scmchecks.engine.finding.Fix;
import io.jenkins.plugins.scmchecks.engine.finding.Location;
import io.jenkins.plugins.scmchecks.engine.finding.Notice;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import io.jenkins.plugins.scmchecks.engine.finding.Rule;
import io.jenkins.plugins.scmchecks.engine.finding.TrackedFinding;
import io.jenkins.plugins.scmchecks.engine.publish.CheckReport;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes a report as SARIF 2.1.0: one run for each tool, with {@code baselineState} and our fingerprints. */
public final class SarifWriter {

    /** The name under which our fingerprints stand in {@code partialFingerprints}. */
    public static final String FINGERPRINT = "scmChecks/v1";

    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json";
    private static final String OWN_TOOL = "scm-checks";
    private static final String ROOT = "%SRCROOT%";

    private final String repositoryUri;

    public SarifWriter() {
        this(null);
    }

    /** @param repositoryUri the http(s) address of the repository, or null when it is not known */
    public SarifWriter(String repositoryUri) {
        this.repositoryUri = repositoryUri;
    }

    /**
     * Writes the report and flushes; the stream stays open.
     *
     * @throws IOException when the stream does not take it
     */
    public void write(CheckReport report, OutputStream out) throws IOException {
        Map<String, Map<String, Integer>> ruleIndexes = new LinkedHashMap<>();
        Map<String, Map<String, Rule>> rules = new LinkedHashMap<>();
        ruleIndexes.put(OWN_TOOL, new LinkedHashMap<>());
        rules.put(OWN_TOOL, new LinkedHashMap<>());
        for (TrackedFinding tracked : report.findings()) {
            Finding finding = tracked.finding();
            Map<String, Integer> indexes = ruleIndexes.computeIfAbsent(finding.tool(), t -> new LinkedHashMap<>());
            indexes.putIfAbsent(finding.rule().id(), indexes.size());
            rules.computeIfAbsent(finding.tool(), t -> new LinkedHashMap<>())
                    .putIfAbsent(finding.rule().id(), finding.rule());
        }
        JsonGenerator json = new JsonFactory().createGenerator(out);
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        json.setPrettyPrinter(new DefaultPrettyPrinter());
        json.writeStartObject();
        json.writeStringField("$schema", SCHEMA);
        json.writeStringField("version", "2.1.0");
        json.writeArrayFieldStart("runs");
        for (var entry : rules.entrySet()) {
            writeRun(json, entry.getKey(), entry.getValue(), ruleIndexes.get(entry.getKey()), report);
        }
        json.writeEndArray();
        json.writeEndObject();
        json.close();
        out.write("\n".getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private void writeRun(
            JsonGenerator json, String tool, Map<String, Rule> rules, Map<String, Integer> indexes, CheckReport report)
            throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("tool");
        json.writeObjectFieldStart("driver");
        json.writeStringField("name", tool);
        json.writeArrayFieldStart("rules");
        SarifRuleWriter ruleWriter = new SarifRuleWriter(json);
        for (Rule rule : rules.values()) {
            ruleWriter.write(rule);
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
        ruleWriter.writeTaxonomy();
        json.writeObjectFieldStart("automationDetails");
        // The last part of an id tells one run from another (3.17.3), and there is one run here: so it stays empty.
        json.writeStringField("id", report.name() + "/");
        json.writeEndObject();
        json.writeObjectFieldStart("originalUriBaseIds");
        json.writeObjectFieldStart(ROOT);
        SarifRuleWriter.writeText(json, "description", "The root of the repository.");
        json.writeEndObject();
        json.writeEndObject();
        writeProvenance(json, report.change());
        json.writeStringField("columnKind", "utf16CodeUnits");
        if (tool.equals(OWN_TOOL)) {
            writeInvocation(json, report.notices());
        }
        json.writeArrayFieldStart("results");
        for (TrackedFinding tracked : report.findings()) {
            if (tracked.finding().tool().equals(tool)) {
                writeResult(json, tracked, indexes.get(tracked.finding().rule().id()));
            }
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void writeProvenance(JsonGenerator json, ChangeSet change) throws IOException {
        if (repositoryUri == null) {
            return;
        }
        json.writeArrayFieldStart("versionControlProvenance");
        json.writeStartObject();
        json.writeStringField("repositoryUri", repositoryUri);
        if (change.headSha() != null) {
            json.writeStringField("revisionId", change.headSha());
        }
        json.writeObjectFieldStart("mappedTo");
        json.writeStringField("uriBaseId", ROOT);
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndArray();
    }

    private static void writeInvocation(JsonGenerator json, List<Notice> notices) throws IOException {
        json.writeArrayFieldStart("invocations");
        json.writeStartObject();
        json.writeBooleanField(
                "executionSuccessful", notices.stream().noneMatch(n -> n.level() == Notice.Level.ERROR));
        json.writeArrayFieldStart("toolExecutionNotifications");
        for (Notice notice : notices) {
            json.writeStartObject();
            json.writeStringField("level", switch (notice.level()) {
                case ERROR -> "error";
                case WARNING -> "warning";
                case INFO -> "note";
            });
            SarifRuleWriter.writeText(json, "message", notice.message());
            if (notice.path() != null) {
                json.writeArrayFieldStart("locations");
                writeLocation(json, new Location(notice.path(), null), null);
                json.writeEndArray();
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
    }

    private static void writeResult(JsonGenerator json, TrackedFinding tracked, int ruleIndex) throws IOException {
        Finding finding = tracked.finding();
        json.writeStartObject();
        json.writeStringField("ruleId", finding.rule().id());
        json.writeNumberField("ruleIndex", ruleIndex);
        json.writeStringField("level", finding.severity().sarifLevel());
        SarifRuleWriter.writeText(json, "message", SarifMessage.escape(finding.message()));
        json.writeArrayFieldStart("locations");
        writeLocation(json, finding.location(), finding.resource());
        json.writeEndArray();
        if (!finding.related().isEmpty()) {
            json.writeArrayFieldStart("relatedLocations");
            for (Location location : finding.related()) {
                writeLocation(json, location, null);
            }
            json.writeEndArray();
        }
        if (finding.fix() != null) {
            writeFix(json, finding.location().path(), finding.fix());
        }
        if (finding.suppression() != null) {
            json.writeArrayFieldStart("suppressions");
            json.writeStartObject();
            json.writeStringField("kind", "inSource".equals(finding.suppression().source()) ? "inSource" : "external");
            json.writeStringField("justification", finding.suppression().justification());
            json.writeEndObject();
            json.writeEndArray();
        }
        if (finding.fingerprint() != null) {
            json.writeObjectFieldStart("partialFingerprints");
            json.writeStringField(FINGERPRINT, finding.fingerprint());
            json.writeEndObject();
        }
        json.writeStringField("baselineState", switch (tracked.state()) {
            case NEW -> "new";
            case UNCHANGED -> "unchanged";
            case FIXED -> "absent";
        });
        json.writeObjectFieldStart("properties");
        json.writeStringField("security-severity", SarifRuleWriter.score(finding.severity()));
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void writeLocation(JsonGenerator json, Location location, String resource) throws IOException {
        json.writeStartObject();
        if (!location.path().isEmpty()) {
            json.writeObjectFieldStart("physicalLocation");
            writeArtifact(json, location.path());
            if (location.region() != null) {
                writeRegion(json, "region", location.region());
            }
            json.writeEndObject();
        }
        if (resource != null) {
            json.writeArrayFieldStart("logicalLocations");
            json.writeStartObject();
            json.writeStringField("fullyQualifiedName", resource);
            json.writeStringField("kind", "resource");
            json.writeEndObject();
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static void writeArtifact(JsonGenerator json, String path) throws IOException {
        json.writeObjectFieldStart("artifactLocation");
        json.writeStringField("uri", encode(path));
        json.writeStringField("uriBaseId", ROOT);
        json.writeEndObject();
    }

    private static void writeFix(JsonGenerator json, String path, Fix fix) throws IOException {
        json.writeArrayFieldStart("fixes");
        json.writeStartObject();
        SarifRuleWriter.writeText(json, "description", fix.description());
        json.writeArrayFieldStart("artifactChanges");
        json.writeStartObject();
        writeArtifact(json, path);
        json.writeArrayFieldStart("replacements");
        json.writeStartObject();
        writeRegion(json, "deletedRegion", fix.region());
        SarifRuleWriter.writeText(json, "insertedContent", fix.replacement());
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
    }

    private static void writeRegion(JsonGenerator json, String name, Region region) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("startLine", region.startLine());
        if (region.startColumn() > 0) {
            json.writeNumberField("startColumn", region.startColumn());
        }
        json.writeNumberField("endLine", region.endLine());
        if (region.endColumn() > 0) {
            json.writeNumberField("endColumn", region.endColumn());
        }
        json.writeEndObject();
    }

    private static String encode(String path) {
        StringBuilder uri = new StringBuilder(path.length());
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c < 128 && (Character.isLetterOrDigit(c) || "/-._~!$&'()*+,;=@".indexOf(c) >= 0)) {
                uri.append(c);
            } else {
                uri.append('%').append(String.format("%02X", (int) c));
            }
        }
        return uri.toString();
    }
}

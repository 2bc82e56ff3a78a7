package io.jenkins.plugins.scmchecks.engine.analysis.report;

import io.jenkins.plugins.scmchecks.engine.finding.Finding;
import io.jenkins.plugins.scmchecks.engine.finding.Fix;
import io.jenkins.plugins.scmchecks.engine.finding.Location;
import io.jenkins.plugins.scmchecks.engine.finding.Severity;
import io.jenkins.plugins.scmchecks.engine.finding.Suppression;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** One run of a report (SARIF 2.1.0, 3.14) and its results (3.27). */
final class SarifRun {

    private static final int MAX_RELATED = 20;

    private final SarifRules rules = new SarifRules();
    private final SarifLocations locations;
    private final Consumer<Finding> findings;
    private boolean toolKnown;
    private boolean deferred;

    SarifRun(ReportPaths paths, Consumer<Finding> findings) {
        this.locations = new SarifLocations(paths);
        this.findings = findings;
    }

    /** {@return whether the results came before the rules they refer to, and so still have to be read} */
    boolean isDeferred() {
        return deferred;
    }

    void read(JsonCursor json) throws IOException {
        json.object(field -> {
            switch (field) {
                case "tool" -> {
                    rules.read(json);
                    toolKnown = true;
                }
                case "originalUriBaseIds" -> locations.readBases(json);
                case "artifacts" -> locations.readArtifacts(json);
                case "results" -> {
                    if (toolKnown) {
                        json.array(i -> readResult(json));
                    } else {
                        deferred = true;
                    }
                }
                default -> {}
            }
        });
    }

    /** Reads the results in a second pass, in which everything else is known already. */
    void readDeferred(JsonCursor json) throws IOException {
        json.object(field -> {
            if (deferred && field.equals("results")) {
                json.array(i -> readResult(json));
            }
        });
    }

    private void readResult(JsonCursor json) throws IOException {
        ResultFields f = new ResultFields();
        json.object(field -> {
            switch (field) {
                case "ruleId" -> f.ruleId = json.text();
                case "ruleIndex" -> f.ruleIndex = json.number(-1);
                case "rule" -> readRuleReference(json, f);
                case "level" -> f.level = json.text();
                case "kind" -> f.kind = json.text();
                case "baselineState" -> f.baselineState = json.text();
                case "message" -> readMessage(json, f);
                case "locations" -> json.array(i -> {
                    if (i == 0) {
                        f.place = locations.readLocation(json);
                    }
                });
                case "relatedLocations" -> json.array(i -> addRelated(locations.readLocation(json), f));
                case "codeFlows" -> json.array(i -> readCodeFlow(json, i, f));
                case "fixes" -> json.array(i -> readFix(json, i, f));
                case "suppressions" -> json.array(i -> readSuppression(json, f));
                case "partialFingerprints", "fingerprints" -> json.object(name -> f.fingerprint(name, json.text()));
                case "properties" -> json.object(name -> {
                    if (name.equals("security-severity")) {
                        f.score = json.decimal(-1);
                    }
                });
                default -> {}
            }
        });
        if (f.counts()) {
            findings.accept(toFinding(f));
        }
    }

    private Finding toFinding(ResultFields f) {
        SarifRules.Described described = rules.find(f.ruleId, f.ruleIndex, f.extension);
        Severity severity = described.rule().severity();
        if (f.score >= 0) {
            severity = Severity.ofSecurityScore(f.score);
        } else if (f.level != null && !severity.sarifLevel().equals(f.level)) {
            severity = Severity.ofSarifLevel(f.level);
        }
        String message = f.message(described.messages());
        return new Finding(
                rules.tool(),
                described.rule(),
                severity,
                message.isBlank() ? described.rule().name() : message,
                f.place == null ? new Location("", null) : f.place.location(),
                f.place == null ? null : f.place.resource(),
                f.related,
                f.fix(),
                f.suppression,
                f.fingerprint);
    }

    private static void readRuleReference(JsonCursor json, ResultFields f) throws IOException {
        json.object(field -> {
            switch (field) {
                case "id" -> f.ruleId = f.ruleId == null ? json.text() : f.ruleId;
                case "index" -> f.ruleIndex = json.number(-1);
                case "toolComponent" -> json.object(name -> {
                    if (name.equals("index")) {
                        f.extension = json.number(-1);
                    }
                });
                default -> {}
            }
        });
    }

    private static void readMessage(JsonCursor json, ResultFields f) throws IOException {
        json.object(field -> {
            switch (field) {
                case "text" -> f.text = json.text();
                case "id" -> f.messageId = json.text();
                case "arguments" -> json.array(i -> f.arguments.add(String.valueOf(json.text())));
                default -> {}
            }
        });
    }

    private void readCodeFlow(JsonCursor json, int flow, ResultFields f) throws IOException {
        json.object(field -> {
            if (flow == 0 && field.equals("threadFlows")) {
                json.array(thread -> json.object(name -> {
                    if (thread == 0 && name.equals("locations")) {
                        json.array(step -> json.object(part -> {
                            if (part.equals("location")) {
                                addRelated(locations.readLocation(json), f);
                            }
                        }));
                    }
                }));
            }
        });
    }

    private static void addRelated(SarifLocations.Place place, ResultFields f) {
        if (place != null && f.related.size() < MAX_RELATED) {
            f.related.add(place.location());
        }
    }

    private void readFix(JsonCursor json, int index, ResultFields f) throws IOException {
        json.object(field -> {
            switch (field) {
                case "description" -> json.object(name -> {
                    if (index == 0 && name.equals("text")) {
                        f.fixDescription = json.text();
                    }
                });
                case "artifactChanges" -> json.array(i -> readChange(json, index, f));
                default -> {}
            }
        });
    }

    private void readChange(JsonCursor json, int fix, ResultFields f) throws IOException {
        String[] path = new String[1];
        json.object(field -> {
            switch (field) {
                case "artifactLocation" -> path[0] = locations.path(locations.readArtifactLocation(json));
                case "replacements" -> json.array(i -> {
                    Replacement replacement = readReplacement(json);
                    if (fix == 0) {
                        f.replacements.add(replacement);
                    }
                });
                default -> {}
            }
        });
        f.changedPaths.add(path[0]);
    }

    private Replacement readReplacement(JsonCursor json) throws IOException {
        SarifLocations.RegionFields[] deleted = new SarifLocations.RegionFields[1];
        String[] inserted = {""};
        json.object(field -> {
            switch (field) {
                case "deletedRegion" -> deleted[0] = locations.readRegion(json);
                case "insertedContent" -> json.object(name -> {
                    if (name.equals("text")) {
                        inserted[0] = json.text();
                    }
                });
                default -> {}
            }
        });
        return new Replacement(deleted[0], inserted[0]);
    }

    private static void readSuppression(JsonCursor json, ResultFields f) throws IOException {
        String[] read = new String[3];
        json.object(field -> {
            switch (field) {
                case "kind" -> read[0] = json.text();
                case "status" -> read[1] = json.text();
                case "justification" -> read[2] = json.text();
                default -> {}
            }
        });
        // Without a status a suppression counts as accepted (3.35.3).
        if (read[1] == null || read[1].equals("accepted")) {
            f.suppression = new Suppression(read[0], read[2]);
        }
    }

    private record Replacement(SarifLocations.RegionFields deleted, String inserted) {}

    private static final class ResultFields {
        private String ruleId;
        private int ruleIndex = -1;
        private int extension = -1;
        private String level;
        private String kind;
        private String baselineState;
        private String text;
        private String messageId;
        private final List<String> arguments = new ArrayList<>(0);
        private SarifLocations.Place place;
        private final List<Location> related = new ArrayList<>(0);
        private String fixDescription;
        private final List<Replacement> replacements = new ArrayList<>(0);
        private final List<String> changedPaths = new ArrayList<>(0);
        private Suppression suppression;
        private String fingerprint;
        private double score = -1;

        /** What passed, does not apply or merely informs is no finding (3.27.9), nor is what is gone (3.27.24). */
        boolean counts() {
            boolean failed = kind == null || kind.equals("fail") || kind.equals("open") || kind.equals("review");
            return failed && !"absent".equals(baselineState);
        }

        void fingerprint(String name, String value) {
            if (name.equals(SarifWriter.FINGERPRINT)) {
                fingerprint = value;
            }
        }

        /** The text with its placeholders filled in (3.11.5). */
        String message(Map<String, String> messages) {
            String pattern = text != null ? text : messages.getOrDefault(messageId == null ? "" : messageId, "");
            if (arguments.isEmpty() || pattern.indexOf('{') < 0) {
                return pattern;
            }
            String result = pattern;
            for (int i = 0; i < arguments.size(); i++) {
                result = result.replace("{" + i + "}", arguments.get(i));
            }
            return result;
        }

        /** Only a fix with one replacement, in the finding's own file, can be offered as a suggestion. */
        Fix fix() {
            if (place == null
                    || replacements.size() != 1
                    || replacements.get(0).deleted() == null
                    || changedPaths.size() != 1
                    || !place.location().path().equals(changedPaths.get(0))) {
                return null;
            }
            Replacement only = replacements.get(0);
            var region = only.deleted().toRegion();
            return region == null || only.inserted() == null ? null : new Fix(fixDescription, region, only.inserted());
        }
    }
}

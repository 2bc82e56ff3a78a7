package io.jenkins.plugins.scmchecks.engine.analysis.report;

import io.jenkins.plugins.scmchecks.engine.finding.Fix;
import io.jenkins.plugins.scmchecks.engine.finding.Location;
import io.jenkins.plugins.scmchecks.engine.finding.Suppression;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** One result as it is read (SARIF 2.1.0, 3.27). */
final class SarifResult {

    private static final int MAX_TAXA = 20;

    private String ruleId;
    private int ruleIndex = -1;
    private SarifRules.Reference reference;
    private String level;
    private String kind;
    private String baselineState;
    private String text;
    private String messageId;
    private List<String> arguments = List.of();
    private SarifLocations.Place place;
    private Location target;
    private final SarifRelated related = new SarifRelated();
    private List<String> taxa = List.of();
    private final SarifFixes fixes = new SarifFixes();
    private Suppression suppression;
    private boolean refused;
    private String fingerprint;
    private double score = -1;

    private SarifResult() {}

    static SarifResult read(JsonCursor json, SarifLocations locations) throws IOException {
        SarifResult result = new SarifResult();
        if (json.enterObject()) {
            for (String field; (field = json.nextField()) != null; ) {
                result.read(field, json, locations);
            }
        }
        return result;
    }

    private void read(String field, JsonCursor json, SarifLocations locations) throws IOException {
        switch (field) {
            case "ruleId" -> ruleId = json.symbol();
            case "ruleIndex" -> ruleIndex = json.number(-1);
            case "rule" -> reference = readReference(json, ruleId, ruleIndex);
            case "level" -> level = json.symbol();
            case "kind" -> kind = json.symbol();
            case "baselineState" -> baselineState = json.symbol();
            case "message" -> readMessage(json);
            case "locations" -> readLocations(json, locations);
            case "analysisTarget" -> {
                String path = locations.path(locations.readArtifact(json));
                target = path == null ? null : new Location(path, null);
            }
            case "relatedLocations" -> related.readLocations(json, locations);
            case "codeFlows" -> related.readFlows(json, locations);
            case "fixes" -> fixes.read(json, locations);
            case "suppressions" -> readSuppressions(json);
            case "partialFingerprints", "fingerprints" -> readFingerprints(json);
            case "taxa" -> readTaxa(json);
            case "properties" -> readProperties(json);
            default -> {}
        }
    }

    /** What passed, does not apply or merely informs is no finding (3.27.9), nor is what is gone (3.27.24). */
    boolean counts() {
        boolean failed = kind == null || kind.equals("fail") || kind.equals("open") || kind.equals("review");
        return failed && !"absent".equals(baselineState);
    }

    SarifRules.Reference rule() {
        return reference == null
                ? new SarifRules.Reference(ruleId, ruleIndex, -1)
                : new SarifRules.Reference(
                        ruleId == null ? reference.id() : ruleId,
                        reference.index() < 0 ? ruleIndex : reference.index(),
                        reference.extension());
    }

    String level() {
        return level;
    }

    /** {@return the CVSS score, or -1} */
    double score() {
        return score;
    }

    /** {@return the message's text as it is written, or null when it is given by id} */
    String text() {
        return text;
    }

    String messageId() {
        return messageId;
    }

    List<String> arguments() {
        return arguments;
    }

    /** {@return where, or null when no file is named} */
    Location location() {
        return place == null || place.location() == null ? target : place.location();
    }

    String resource() {
        return place == null ? null : place.resource();
    }

    List<Location> related() {
        return related.locations();
    }

    /** {@return what it is in taxonomies, as tags} */
    List<String> taxa() {
        return taxa;
    }

    /** {@return the decision not to count it, unless somebody refused or still has to make it (3.27.23)} */
    Suppression suppression() {
        return refused ? null : suppression;
    }

    String fingerprint() {
        return fingerprint;
    }

    Fix fix() {
        return location() == null ? null : fixes.single(location().path());
    }

    static SarifRules.Reference readReference(JsonCursor json, String otherId, int otherIndex) throws IOException {
        String id = otherId;
        int index = otherIndex;
        int extension = -1;
        if (json.enterObject()) {
            for (String field; (field = json.nextField()) != null; ) {
                switch (field) {
                    case "id" -> id = json.symbol();
                    case "index" -> index = json.number(-1);
                    case "toolComponent" -> {
                        if (json.enterObject()) {
                            for (String name; (name = json.nextField()) != null; ) {
                                if (name.equals("index")) {
                                    extension = json.number(-1);
                                }
                            }
                        }
                    }
                    default -> {}
                }
            }
        }
        return new SarifRules.Reference(id, index, extension);
    }

    private void readMessage(JsonCursor json) throws IOException {
        String markdown = null;
        if (json.enterObject()) {
            for (String field; (field = json.nextField()) != null; ) {
                switch (field) {
                    case "text" -> text = json.text();
                    case "markdown" -> markdown = json.text();
                    case "id" -> messageId = json.symbol();
                    case "arguments" -> {
                        arguments = new ArrayList<>();
                        if (json.enterArray()) {
                            while (json.nextElement()) {
                                arguments.add(String.valueOf(json.text()));
                            }
                        }
                    }
                    default -> {}
                }
            }
        }
        if (text == null && messageId == null) {
            text = markdown;
        }
    }

    private void readLocations(JsonCursor json, SarifLocations locations) throws IOException {
        if (json.enterArray()) {
            for (int i = 0; json.nextElement(); i++) {
                if (i == 0) {
                    place = locations.readLocation(json);
                } else {
                    related.add(locations.readLocation(json));
                }
            }
        }
    }

    private void readSuppressions(JsonCursor json) throws IOException {
        if (!json.enterArray()) {
            return;
        }
        while (json.nextElement()) {
            String source = null;
            String status = null;
            String justification = null;
            if (json.enterObject()) {
                for (String field; (field = json.nextField()) != null; ) {
                    switch (field) {
                        case "kind" -> source = json.symbol();
                        case "status", "state" -> status = json.symbol();
                        case "justification" -> justification = json.text();
                        default -> {}
                    }
                }
            }
            // Without a status a suppression counts as accepted (3.35.3).
            if (status == null || status.equals("accepted")) {
                suppression = new Suppression(source, justification);
            } else {
                refused = true;
            }
        }
    }

    private void readFingerprints(JsonCursor json) throws IOException {
        if (json.enterObject()) {
            for (String name; (name = json.nextField()) != null; ) {
                if (name.equals(SarifWriter.FINGERPRINT)) {
                    fingerprint = json.text();
                }
            }
        }
    }

    private void readTaxa(JsonCursor json) throws IOException {
        taxa = new ArrayList<>();
        if (json.enterArray()) {
            while (json.nextElement()) {
                String taxon = SarifRule.readTaxon(json);
                if (taxon != null && taxa.size() < MAX_TAXA) {
                    taxa.add(taxon);
                }
            }
        }
    }

    private void readProperties(JsonCursor json) throws IOException {
        if (json.enterObject()) {
            for (String name; (name = json.nextField()) != null; ) {
                if (name.equals("security-severity")) {
                    score = json.decimal(-1);
                }
            }
        }
    }
}

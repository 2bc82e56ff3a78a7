package io.jenkins.plugins.scmchecks.engine.analysis.report;

import io.jenkins.plugins.scmchecks.engine.finding.Fix;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import java.io.IOException;

/** The first of a result's fixes (SARIF 2.1.0, 3.55 to 3.57), and whether it can be offered as a suggestion. */
final class SarifFixes {

    private String description;
    private String path;
    private SarifRegion deleted;
    private String inserted;
    private int replacements;
    private SarifLocations locations;

    void read(JsonCursor json, SarifLocations places) throws IOException {
        this.locations = places;
        if (json.enterArray()) {
            for (int i = 0; json.nextElement(); i++) {
                if (i == 0) {
                    readFix(json);
                }
            }
        }
    }

    /** {@return the fix when it is one replacement, in that file; null otherwise} */
    Fix single(String file) {
        if (replacements != 1 || !file.equals(path) || deleted == null) {
            return null;
        }
        Region region = locations.region(deleted, path);
        return region == null ? null : new Fix(description, region, inserted == null ? "" : inserted);
    }

    private void readFix(JsonCursor json) throws IOException {
        if (!json.enterObject()) {
            return;
        }
        for (String field; (field = json.nextField()) != null; ) {
            switch (field) {
                case "description" -> description = SarifRule.readText(json, false);
                case "artifactChanges" -> {
                    if (json.enterArray()) {
                        while (json.nextElement()) {
                            readChange(json);
                        }
                    }
                }
                default -> {}
            }
        }
    }

    private void readChange(JsonCursor json) throws IOException {
        if (!json.enterObject()) {
            return;
        }
        for (String field; (field = json.nextField()) != null; ) {
            switch (field) {
                case "artifactLocation" -> path = locations.path(locations.readArtifact(json));
                case "replacements" -> {
                    if (json.enterArray()) {
                        while (json.nextElement()) {
                            replacements++;
                            readReplacement(json);
                        }
                    }
                }
                default -> {}
            }
        }
    }

    private void readReplacement(JsonCursor json) throws IOException {
        if (!json.enterObject()) {
            return;
        }
        for (String field; (field = json.nextField()) != null; ) {
            switch (field) {
                case "deletedRegion" -> deleted = SarifRegion.read(json);
                case "insertedContent" -> inserted = SarifRule.readText(json, false);
                default -> {}
            }
        }
    }
}

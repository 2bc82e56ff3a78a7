package io.jenkins.plugins.scmchecks.engine.analysis.report;

import io.jenkins.plugins.scmchecks.engine.finding.Location;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The places of one run: base URIs, artifacts by index, regions (SARIF 2.1.0, 3.4, 3.14.14, 3.24 and 3.28 to 3.30). */
final class SarifLocations {

    /** How deep base URIs may refer to each other. */
    private static final int MAX_BASES = 16;

    private record Base(String uri, String parent) {}

    /** A place in the tool's own terms. */
    record Place(Location location, String resource) {}

    private final ReportPaths paths;
    private final Map<String, Base> bases = new HashMap<>();
    private final List<ArtifactFields> artifacts = new ArrayList<>();

    SarifLocations(ReportPaths paths) {
        this.paths = paths;
    }

    void readBases(JsonCursor json) throws IOException {
        json.object(id -> {
            ArtifactFields base = readArtifactLocation(json);
            bases.put(id, new Base(base.uri == null ? "" : base.uri, base.baseId));
        });
    }

    void readArtifacts(JsonCursor json) throws IOException {
        json.array(i -> {
            ArtifactFields[] artifact = {new ArtifactFields()};
            json.object(name -> {
                if (name.equals("location")) {
                    artifact[0] = readArtifactLocation(json);
                }
            });
            artifacts.add(artifact[0]);
        });
    }

    /** Reads a {@code location}; {@return it, or null when it names no file} */
    Place readLocation(JsonCursor json) throws IOException {
        LocationFields f = new LocationFields();
        json.object(name -> {
            switch (name) {
                case "physicalLocation" -> readPhysical(json, f);
                case "logicalLocations" -> json.array(i -> readLogical(json, f));
                default -> {}
            }
        });
        String path = path(f.artifact);
        return path == null ? null : new Place(new Location(path, f.region.toRegion()), f.resource);
    }

    private void readPhysical(JsonCursor json, LocationFields f) throws IOException {
        json.object(name -> {
            switch (name) {
                case "artifactLocation" -> f.artifact = readArtifactLocation(json);
                case "region" -> f.region = readRegion(json);
                default -> {}
            }
        });
    }

    private void readLogical(JsonCursor json, LocationFields f) throws IOException {
        String[] logical = new String[3];
        json.object(name -> {
            switch (name) {
                case "fullyQualifiedName" -> logical[0] = json.text();
                case "name" -> logical[1] = json.text();
                case "kind" -> logical[2] = json.text();
                default -> {}
            }
        });
        if ("resource".equals(logical[2])) {
            f.resource = logical[0] == null ? logical[1] : logical[0];
        }
    }

    /** {@return the path in the repository, or null when the artifact has none} */
    String path(ArtifactFields artifact) {
        ArtifactFields meant = artifact;
        if (meant.uri == null && meant.index >= 0 && meant.index < artifacts.size()) {
            meant = artifacts.get(meant.index);
        }
        if (meant.uri == null || meant.uri.isEmpty()) {
            return null;
        }
        String uri = meant.uri;
        String baseId = meant.baseId;
        for (int i = 0; i < MAX_BASES && baseId != null && isRelative(uri); i++) {
            Base base = bases.get(baseId);
            if (base == null) {
                break;
            }
            uri = base.uri.isEmpty() || base.uri.endsWith("/") ? base.uri + uri : base.uri + "/" + uri;
            baseId = base.parent;
        }
        return paths.resolve(uri);
    }

    private static boolean isRelative(String uri) {
        return !uri.startsWith("/") && !uri.matches("[A-Za-z][A-Za-z0-9+.-]*:.*");
    }

    ArtifactFields readArtifactLocation(JsonCursor json) throws IOException {
        ArtifactFields f = new ArtifactFields();
        json.object(name -> {
            switch (name) {
                case "uri" -> f.uri = json.text();
                case "uriBaseId" -> f.baseId = json.text();
                case "index" -> f.index = json.number(-1);
                default -> {}
            }
        });
        return f;
    }

    RegionFields readRegion(JsonCursor json) throws IOException {
        RegionFields f = new RegionFields();
        json.object(name -> {
            switch (name) {
                case "startLine" -> f.startLine = json.number(0);
                case "startColumn" -> f.startColumn = json.number(0);
                case "endLine" -> f.endLine = json.number(0);
                case "endColumn" -> f.endColumn = json.number(0);
                default -> {}
            }
        });
        return f;
    }

    static final class ArtifactFields {
        private String uri;
        private String baseId;
        private int index = -1;
    }

    static final class RegionFields {
        private int startLine;
        private int startColumn;
        private int endLine;
        private int endColumn;

        /** {@return the region, mended where a tool wrote impossible numbers; null for none} */
        Region toRegion() {
            if (startLine < 1) {
                return null;
            }
            int lastLine = Math.max(startLine, endLine);
            int firstColumn = Math.max(0, startColumn);
            int lastColumn = Math.max(0, endColumn);
            if (lastLine == startLine && lastColumn > 0 && lastColumn < firstColumn) {
                lastColumn = 0;
            }
            return new Region(startLine, firstColumn, lastLine, lastColumn);
        }
    }

    private static final class LocationFields {
        private ArtifactFields artifact = new ArtifactFields();
        private RegionFields region = new RegionFields();
        private String resource;
    }
}

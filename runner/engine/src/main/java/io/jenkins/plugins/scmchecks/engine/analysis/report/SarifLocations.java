package io.jenkins.plugins.scmchecks.engine.analysis.report;

import io.jenkins.plugins.scmchecks.engine.finding.Location;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The places of one run: base URIs, artifacts by index (SARIF 2.1.0, 3.4, 3.14.14, 3.24 and 3.28 to 3.30). */
final class SarifLocations {

    /** How deep base URIs may refer to each other. */
    private static final int MAX_BASES = 16;

    /** Who uses this name without saying what it stands for means the repository, as the standard does. */
    private static final String ROOT = "%SRCROOT%";

    /** A file's name in the tool's own terms. */
    record Artifact(String uri, String baseId, int index) {
        static final Artifact NONE = new Artifact(null, null, -1);
    }

    /** A place; its {@code location} is null when it names no file. */
    record Place(Location location, String resource) {}

    private static final class Base {
        private String uri;
        private String parent;
        private final Map<String, String> paths = new HashMap<>();
    }

    private final ReportPaths paths;
    private final Map<String, Base> bases = new HashMap<>();
    private final List<Artifact> artifacts = new ArrayList<>();
    private boolean codePoints;
    private boolean incomplete;

    SarifLocations(ReportPaths paths) {
        this.paths = paths;
    }

    /** {@return whether a base or an artifact was asked for that the run has not named so far; and forgets it} */
    boolean takeIncomplete() {
        boolean result = incomplete;
        incomplete = false;
        return result;
    }

    void readColumnKind(JsonCursor json) throws IOException {
        codePoints = "unicodeCodePoints".equals(json.text());
    }

    void readBases(JsonCursor json) throws IOException {
        if (json.enterObject()) {
            for (String id; (id = json.nextField()) != null; ) {
                Artifact named = readArtifact(json);
                Base base = new Base();
                base.uri = named.uri() == null ? "" : named.uri();
                base.parent = named.baseId();
                bases.put(id, base);
            }
        }
    }

    void readArtifacts(JsonCursor json) throws IOException {
        if (!json.enterArray()) {
            return;
        }
        while (json.nextElement()) {
            Artifact artifact = Artifact.NONE;
            if (json.enterObject()) {
                for (String name; (name = json.nextField()) != null; ) {
                    if (name.equals("location")) {
                        artifact = readArtifact(json);
                    }
                }
            }
            artifacts.add(artifact);
        }
    }

    Place readLocation(JsonCursor json) throws IOException {
        if (!json.enterObject()) {
            return new Place(null, null);
        }
        Location location = null;
        String resource = null;
        for (String name; (name = json.nextField()) != null; ) {
            switch (name) {
                case "physicalLocation" -> location = readPhysical(json);
                case "logicalLocations" -> resource = readResource(json);
                default -> {}
            }
        }
        return new Place(location, resource);
    }

    private Location readPhysical(JsonCursor json) throws IOException {
        Artifact artifact = Artifact.NONE;
        SarifRegion region = SarifRegion.NONE;
        if (json.enterObject()) {
            for (String name; (name = json.nextField()) != null; ) {
                switch (name) {
                    case "artifactLocation" -> artifact = readArtifact(json);
                    case "region" -> region = SarifRegion.read(json);
                    default -> {}
                }
            }
        }
        String path = path(artifact);
        return path == null ? null : new Location(path, region(region, path));
    }

    /** {@return the region in that file, or null} */
    Region region(SarifRegion region, String path) {
        return region.in(path, paths, codePoints);
    }

    private static String readResource(JsonCursor json) throws IOException {
        String resource = null;
        if (!json.enterArray()) {
            return null;
        }
        while (json.nextElement()) {
            String qualified = null;
            String simple = null;
            String kind = null;
            if (json.enterObject()) {
                for (String name; (name = json.nextField()) != null; ) {
                    switch (name) {
                        case "fullyQualifiedName" -> qualified = json.text();
                        case "name" -> simple = json.text();
                        case "kind" -> kind = json.text();
                        default -> {}
                    }
                }
            }
            if ("resource".equals(kind)) {
                resource = qualified == null ? simple : qualified;
            }
        }
        return resource;
    }

    /** {@return the path in the repository, or null when the artifact has none} */
    String path(Artifact artifact) {
        Artifact meant = artifact;
        if (meant.uri() == null && meant.index() >= 0) {
            incomplete |= meant.index() >= artifacts.size();
            meant = meant.index() < artifacts.size() ? artifacts.get(meant.index()) : Artifact.NONE;
        }
        String uri = meant.uri();
        if (uri == null || uri.isEmpty()) {
            return null;
        }
        Base base = meant.baseId() == null ? null : bases.get(meant.baseId());
        if (base == null) {
            incomplete |= meant.baseId() != null && !meant.baseId().equals(ROOT) && isRelative(uri);
            return paths.resolve(uri);
        }
        return base.paths.computeIfAbsent(uri, u -> paths.resolve(join(base, u)));
    }

    private String join(Base first, String relative) {
        String uri = relative;
        Base base = first;
        for (int i = 0; i < MAX_BASES && base != null && isRelative(uri); i++) {
            uri = base.uri.isEmpty() || base.uri.endsWith("/") ? base.uri + uri : base.uri + "/" + uri;
            base = base.parent == null ? null : bases.get(base.parent);
        }
        return uri;
    }

    /** Relative is what has no scheme (RFC 3986, 4.2) and is no absolute path. */
    private static boolean isRelative(String uri) {
        int colon = uri.indexOf(':');
        int slash = uri.indexOf('/');
        return slash != 0 && (colon < 0 || slash >= 0 && slash < colon);
    }

    Artifact readArtifact(JsonCursor json) throws IOException {
        if (!json.enterObject()) {
            return Artifact.NONE;
        }
        String uri = null;
        String baseId = null;
        int index = -1;
        for (String name; (name = json.nextField()) != null; ) {
            switch (name) {
                case "uri" -> uri = json.symbol();
                case "uriBaseId" -> baseId = json.symbol();
                case "index" -> index = json.number(-1);
                default -> {}
            }
        }
        return new Artifact(uri, baseId, index);
    }
}

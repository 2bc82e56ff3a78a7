package io.jenkins.plugins.scmchecks.engine.analysis.report;

import io.jenkins.plugins.scmchecks.engine.finding.Location;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The places that belong to a result besides its own: related locations, and the steps of a code flow. */
final class SarifRelated {

    private static final int MAX = 20;

    private List<Location> locations = List.of();

    List<Location> locations() {
        return locations;
    }

    void add(SarifLocations.Place place) {
        if (place.location() == null) {
            return;
        }
        if (locations.isEmpty()) {
            locations = new ArrayList<>();
        }
        if (locations.size() < MAX && !locations.contains(place.location())) {
            locations.add(place.location());
        }
    }

    void readLocations(JsonCursor json, SarifLocations reader) throws IOException {
        if (json.enterArray()) {
            while (json.nextElement()) {
                add(reader.readLocation(json));
            }
        }
    }

    /** The steps of the first thread of the first flow say best how it comes about (3.36 to 3.38). */
    void readFlows(JsonCursor json, SarifLocations reader) throws IOException {
        if (!json.enterArray()) {
            return;
        }
        for (int flow = 0; json.nextElement(); flow++) {
            if (flow == 0 && json.enterObject()) {
                for (String field; (field = json.nextField()) != null; ) {
                    if (field.equals("threadFlows") && json.enterArray()) {
                        for (int thread = 0; json.nextElement(); thread++) {
                            if (thread == 0) {
                                readThread(json, reader);
                            }
                        }
                    }
                }
            }
        }
    }

    private void readThread(JsonCursor json, SarifLocations reader) throws IOException {
        if (!json.enterObject()) {
            return;
        }
        for (String field; (field = json.nextField()) != null; ) {
            if (field.equals("locations") && json.enterArray()) {
                while (json.nextElement()) {
                    if (json.enterObject()) {
                        for (String part; (part = json.nextField()) != null; ) {
                            if (part.equals("location")) {
                                add(reader.readLocation(json));
                            }
                        }
                    }
                }
            }
        }
    }
}

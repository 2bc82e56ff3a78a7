package io.jenkins.plugins.scmchecks.forge.http;

import java.util.ArrayList;
import java.util.List;

/** Every request that the forge got, in the order of the answers. */
public final class RequestLog {

    private static final int LIMIT = 100_000;

    private final List<RecordedRequest> requests = new ArrayList<>();

    synchronized void add(RecordedRequest request) {
        if (requests.size() < LIMIT) {
            requests.add(request);
        }
    }

    public synchronized List<RecordedRequest> requests() {
        return List.copyOf(requests);
    }

    public synchronized void clear() {
        requests.clear();
    }
}

package io.jenkins.plugins.scmchecks.contract;

import java.util.List;
import java.util.Map;

/**
 * A request and its answer, as they went over the wire.
 *
 * @param path percent-encoded, with the leading slash
 * @param query decoded values by name
 * @param requestBody empty for none
 */
record Exchange(
        String method,
        String path,
        Map<String, List<String>> query,
        Map<String, List<String>> requestHeaders,
        String requestBody,
        int status,
        Map<String, List<String>> responseHeaders,
        String responseBody) {}

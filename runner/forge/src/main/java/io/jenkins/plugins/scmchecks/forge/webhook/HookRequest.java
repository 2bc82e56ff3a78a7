package io.jenkins.plugins.scmchecks.forge.webhook;

import java.net.URI;
import java.util.Map;

/**
 * What is to be sent to a hook, signed already.
 *
 * @param action within the event, or null
 */
public record HookRequest(
        long hookId, String guid, String event, String action, URI url, Map<String, String> headers, byte[] body) {

    public HookRequest {
        headers = Map.copyOf(headers);
    }
}

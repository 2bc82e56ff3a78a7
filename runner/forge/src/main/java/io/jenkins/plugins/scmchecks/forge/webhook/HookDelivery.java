package io.jenkins.plugins.scmchecks.forge.webhook;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * One try to deliver an event to a hook.
 *
 * @param hookId of the hook
 * @param guid of the event, shared by all hooks and by redeliveries
 * @param headers as sent
 * @param status of the response; 0 when there was none, see {@code error}
 * @param error why there was no response, or empty
 */
public record HookDelivery(
        long id,
        long hookId,
        String guid,
        String event,
        String action,
        URI url,
        Map<String, String> headers,
        byte[] body,
        Instant at,
        Duration took,
        boolean redelivery,
        int status,
        String response,
        String error) {}

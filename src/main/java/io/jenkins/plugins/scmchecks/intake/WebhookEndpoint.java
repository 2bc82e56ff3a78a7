package io.jenkins.plugins.scmchecks.intake;

import hudson.Extension;
import hudson.model.UnprotectedRootAction;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.scmchecks.config.ScmChecksGlobalConfiguration;
import io.jenkins.plugins.scmchecks.config.ScmIntegration;
import io.jenkins.plugins.scmchecks.engine.webhook.Delivery;
import io.jenkins.plugins.scmchecks.engine.webhook.EventParser.MalformedDeliveryException;
import io.jenkins.plugins.scmchecks.engine.webhook.ScmEvent;
import io.jenkins.plugins.scmchecks.engine.webhook.WebhookVerifier.Verdict;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/**
 * Where providers deliver their webhooks: {@code POST /scm-checks/webhooks/<integration>}. Nobody signs in here; a
 * delivery proves by its signature who sent it. An unknown integration, a wrong signature and a missing secret get one
 * and the same answer; the log tells an administrator which it was.
 */
@Extension
public final class WebhookEndpoint implements UnprotectedRootAction {

    /** So many deliveries are read at once that the rest of Jenkins' request threads stay free. */
    private static final int MOST_AT_ONCE = 32;

    private static final List<String> SECRET_HEADERS =
            List.of("Authorization", "Proxy-Authorization", "Cookie", "X-Gitlab-Token");

    private static final Duration READ_TIME = Duration.ofSeconds(20);
    private static final int SC_TOO_MANY_REQUESTS = 429;
    private static final Logger LOGGER = Logger.getLogger(WebhookEndpoint.class.getName());

    private final Semaphore places = new Semaphore(MOST_AT_ONCE);
    private final RequestBody body = new RequestBody(Delivery.MAX_BODY, READ_TIME);

    @Override
    public String getIconFileName() {
        return null;
    }

    @Override
    public String getDisplayName() {
        return null;
    }

    @Override
    public String getUrlName() {
        return WebhookPath.ROOT;
    }

    /** Takes every request below the root action; only the exact paths of webhooks are answered. */
    public void doDynamic(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        Optional<String> name = WebhookPath.integration(request.getPathInfo());
        if (name.isEmpty()) {
            answer(response, HttpServletResponse.SC_NOT_FOUND, "There is nothing here.");
        } else if (!"POST".equals(request.getMethod())) {
            response.setHeader("Allow", "POST");
            answer(response, HttpServletResponse.SC_METHOD_NOT_ALLOWED, "Webhooks are sent by POST.");
        } else if (!places.tryAcquire()) {
            tooMany(response);
        } else {
            try {
                take(name.get(), request, response);
            } finally {
                places.release();
            }
        }
    }

    private void take(String name, StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        byte[] bytes;
        try {
            bytes = body.read(request);
        } catch (RequestBody.TooLargeException e) {
            // What is not read would be taken for the next request.
            response.setHeader("Connection", "close");
            answer(response, HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, "A webhook has 25 MB at most.");
            return;
        } catch (RequestBody.TooSlowException e) {
            response.setHeader("Connection", "close");
            answer(response, HttpServletResponse.SC_REQUEST_TIMEOUT, "The body did not arrive in time.");
            return;
        }
        // Nobody is signed in, and the endpoint itself may read what decides about the delivery.
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            take(new Delivery(name, headers(request), bytes, Instant.now()), response);
        }
    }

    private static void take(Delivery delivery, StaplerResponse2 response) throws IOException {
        ScmIntegration integration = ScmChecksGlobalConfiguration.get()
                .integration(delivery.integration())
                .orElse(null);
        Verdict verdict = integration == null
                ? new Verdict.Refused("there is no such integration")
                : integration.provider().verifier().verify(delivery, integration.trust());
        if (!(verdict instanceof Verdict.Accepted accepted)) {
            LOGGER.log(Level.WARNING, "A webhook to {0} was refused: {1}", new Object[] {
                delivery.integration(), ((Verdict.Refused) verdict).reason()
            });
            answer(response, HttpServletResponse.SC_FORBIDDEN, "This delivery is not accepted.");
            return;
        }
        List<ScmEvent> events;
        try {
            events = integration.provider().parser().parse(delivery);
        } catch (MalformedDeliveryException e) {
            LOGGER.log(Level.WARNING, "A webhook to " + delivery.integration() + " cannot be read", e);
            answer(response, HttpServletResponse.SC_BAD_REQUEST, "This delivery cannot be read: " + e.getMessage());
            return;
        }
        if (events.stream().allMatch(ScmEvent.Ping.class::isInstance)) {
            String text = events.isEmpty() ? "Nothing to do for this kind of event." : "Jenkins listens.";
            answer(response, HttpServletResponse.SC_OK, text);
            return;
        }
        switch (Intake.get().take(withoutSecrets(delivery), accepted.deliveryId())) {
            case ACCEPTED -> answer(response, HttpServletResponse.SC_ACCEPTED, "Accepted.");
            case DUPLICATE -> answer(response, HttpServletResponse.SC_OK, "Accepted before.");
            case OVERLOADED -> tooMany(response);
        }
    }

    private static Map<String, String> headers(StaplerRequest2 request) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String name : Collections.list(request.getHeaderNames())) {
            headers.put(name, request.getHeader(name));
        }
        return headers;
    }

    /** What proved the sender has done its work, and some providers send the secret itself: it is not kept on disk. */
    private static Delivery withoutSecrets(Delivery delivery) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(delivery.headers());
        SECRET_HEADERS.forEach(headers::remove);
        return new Delivery(delivery.integration(), headers, delivery.body(), delivery.receivedAt());
    }

    private static void tooMany(StaplerResponse2 response) throws IOException {
        response.setHeader("Retry-After", "10");
        answer(response, SC_TOO_MANY_REQUESTS, "Too many deliveries at once; send it again later.");
    }

    private static void answer(StaplerResponse2 response, int status, String text) throws IOException {
        byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType("text/plain;charset=UTF-8");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}

package io.jenkins.plugins.scmchecks.engine.scm.azure;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.scmchecks.engine.publish.AnsweringPublisher.Checks;
import io.jenkins.plugins.scmchecks.engine.publish.Digest;
import io.jenkins.plugins.scmchecks.engine.publish.Marker;
import io.jenkins.plugins.scmchecks.engine.publish.Observed;
import io.jenkins.plugins.scmchecks.engine.publish.Publication;
import io.jenkins.plugins.scmchecks.engine.publish.Publisher.Target;
import io.jenkins.plugins.scmchecks.engine.scm.JsonApi;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException;
import java.util.LinkedHashMap;
import java.util.Map;
import okhttp3.HttpUrl;

/**
 * The status of a pull request's iteration, which a branch policy can require, or of a commit where there is no pull
 * request (Pull Request Statuses API, Statuses API). A status is never changed: the newest of a genre and name counts.
 */
final class Statuses implements Checks {

    /** Shown in one line beside the name. */
    static final int DESCRIPTION = 250;

    /** The context's genre: with the name it is what a policy names, {@code scm-checks/NAME}. */
    static final String GENRE = "scm-checks";

    private static final String PENDING = "pending";

    private final AzureSession session;
    private final JsonApi api;
    private final Iterations iterations;

    Statuses(AzureSession session) {
        this.session = session;
        this.api = session.api();
        this.iterations = new Iterations(session);
    }

    @Override
    public String digest(Publication.Check check) {
        return digest(state(check.conclusion()), check.title(), check.detailsUrl());
    }

    private static String digest(String state, String description, String address) {
        return Digest.of(state + "\n" + description + "\n" + (address == null ? "" : address));
    }

    @Override
    public Observed.Check observe(Target target, String externalId) throws ScmException {
        AzureSession.Account account = session.account();
        Integer iteration = iteration(target, false);
        if (target.pullRequest() != null && iteration == null) {
            return null;
        }
        JsonNode newest = null;
        for (JsonNode status : api.get(url(target)).path("value")) {
            JsonNode context = status.path("context");
            boolean ours = context.path("genre").asText("").equals(GENRE)
                    && context.path("name").asText("").equals(Marker.checkName(externalId))
                    && account.isSame(status.path("createdBy"))
                    && (iteration == null || status.path("iterationId").asInt() == iteration);
            if (ours && (newest == null || status.path("id").asLong() > newest.path("id").asLong())) {
                newest = status;
            }
        }
        if (newest == null) {
            return null;
        }
        String state = newest.path("state").asText();
        return new Observed.Check(
                newest.path("id").asText(),
                digest(state, newest.path("description").asText(""), newest.path("targetUrl").asText(null)),
                !state.equals(PENDING));
    }

    @Override
    public void write(Target target, Publication.Check check, Observed.Check before) throws ScmException {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("context", Map.of("name", check.name(), "genre", GENRE));
        body.put("state", state(check.conclusion()));
        body.put("description", check.title());
        if (check.detailsUrl() != null) {
            body.put("targetUrl", check.detailsUrl());
        }
        Integer iteration = iteration(target, true);
        if (iteration != null) {
            body.put("iterationId", iteration);
        }
        api.post(url(target), body);
    }

    private Integer iteration(Target target, boolean needed) throws ScmException {
        if (target.pullRequest() == null) {
            return null;
        }
        long number = target.pullRequest().number();
        Iterations.Iteration found = needed
                ? iterations.require(target.repository(), number, target.headSha())
                : iterations.find(target.repository(), number, target.headSha());
        return found == null ? null : found.id();
    }

    private HttpUrl.Builder url(Target target) throws ScmException {
        return target.pullRequest() == null
                ? session.repository(target.repository(), "commits", target.headSha(), "statuses")
                : session.previewBefore7(session.pullRequest(target.repository(), target.pullRequest(), "statuses"));
    }

    /** A check that was stopped is an error and not "not applicable", with which a policy would be content. */
    private static String state(Publication.Conclusion conclusion) {
        return switch (conclusion) {
            case IN_PROGRESS -> PENDING;
            case SUCCESS -> "succeeded";
            case FAILURE -> "failed";
            case CANCELLED, ERROR -> "error";
        };
    }
}

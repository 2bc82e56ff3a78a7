package io.jenkins.plugins.scmchecks.engine.scm.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.scmchecks.engine.publish.Digest;
import io.jenkins.plugins.scmchecks.engine.publish.Marker;
import io.jenkins.plugins.scmchecks.engine.publish.Observed;
import io.jenkins.plugins.scmchecks.engine.publish.Publication;
import io.jenkins.plugins.scmchecks.engine.publish.Publisher.Target;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException;
import java.util.LinkedHashMap;
import java.util.Map;

/** A commit status in place of a check, which only Apps can make. What the status shows is its own digest. */
final class CommitStatuses {

    static final int DESCRIPTION = 140;

    private static final int MOST_PAGES = 10;

    private final GitHubApi api;

    CommitStatuses(GitHubApi api) {
        this.api = api;
    }

    static String digest(Publication.Check check) {
        return digest(state(check.conclusion()), check.title(), check.detailsUrl());
    }

    private static String digest(String state, String description, String targetUrl) {
        return Digest.of(state + "\n" + description + "\n" + (targetUrl == null ? "" : targetUrl));
    }

    /** The combined status has the newest of each context. */
    Observed.Check observe(Target target, String externalId) throws ScmException {
        String context = Marker.checkName(externalId);
        for (int page = 1; page <= MOST_PAGES; page++) {
            JsonNode statuses = api.get(api.url(target.repository(), "commits", target.headSha(), "status")
                            .addQueryParameter("per_page", "100")
                            .addQueryParameter("page", Integer.toString(page)))
                    .path("statuses");
            for (JsonNode status : statuses) {
                if (status.path("context").asText().equals(context)) {
                    String state = status.path("state").asText();
                    return new Observed.Check(
                            status.path("id").asText(),
                            digest(state, status.path("description").asText(""), status.path("target_url").asText("")),
                            !state.equals("pending"));
                }
            }
            if (statuses.size() < 100) {
                return null;
            }
        }
        return null;
    }

    void write(Target target, Publication.Check check) throws ScmException {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("state", state(check.conclusion()));
        body.put("context", check.name());
        body.put("description", check.title());
        if (check.detailsUrl() != null) {
            body.put("target_url", check.detailsUrl());
        }
        api.post(api.url(target.repository(), "statuses", target.headSha()), body);
    }

    private static String state(Publication.Conclusion conclusion) {
        return switch (conclusion) {
            case IN_PROGRESS -> "pending";
            case SUCCESS -> "success";
            case FAILURE -> "failure";
            case CANCELLED, ERROR -> "error";
        };
    }
}

package io.jenkins.plugins.scmchecks.engine.scm.gitea;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.scmchecks.engine.publish.Digest;
import io.jenkins.plugins.scmchecks.engine.publish.Marker;
import io.jenkins.plugins.scmchecks.engine.publish.Observed;
import io.jenkins.plugins.scmchecks.engine.publish.Publication;
import io.jenkins.plugins.scmchecks.engine.publish.Publisher.Target;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException;
import java.util.LinkedHashMap;
import java.util.Map;
import okhttp3.HttpUrl;

/** A commit status; its context is the check's name. What the status shows is its own digest. */
final class CommitStatuses {

    static final int DESCRIPTION = 255;

    private static final int MOST_PAGES = 20;

    private final GiteaSession session;

    CommitStatuses(GiteaSession session) {
        this.session = session;
    }

    static String digest(Publication.Check check) {
        return digest(state(check.conclusion()), check.title(), check.detailsUrl());
    }

    private static String digest(String state, String description, String targetUrl) {
        return Digest.of(state + "\n" + description + "\n" + (targetUrl == null ? "" : targetUrl));
    }

    /** Every status ever set is listed; the one with the highest index is the newest. */
    Observed.Check observe(Target target, String externalId) throws ScmException {
        String context = Marker.checkName(externalId);
        HttpUrl.Builder url = session.repository(target.repository(), "commits", target.headSha(), "statuses")
                .addQueryParameter("sort", "highestindex");
        Observed.Check[] found = new Observed.Check[1];
        session.pages(url, MOST_PAGES, status -> {
            if (status.path("context").asText().equals(context)) {
                found[0] = check(status);
            }
            return found[0] == null;
        });
        return found[0];
    }

    private static Observed.Check check(JsonNode status) {
        String state = status.path("status").asText();
        return new Observed.Check(
                status.path("id").asText(),
                digest(state, status.path("description").asText(""), status.path("target_url").asText("")),
                !state.equals("pending"));
    }

    void write(Target target, Publication.Check check) throws ScmException {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("state", state(check.conclusion()));
        body.put("context", check.name());
        body.put("description", check.title());
        if (check.detailsUrl() != null) {
            body.put("target_url", check.detailsUrl());
        }
        session.api().post(session.repository(target.repository(), "statuses", target.headSha()), body);
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

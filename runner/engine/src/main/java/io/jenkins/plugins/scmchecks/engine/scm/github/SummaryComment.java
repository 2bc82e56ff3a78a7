package io.jenkins.plugins.scmchecks.engine.scm.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.scmchecks.engine.publish.Marker;
import io.jenkins.plugins.scmchecks.engine.publish.Observed;
import io.jenkins.plugins.scmchecks.engine.publish.Publisher.Target;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException;
import java.util.Map;
import java.util.Optional;

/** Our one comment on the pull request as a whole. */
final class SummaryComment {

    /** Three thousand comments: whoever has more gets a new summary. */
    private static final int MOST_PAGES = 30;

    private final GitHubSession session;
    private final GitHubApi api;

    SummaryComment(GitHubSession session) {
        this.session = session;
        this.api = session.api();
    }

    Observed.Summary observe(Target target, String externalId) throws ScmException {
        GitHubSession.Account account = session.account();
        Observed.Summary[] found = new Observed.Summary[1];
        api.pages(
                api.url(target.repository(), "issues", number(target), "comments"), MOST_PAGES, comment -> {
                    if (isOurs(comment, account, externalId)) {
                        found[0] = new Observed.Summary(
                                comment.path("id").asText(), comment.path("body").asText());
                    }
                    return found[0] == null;
                });
        return found[0];
    }

    private static boolean isOurs(JsonNode comment, GitHubSession.Account account, String externalId) {
        Optional<Marker> marker = Marker.parse(comment.path("body").asText(""));
        return account.wrote(comment.path("user"))
                && marker.isPresent()
                && marker.get().equals(Marker.ofSummary(externalId));
    }

    void create(Target target, String body) throws ScmException {
        api.post(api.url(target.repository(), "issues", number(target), "comments"), Map.of("body", body));
    }

    void update(Target target, Observed.Summary summary, String body) throws ScmException {
        api.patch(api.url(target.repository(), "issues", "comments", summary.id()), Map.of("body", body));
    }

    private static String number(Target target) {
        return Long.toString(target.pullRequest().number());
    }
}

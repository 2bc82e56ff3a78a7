package io.jenkins.plugins.scmchecks.engine.scm.gitea;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.scmchecks.engine.publish.Marker;
import io.jenkins.plugins.scmchecks.engine.publish.Observed;
import io.jenkins.plugins.scmchecks.engine.publish.Publisher.Target;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException;
import java.util.Map;
import java.util.Optional;
import okhttp3.HttpUrl;

/** Our one comment on the pull request as a whole. */
final class SummaryComment {

    /** Five thousand comments, where they come in pages: whoever has more gets a new summary. */
    private static final int MOST_PAGES = 100;

    private final GiteaSession session;

    SummaryComment(GiteaSession session) {
        this.session = session;
    }

    Observed.Summary observe(Target target, String externalId) throws ScmException {
        GiteaSession.Account account = session.account();
        Observed.Summary[] found = new Observed.Summary[1];
        session.pages(comments(target), MOST_PAGES, comment -> {
            if (isOurs(comment, account, externalId)) {
                found[0] = new Observed.Summary(
                        comment.path("id").asText(), comment.path("body").asText());
            }
            return found[0] == null;
        });
        return found[0];
    }

    private static boolean isOurs(JsonNode comment, GiteaSession.Account account, String externalId) {
        Optional<Marker> marker = Marker.parse(comment.path("body").asText(""));
        return account.isSame(comment.path("user"))
                && marker.isPresent()
                && marker.get().equals(Marker.ofSummary(externalId));
    }

    void create(Target target, String body) throws ScmException {
        session.api().post(comments(target), Map.of("body", body));
    }

    void update(Target target, Observed.Summary summary, String body) throws ScmException {
        session.api().patch(
                session.repository(target.repository(), "issues", "comments", summary.id()), Map.of("body", body));
    }

    private HttpUrl.Builder comments(Target target) {
        String number = Long.toString(target.pullRequest().number());
        return session.repository(target.repository(), "issues", number, "comments");
    }
}

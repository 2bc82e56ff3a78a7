package io.jenkins.plugins.scmchecks.engine.scm.bitbucket;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.scmchecks.engine.publish.AnsweringPublisher.Comments;
import io.jenkins.plugins.scmchecks.engine.publish.Marker;
import io.jenkins.plugins.scmchecks.engine.publish.Observed;
import io.jenkins.plugins.scmchecks.engine.publish.Publication.InlineComment;
import io.jenkins.plugins.scmchecks.engine.publish.Publisher.Refusal;
import io.jenkins.plugins.scmchecks.engine.publish.Publisher.Target;
import io.jenkins.plugins.scmchecks.engine.scm.JsonApi;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.HttpUrl;

/** Our comments on a pull request: on lines, and the one on all of it (REST API, Pullrequests). */
final class CloudComments implements Comments {

    /** Ten thousand comments. */
    private static final int MOST_PAGES = 100;

    /** So many refusals without one success mean that the others would be refused as well. */
    private static final int MOST_REFUSALS = 10;

    private final CloudSession session;
    private final JsonApi api;

    CloudComments(CloudSession session) {
        this.session = session;
        this.api = session.api();
    }

    /** People's comments are in the same listing and are left out. */
    @Override
    public Found observe(Target target, String externalId) throws ScmException {
        CloudSession.Account account = session.account();
        List<JsonNode> ours = new ArrayList<>();
        Map<Long, Integer> replies = new HashMap<>();
        api.pages(CloudSession.list(url(target)), MOST_PAGES, CloudSession.PAGING, comment -> {
            if (comment.path("deleted").asBoolean()) {
                return true;
            }
            if (comment.path("parent").has("id")) {
                replies.merge(comment.path("parent").path("id").asLong(), 1, Integer::sum);
            } else if (account.isSame(comment.path("user")) && marker(comment, externalId).isPresent()) {
                ours.add(comment);
            }
            return true;
        });
        List<Observed.Thread> threads = new ArrayList<>();
        Observed.Summary summary = null;
        for (JsonNode comment : ours) {
            Marker marker = marker(comment, externalId).orElseThrow();
            if (!marker.content().equals(Marker.SUMMARY)) {
                threads.add(thread(comment, marker, account, replies.getOrDefault(comment.path("id").asLong(), 0)));
            } else if (summary == null) {
                summary = new Observed.Summary(comment.path("id").asText(), body(comment));
            }
        }
        return new Found(threads, summary);
    }

    private static Optional<Marker> marker(JsonNode comment, String externalId) {
        return Marker.parse(body(comment)).filter(m -> m.isOfCheck(externalId));
    }

    private static String body(JsonNode comment) {
        return CommentText.fromBitbucket(comment.path("content").path("raw").asText(""));
    }

    private static Observed.Thread thread(
            JsonNode comment, Marker marker, CloudSession.Account account, int replies) {
        String id = comment.path("id").asText();
        boolean resolved = comment.path("resolution").isObject();
        return new Observed.Thread(
                id,
                id,
                marker.content(),
                body(comment),
                resolved,
                resolved && account.isSame(comment.path("resolution").path("user")),
                comment.path("inline").path("outdated").asBoolean(),
                replies);
    }

    /** Writes one comment for each; a line that Bitbucket does not take costs only its own comment. */
    @Override
    public List<Refusal> create(Target target, List<InlineComment> comments) throws ScmException {
        List<Refusal> refused = new ArrayList<>();
        boolean written = false;
        for (InlineComment comment : comments) {
            if (!written && refused.size() >= MOST_REFUSALS) {
                refused.add(new Refusal(comment.fingerprint(), "others on this commit were refused"));
                continue;
            }
            try {
                Map<String, Object> body = content(comment.body());
                body.put("inline", Map.of("path", comment.path(), "to", comment.lastLine()));
                api.post(url(target), body);
                written = true;
            } catch (ScmException e) {
                if (e.reason() != Reason.REJECTED) {
                    throw e;
                }
                refused.add(new Refusal(comment.fingerprint(), e.getMessage()));
            }
        }
        return refused;
    }

    @Override
    public void createSummary(Target target, String body) throws ScmException {
        api.post(url(target), content(body));
    }

    @Override
    public void edit(Target target, Observed.Thread thread, InlineComment comment) throws ScmException {
        edit(target, thread.id(), comment.body());
    }

    @Override
    public void updateSummary(Target target, Observed.Summary summary, String body) throws ScmException {
        edit(target, summary.id(), body);
    }

    private void edit(Target target, String id, String body) throws ScmException {
        api.put(url(target, id), content(body));
    }

    @Override
    public void resolve(Target target, Observed.Thread thread, boolean resolved) throws ScmException {
        HttpUrl.Builder resolution = url(target, thread.id(), "resolve");
        if (resolved) {
            api.post(resolution, null);
        } else {
            api.delete(resolution);
        }
    }

    private static Map<String, Object> content(String body) {
        Map<String, Object> comment = new HashMap<>();
        comment.put("type", "pullrequest_comment");
        comment.put("content", Map.of("raw", CommentText.toBitbucket(body)));
        return comment;
    }

    private HttpUrl.Builder url(Target target, String... segments) {
        HttpUrl.Builder url = session.pullRequest(target.repository(), target.pullRequest().number(), "comments");
        List.of(segments).forEach(url::addPathSegment);
        return url;
    }
}

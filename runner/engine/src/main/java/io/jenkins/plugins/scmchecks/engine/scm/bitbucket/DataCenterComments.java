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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import okhttp3.HttpUrl;

/**
 * Our comments on a pull request: on lines, and the one on all of it. The list of comments is for one file alone, so
 * they
 * are read from the pull request's activities; each change names the version of the comment that it is made to.
 */
final class DataCenterComments implements Comments {

    private static final int MOST_PAGES = 100;

    /** So many refusals without one success mean that the others would be refused as well. */
    private static final int MOST_REFUSALS = 10;

    private final DataCenterSession session;
    private final JsonApi api;

    DataCenterComments(DataCenterSession session) {
        this.session = session;
        this.api = session.api();
    }

    /** {@return whether that server can resolve a comment's thread} */
    static boolean resolves(DataCenterSession.Version version) {
        return version.isAtLeast(8, 9);
    }

    /** People's comments are in the same listing and are left out. */
    @Override
    public Found observe(Target target, String externalId) throws ScmException {
        String account = session.account();
        List<Observed.Thread> threads = new ArrayList<>();
        Observed.Summary[] summary = new Observed.Summary[1];
        Set<String> seen = new HashSet<>();
        HttpUrl.Builder url = DataCenterSession.list(
                session.pullRequest(target.repository(), target.pullRequest().number(), "activities"));
        api.pages(url, MOST_PAGES, DataCenterSession.PAGING, activity -> {
            JsonNode comment = activity.path("comment");
            String body = CommentText.fromBitbucket(comment.path("text").asText(""));
            Optional<Marker> marker = Marker.parse(body).filter(m -> m.isOfCheck(externalId));
            if (!activity.path("action").asText().equals("COMMENTED")
                    || marker.isEmpty()
                    || !isSame(account, comment.path("author"))
                    || !seen.add(comment.path("id").asText())) {
                return true;
            }
            if (!marker.get().content().equals(Marker.SUMMARY)) {
                boolean outdated = activity.path("commentAnchor").path("orphaned").asBoolean();
                threads.add(thread(comment, marker.get(), body, account, outdated));
            } else if (summary[0] == null) {
                summary[0] = new Observed.Summary(comment.path("id").asText(), body);
            }
            return true;
        });
        return new Found(threads, summary[0]);
    }

    private static boolean isSame(String account, JsonNode user) {
        return account.equalsIgnoreCase(user.path("name").asText());
    }

    private static Observed.Thread thread(
            JsonNode comment, Marker marker, String body, String account, boolean outdated) {
        String id = comment.path("id").asText();
        boolean resolved = comment.path("threadResolved").asBoolean();
        return new Observed.Thread(
                id,
                id,
                marker.content(),
                body,
                resolved,
                resolved && isSame(account, comment.path("threadResolver")),
                outdated,
                comment.path("comments").size());
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
                api.post(url(target), Map.of("text", text(comment), "anchor", anchor(comment)));
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

    /** A suggestion replaces the comment's one line, so that one for several lines must not be applied. */
    private static String text(InlineComment comment) {
        return comment.firstLine() == comment.lastLine()
                ? CommentText.toBitbucket(comment.body())
                : CommentText.toBitbucketWithoutSuggestion(comment.body());
    }

    private static Map<String, Object> anchor(InlineComment comment) {
        Map<String, Object> anchor = new LinkedHashMap<>();
        anchor.put("diffType", "EFFECTIVE");
        anchor.put("path", comment.path());
        if (!comment.basePath().equals(comment.path())) {
            anchor.put("srcPath", comment.basePath());
        }
        anchor.put("line", comment.lastLine());
        anchor.put("lineType", comment.baseLine() > 0 ? "CONTEXT" : "ADDED");
        anchor.put("fileType", "TO");
        return anchor;
    }

    @Override
    public void createSummary(Target target, String body) throws ScmException {
        api.post(url(target), Map.of("text", CommentText.toBitbucket(body)));
    }

    @Override
    public void edit(Target target, Observed.Thread thread, InlineComment comment) throws ScmException {
        change(target, thread.id(), "text", text(comment));
    }

    @Override
    public void updateSummary(Target target, Observed.Summary summary, String body) throws ScmException {
        change(target, summary.id(), "text", CommentText.toBitbucket(body));
    }

    @Override
    public void resolve(Target target, Observed.Thread thread, boolean resolved) throws ScmException {
        if (!resolves(session.version())) {
            throw new ScmException(
                    Reason.REJECTED,
                    "Bitbucket " + session.version().text() + " cannot resolve a comment's thread; 8.9 and newer can.",
                    null);
        }
        change(target, thread.id(), "threadResolved", resolved);
    }

    private void change(Target target, String id, String field, Object value) throws ScmException {
        int version = api.get(url(target, id)).path("version").asInt();
        api.put(url(target, id), Map.of("version", version, field, value));
    }

    private HttpUrl.Builder url(Target target, String... segments) {
        HttpUrl.Builder url = session.pullRequest(target.repository(), target.pullRequest().number(), "comments");
        List.of(segments).forEach(url::addPathSegment);
        return url;
    }
}

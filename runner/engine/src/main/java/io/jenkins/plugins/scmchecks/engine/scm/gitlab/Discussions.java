package io.jenkins.plugins.scmchecks.engine.scm.gitlab;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.HttpUrl;

/** Our discussions on a merge request: threads on lines, and the one note on all of it (Discussions API, Notes API). */
final class Discussions implements Comments {

    /** Ten thousand discussions. */
    private static final int MOST_PAGES = 100;

    /** So many refusals without one success mean that the others would be refused as well. */
    private static final int MOST_REFUSALS = 10;

    private final GitLabSession session;
    private final JsonApi api;

    /** The commits that a position on a line has to name. */
    private record DiffRefs(String base, String start, String head) {}

    Discussions(GitLabSession session) {
        this.session = session;
        this.api = session.api();
    }

    /** People's notes are in the same listing and are left out. */
    @Override
    public Found observe(Target target, String externalId) throws ScmException {
        GitLabSession.Account account = session.account();
        List<Observed.Thread> threads = new ArrayList<>();
        Observed.Summary[] summary = new Observed.Summary[1];
        HttpUrl.Builder all = url(target, "discussions").addQueryParameter("per_page", "100");
        api.pages(all, MOST_PAGES, JsonApi.LINKED, discussion -> {
            JsonNode first = discussion.path("notes").path(0);
            String body = NoteText.fromGitLab(first.path("body").asText(""));
            Optional<Marker> marker = Marker.parse(body).filter(m -> m.isOfCheck(externalId));
            if (marker.isPresent() && account.isSame(first.path("author"))) {
                if (!marker.get().content().equals(Marker.SUMMARY)) {
                    threads.add(thread(discussion, first, marker.get(), body, account));
                } else if (summary[0] == null) {
                    summary[0] = new Observed.Summary(first.path("id").asText(), body);
                }
            }
            return true;
        });
        return new Found(threads, summary[0]);
    }

    private static Observed.Thread thread(
            JsonNode discussion, JsonNode first, Marker marker, String body, GitLabSession.Account account) {
        boolean resolved = first.path("resolved").asBoolean();
        int replies = 0;
        for (JsonNode note : discussion.path("notes")) {
            replies += note.path("system").asBoolean() ? 0 : 1;
        }
        return new Observed.Thread(
                discussion.path("id").asText(),
                first.path("id").asText(),
                marker.content(),
                body,
                resolved,
                resolved && account.isSame(first.path("resolved_by")),
                false,
                Math.max(0, replies - 1));
    }

    /** Writes one discussion for each comment; a line that GitLab does not take costs only its own comment. */
    @Override
    public List<Refusal> create(Target target, List<InlineComment> comments) throws ScmException {
        DiffRefs refs = diffRefs(target);
        List<Refusal> refused = new ArrayList<>();
        boolean written = false;
        for (InlineComment comment : comments) {
            if (!written && refused.size() >= MOST_REFUSALS) {
                refused.add(new Refusal(comment.fingerprint(), "others on this commit were refused"));
                continue;
            }
            try {
                Map<String, Object> body = new LinkedHashMap<>();
                body.put("body", NoteText.toGitLab(comment.body(), comment.lastLine() - comment.firstLine()));
                body.put("position", position(refs, comment));
                api.post(url(target, "discussions"), body);
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

    /** A line that the change left as it is needs its number on both sides, an added one has none on the old side. */
    private static Map<String, Object> position(DiffRefs refs, InlineComment comment) {
        Map<String, Object> position = new LinkedHashMap<>();
        position.put("position_type", "text");
        position.put("base_sha", refs.base());
        position.put("start_sha", refs.start());
        position.put("head_sha", refs.head());
        position.put("old_path", comment.basePath());
        position.put("new_path", comment.path());
        position.put("new_line", comment.lastLine());
        if (comment.baseLine() > 0) {
            position.put("old_line", comment.baseLine());
        }
        return position;
    }

    /** The version of the diff whose head was analysed: a newer push has made another one, with other lines. */
    private DiffRefs diffRefs(Target target) throws ScmException {
        DiffRefs[] found = new DiffRefs[1];
        HttpUrl.Builder all = url(target, "versions").addQueryParameter("per_page", "100");
        api.pages(all, MOST_PAGES, JsonApi.LINKED, version -> {
            if (version.path("head_commit_sha").asText().equals(target.headSha())) {
                found[0] = new DiffRefs(
                        version.path("base_commit_sha").asText(),
                        version.path("start_commit_sha").asText(),
                        target.headSha());
            }
            return found[0] == null;
        });
        if (found[0] == null) {
            throw new ScmException(
                    Reason.UNAVAILABLE,
                    "GitLab has not prepared the diff of " + target.headSha() + " in merge request "
                            + target.pullRequest().number() + " yet; try again later.",
                    null);
        }
        return found[0];
    }

    @Override
    public void edit(Target target, Observed.Thread thread, InlineComment comment) throws ScmException {
        String body = NoteText.toGitLab(comment.body(), comment.lastLine() - comment.firstLine());
        api.put(url(target, "discussions", thread.id(), "notes", thread.commentId()), Map.of("body", body));
    }

    @Override
    public void resolve(Target target, Observed.Thread thread, boolean resolved) throws ScmException {
        HttpUrl.Builder url = url(target, "discussions", thread.id());
        api.put(url.addQueryParameter("resolved", Boolean.toString(resolved)), null);
    }

    @Override
    public void createSummary(Target target, String body) throws ScmException {
        api.post(url(target, "notes"), Map.of("body", NoteText.toGitLab(body, 0)));
    }

    @Override
    public void updateSummary(Target target, Observed.Summary summary, String body) throws ScmException {
        api.put(url(target, "notes", summary.id()), Map.of("body", NoteText.toGitLab(body, 0)));
    }

    private HttpUrl.Builder url(Target target, String... segments) {
        return session.mergeRequest(target.repository(), target.pullRequest().number(), segments);
    }
}

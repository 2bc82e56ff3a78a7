package io.jenkins.plugins.scmchecks.engine.scm.azure;

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
import java.util.Set;
import okhttp3.HttpUrl;

/** Our threads on a pull request: on lines, and the one about all of it (Pull Request Threads API). */
final class Threads implements Comments {

    /** The thread's property that carries the marker, which stays when somebody edits the comment. */
    static final String PROPERTY = "scm-checks.marker";

    /** So many refusals without one success mean that the others would be refused as well. */
    private static final int MOST_REFUSALS = 10;

    private static final String ACTIVE = "active";

    /** What we set when a finding is gone; a thread that is closed in another way was closed by a person. */
    private static final String FIXED = "fixed";

    private static final Set<String> CLOSED = Set.of(FIXED, "closed", "byDesign", "wontFix");

    private final AzureSession session;
    private final JsonApi api;
    private final Iterations iterations;

    Threads(AzureSession session) {
        this.session = session;
        this.api = session.api();
        this.iterations = new Iterations(session);
    }

    /** People's threads are in the same listing and are left out. */
    @Override
    public Found observe(Target target, String externalId) throws ScmException {
        AzureSession.Account account = session.account();
        List<Observed.Thread> threads = new ArrayList<>();
        Observed.Summary summary = null;
        for (JsonNode thread : api.get(url(target)).path("value")) {
            JsonNode first = thread.path("comments").path(0);
            boolean gone = thread.path("isDeleted").asBoolean() || first.path("isDeleted").asBoolean();
            Optional<Marker> marker = gone || !account.isSame(first.path("author"))
                    ? Optional.empty()
                    : marker(thread, first).filter(m -> m.isOfCheck(externalId));
            if (marker.isPresent() && !marker.get().content().equals(Marker.SUMMARY)) {
                threads.add(thread(thread, first, marker.get()));
            } else if (marker.isPresent() && summary == null) {
                summary = new Observed.Summary(
                        thread.path("id").asText() + "/" + first.path("id").asText(), first.path("content").asText(""));
            }
        }
        return new Found(threads, summary);
    }

    private static Optional<Marker> marker(JsonNode thread, JsonNode first) {
        JsonNode property = thread.path("properties").path(PROPERTY);
        String value = property.isObject() ? property.path("$value").asText("") : property.asText("");
        return Marker.parse(value).or(() -> Marker.parse(first.path("content").asText("")));
    }

    private static Observed.Thread thread(JsonNode thread, JsonNode first, Marker marker) {
        String status = thread.path("status").asText(ACTIVE);
        int replies = -1;
        for (JsonNode comment : thread.path("comments")) {
            boolean counts = !comment.path("isDeleted").asBoolean()
                    && !comment.path("commentType").asText("text").equals("system");
            replies += counts ? 1 : 0;
        }
        return new Observed.Thread(
                thread.path("id").asText(),
                first.path("id").asText(),
                marker.content(),
                first.path("content").asText(""),
                CLOSED.contains(status),
                status.equals(FIXED),
                false,
                Math.max(0, replies));
    }

    /** Writes one thread for each comment; one that Azure DevOps does not take costs only itself. */
    @Override
    public List<Refusal> create(Target target, List<InlineComment> comments) throws ScmException {
        long number = target.pullRequest().number();
        Iterations.Iteration iteration = iterations.require(target.repository(), number, target.headSha());
        Map<String, Integer> trackingIds = iterations.trackingIds(target.repository(), number, iteration);
        List<Refusal> refused = new ArrayList<>();
        boolean written = false;
        for (InlineComment comment : comments) {
            Integer trackingId = trackingIds.get(comment.path());
            if (trackingId == null || !written && refused.size() >= MOST_REFUSALS) {
                // A thread on a file that the pull request does not change breaks its page.
                String reason = trackingId == null ? "file not in the pull request"
                        : "others on this commit were refused";
                refused.add(new Refusal(comment.fingerprint(), reason));
                continue;
            }
            try {
                api.post(url(target), body(comment, iteration, trackingId));
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

    /** Both iterations are the same one: the file is compared with the commit that source and target have in common. */
    private static Map<String, Object> body(InlineComment comment, Iterations.Iteration iteration, int trackingId) {
        Map<String, Object> place = new LinkedHashMap<>();
        place.put("filePath", "/" + comment.path());
        place.put("rightFileStart", Map.of("line", comment.firstLine(), "offset", 1));
        place.put("rightFileEnd", Map.of("line", comment.lastLine(), "offset", 1));
        Map<String, Object> body = comment(comment.body());
        body.put("status", ACTIVE);
        body.put("threadContext", place);
        body.put("pullRequestThreadContext", Map.of(
                "changeTrackingId", trackingId,
                "iterationContext", Map.of(
                        "firstComparingIteration", iteration.id(), "secondComparingIteration", iteration.id())));
        return body;
    }

    private static Map<String, Object> comment(String text) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("comments", List.of(Map.of("parentCommentId", 0, "content", text, "commentType", "text")));
        Marker.parse(text).ifPresent(marker -> body.put("properties", Map.of(PROPERTY, marker.toString())));
        return body;
    }

    @Override
    public void edit(Target target, Observed.Thread thread, InlineComment comment) throws ScmException {
        edit(target, thread.id(), thread.commentId(), comment.body());
    }

    private void edit(Target target, String thread, String comment, String body) throws ScmException {
        api.patch(url(target, thread, "comments", comment), Map.of("content", body));
    }

    @Override
    public void resolve(Target target, Observed.Thread thread, boolean resolved) throws ScmException {
        api.patch(url(target, thread.id()), Map.of("status", resolved ? FIXED : ACTIVE));
    }

    /** Without a status it is a message: a policy that wants every thread resolved does not wait for it. */
    @Override
    public void createSummary(Target target, String body) throws ScmException {
        api.post(url(target), comment(body));
    }

    @Override
    public void updateSummary(Target target, Observed.Summary summary, String body) throws ScmException {
        String[] ids = summary.id().split("/");
        edit(target, ids[0], ids[1], body);
    }

    private HttpUrl.Builder url(Target target, String... segments) throws ScmException {
        HttpUrl.Builder url = session.pullRequest(target.repository(), target.pullRequest(), "threads");
        List.of(segments).forEach(url::addPathSegment);
        return url;
    }
}

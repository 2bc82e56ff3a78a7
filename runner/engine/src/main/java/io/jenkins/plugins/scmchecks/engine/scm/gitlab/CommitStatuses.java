package io.jenkins.plugins.scmchecks.engine.scm.gitlab;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.scmchecks.engine.publish.AnsweringPublisher.Checks;
import io.jenkins.plugins.scmchecks.engine.publish.Digest;
import io.jenkins.plugins.scmchecks.engine.publish.Marker;
import io.jenkins.plugins.scmchecks.engine.publish.Observed;
import io.jenkins.plugins.scmchecks.engine.publish.Publication;
import io.jenkins.plugins.scmchecks.engine.publish.Publisher.Target;
import io.jenkins.plugins.scmchecks.engine.scm.JsonApi;
import io.jenkins.plugins.scmchecks.engine.scm.PullRequest;
import io.jenkins.plugins.scmchecks.engine.scm.RepositoryPath;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException.Reason;
import java.util.LinkedHashMap;
import java.util.Map;
import okhttp3.HttpUrl;

/**
 * A commit status, which GitLab shows as a job of a pipeline (documentation, Commits API). What the status shows is its
 * own digest. The commit of a fork's merge request has its pipelines in the fork, so its status goes there if it must.
 */
final class CommitStatuses implements Checks {

    /** GitLab answers 400 to more, for the name and the address as well. */
    static final int DESCRIPTION = 255;

    private static final String RUNNING = "running";

    private final GitLabSession session;
    private final JsonApi api;

    CommitStatuses(GitLabSession session) {
        this.session = session;
        this.api = session.api();
    }

    @Override
    public String digest(Publication.Check check) {
        return digest(state(check.conclusion()), check.title(), address(check));
    }

    /** GitLab refuses to set a running status to running again, so nothing else of it is compared. */
    private static String digest(String state, String description, String address) {
        return Digest.of(state.equals(RUNNING) ? state : state + "\n" + description + "\n" + address);
    }

    @Override
    public Observed.Check observe(Target target, String externalId) throws ScmException {
        String name = Marker.checkName(externalId);
        Observed.Check found = observe(target.repository(), target.headSha(), name);
        RepositoryPath fork = fork(target);
        return found == null && fork != null ? observe(fork, target.headSha(), name) : found;
    }

    private Observed.Check observe(RepositoryPath project, String sha, String name) throws ScmException {
        JsonNode newest = null;
        try {
            HttpUrl.Builder url = session.project(project, "repository", "commits", sha, "statuses")
                    .addQueryParameter("name", name)
                    .addQueryParameter("per_page", "100");
            for (JsonNode status : api.get(url)) {
                boolean newer = newest == null || status.path("id").asLong() > newest.path("id").asLong();
                newest = newer && status.path("name").asText().equals(name) ? status : newest;
            }
        } catch (ScmException e) {
            if (e.reason() != Reason.NOT_FOUND && e.reason() != Reason.FORBIDDEN) {
                throw e;
            }
        }
        if (newest == null) {
            return null;
        }
        String state = newest.path("status").asText();
        return new Observed.Check(
                newest.path("id").asText(),
                digest(state, newest.path("description").asText(""), newest.path("target_url").asText("")),
                !state.equals(RUNNING) && !state.equals("pending"));
    }

    @Override
    public void write(Target target, Publication.Check check, Observed.Check before) throws ScmException {
        try {
            write(target.repository(), target, check);
        } catch (ScmException e) {
            if (target.pullRequest() == null || !target.pullRequest().fork() || e.reason() != Reason.NOT_FOUND) {
                throw e;
            }
            writeToFork(target, check, e);
        }
    }

    private void writeToFork(Target target, Publication.Check check, ScmException refusal) throws ScmException {
        RepositoryPath fork = fork(target);
        ScmException cause = refusal;
        try {
            if (fork != null) {
                write(fork, target, check);
                return;
            }
        } catch (ScmException e) {
            if (e.reason() != Reason.NOT_FOUND && e.reason() != Reason.FORBIDDEN) {
                throw e;
            }
            cause = e;
        }
        throw new ScmException(
                Reason.FORBIDDEN,
                "GitLab keeps the status of a fork's commit in the fork, and the token may not "
                        + (fork == null ? "see that" : "set one in " + fork) + ". Make its owner a Developer there, or"
                        + " let the merge request's pipelines run in " + target.repository()
                        + "; the comments are on the merge request all the same.",
                cause);
    }

    private void write(RepositoryPath project, Target target, Publication.Check check) throws ScmException {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("state", state(check.conclusion()));
        body.put("name", check.name());
        body.put("description", check.title());
        if (!address(check).isEmpty()) {
            body.put("target_url", address(check));
        }
        if (target.pullRequest() != null) {
            place(project, target, body);
        }
        try {
            api.post(session.project(project, "statuses", target.headSha()), body);
        } catch (ScmException e) {
            // It is in that state already: somebody was faster, or the answer to our own request was lost.
            if (e.reason() != Reason.REJECTED || !e.getMessage().contains("Cannot transition status")) {
                throw e;
            }
        }
    }

    /**
     * Names the merge request's pipeline. Without one GitLab takes the first branch that has the commit; a pipeline
     * that is not the commit's is 404, and made another one beside it in older versions. A fork's branch is never named
     * in the target project, where a branch of that name is another one.
     */
    private void place(RepositoryPath project, Target target, Map<String, Object> body) throws ScmException {
        PullRequest request = target.pullRequest();
        HttpUrl.Builder url = session.project(project, "pipelines")
                .addQueryParameter("sha", target.headSha())
                .addQueryParameter("order_by", "id")
                .addQueryParameter("sort", "desc")
                .addQueryParameter("per_page", "100");
        String own = "refs/merge-requests/" + request.number() + "/";
        boolean hasBranch = !request.fork() || project.equals(request.headRepository());
        try {
            for (JsonNode pipeline : api.get(url)) {
                String ref = pipeline.path("ref").asText("");
                if (ref.startsWith(own) || hasBranch && ref.equals(request.sourceBranch())) {
                    body.put("pipeline_id", pipeline.path("id").asLong());
                    body.put("ref", ref);
                    return;
                }
            }
        } catch (ScmException e) {
            if (e.reason() != Reason.NOT_FOUND && e.reason() != Reason.FORBIDDEN) {
                throw e; // without CI/CD there are no pipelines to be seen
            }
        }
        if (hasBranch) {
            body.put("ref", request.sourceBranch());
        }
    }

    private static RepositoryPath fork(Target target) {
        PullRequest request = target.pullRequest();
        return request != null && request.fork() ? request.headRepository() : null;
    }

    private static String address(Publication.Check check) {
        String address = check.detailsUrl();
        return address == null || address.length() > DESCRIPTION ? "" : address;
    }

    private static String state(Publication.Conclusion conclusion) {
        return switch (conclusion) {
            case IN_PROGRESS -> RUNNING;
            case SUCCESS -> "success";
            case FAILURE, ERROR -> "failed";
            case CANCELLED -> "canceled";
        };
    }
}

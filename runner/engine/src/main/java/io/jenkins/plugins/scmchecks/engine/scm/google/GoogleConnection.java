package io.jenkins.plugins.scmchecks.engine.scm.google;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.scmchecks.engine.change.ChangeSet;
import io.jenkins.plugins.scmchecks.engine.publish.Publisher;
import io.jenkins.plugins.scmchecks.engine.scm.Capability;
import io.jenkins.plugins.scmchecks.engine.scm.ConnectionReport;
import io.jenkins.plugins.scmchecks.engine.scm.Integration;
import io.jenkins.plugins.scmchecks.engine.scm.JsonApi;
import io.jenkins.plugins.scmchecks.engine.scm.PullRequest;
import io.jenkins.plugins.scmchecks.engine.scm.RepositoryInfo;
import io.jenkins.plugins.scmchecks.engine.scm.RepositoryPath;
import io.jenkins.plugins.scmchecks.engine.scm.ScmConnection;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException.Reason;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import okhttp3.HttpUrl;

/** A connection to a project's repositories, or those of all projects that the account can see. */
final class GoogleConnection implements ScmConnection {

    private static final int MOST_PAGES = 1_000;

    private final GoogleSession session;
    private final JsonApi api;

    GoogleConnection(GoogleSession session) {
        this.session = session;
        this.api = session.api();
    }

    @Override
    public Integration integration() {
        return session.integration();
    }

    /** {@return nothing: there are no pull requests, statuses or comments, and a webhook is a Pub/Sub subscription} */
    @Override
    public Set<Capability> capabilities() {
        return Set.of();
    }

    @Override
    public ConnectionReport test() {
        return new ConnectionTest(session, this).run();
    }

    /** A project whose repositories are closed to us, or that does not use them, has none. */
    @Override
    public void repositories(Consumer<RepositoryInfo> each) throws ScmException {
        String project = integration().organization();
        if (!project.isEmpty()) {
            list(project, each);
            return;
        }
        ScmException[] failure = new ScmException[1];
        pages(session.resourceManager(), session.resourceManager().url("projects"), "projects", found -> {
            try {
                list(found.path("projectId").asText(), each);
            } catch (ScmException e) {
                failure[0] = e.reason() == Reason.FORBIDDEN || e.reason() == Reason.NOT_FOUND ? null : e;
            }
            return failure[0] == null;
        });
        if (failure[0] != null) {
            throw failure[0];
        }
    }

    private void list(String project, Consumer<RepositoryInfo> each) throws ScmException {
        HttpUrl.Builder url = api.url("projects", project, "repos").addQueryParameter("pageSize", "500");
        pages(api, url, "repos", node -> {
            RepositoryPath path = RepositoryName.path(node.path("name").asText(""));
            if (path != null) {
                each.accept(info(path, node, null));
            }
            return true;
        });
    }

    private static void pages(JsonApi api, HttpUrl.Builder url, String field, Predicate<JsonNode> each)
            throws ScmException {
        if (!api.pages(url, MOST_PAGES, new Tokens(field), each)) {
            throw new ScmException(
                    Reason.REJECTED, "Google lists more than " + MOST_PAGES + " pages of " + field, null);
        }
    }

    private record Tokens(String field) implements JsonApi.Paging {

        @Override
        public Iterable<JsonNode> items(JsonApi.Answer page) {
            return page.body().path(field);
        }

        @Override
        public HttpUrl next(HttpUrl url, JsonApi.Answer page) {
            String next = page.body().path("nextPageToken").asText("");
            return next.isEmpty()
                    ? null
                    : url.newBuilder().setQueryParameter("pageToken", next).build();
        }
    }

    private static RepositoryInfo info(RepositoryPath path, JsonNode node, String defaultBranch) {
        return new RepositoryInfo(
                path,
                node.path("name").asText(),
                defaultBranch,
                node.path("url").asText(null),
                "https://source.cloud.google.com/" + path,
                false);
    }

    /** The API does not know of branches, so git is asked for the default one. */
    @Override
    public RepositoryInfo repository(RepositoryPath repository) throws ScmException {
        JsonNode node = api.get(session.repository(repository));
        return info(repository, node, remote(node).defaultBranch());
    }

    @Override
    public List<String> branches(RepositoryPath repository) throws ScmException {
        return remote(api.get(session.repository(repository))).branches();
    }

    private GitRemote remote(JsonNode repository) throws ScmException {
        return GitRemote.of(
                repository.path("url").asText(""), integration().apiUrl(), session.token().value());
    }

    @Override
    public List<String> folders(RepositoryPath repository, String ref, String folder) throws ScmException {
        throw new ScmException(
                Reason.REJECTED,
                "Google Source Repositories does not list the folders of " + repository
                        + ": enter the folder's name yourself.",
                null);
    }

    @Override
    public PullRequest pullRequest(RepositoryPath repository, long number) throws ScmException {
        throw noPullRequests(repository);
    }

    @Override
    public ChangeSet changes(RepositoryPath repository, PullRequest pullRequest) throws ScmException {
        throw noPullRequests(repository);
    }

    private static ScmException noPullRequests(RepositoryPath repository) {
        return new ScmException(
                Reason.REJECTED,
                "Google Source Repositories has no pull requests (" + repository + "): check branches instead.",
                null);
    }

    @Override
    public Publisher publisher() {
        return new GooglePublisher();
    }

    @Override
    public Webhooks webhooks() {
        return new ByHand();
    }

    /** Connections are pooled by the client that all share. */
    @Override
    public void close() {}

    /** A subscription needs a topic and a service account, which are for a person to choose. */
    private static final class ByHand implements Webhooks {

        @Override
        public List<Hook> find(RepositoryPath repository, URI address) {
            return List.of();
        }

        @Override
        public Hook ensure(RepositoryPath repository, URI address) throws ScmException {
            throw new ScmException(
                    Reason.REJECTED,
                    "Google tells of pushes through Cloud Pub/Sub, which is set up once with gcloud: a topic of "
                            + repository + ", and a push subscription to " + address + "; the documentation has the"
                            + " commands.",
                    null);
        }

        @Override
        public int remove(RepositoryPath repository, URI address) {
            return 0;
        }
    }
}

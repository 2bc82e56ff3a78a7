package io.jenkins.plugins.scmchecks.engine.scm.gitea;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.scmchecks.engine.change.ChangeSet;
import io.jenkins.plugins.scmchecks.engine.publish.Publisher;
import io.jenkins.plugins.scmchecks.engine.scm.AnswerReader;
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
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import okhttp3.HttpUrl;

/** A connection to an organization, or a person's repositories, at a Gitea or Forgejo. */
final class GiteaConnection implements ScmConnection {

    /** Fifty thousand of anything. */
    private static final int MOST_PAGES = 1_000;

    private static final long MOST_OF_DIFF = 32L * 1024 * 1024;

    private static final AnswerReader ANSWERS = new AnswerReader("Gitea");

    private final GiteaSession session;
    private final JsonApi api;

    GiteaConnection(GiteaSession session) {
        this.session = session;
        this.api = session.api();
    }

    @Override
    public Integration integration() {
        return session.integration();
    }

    /** The API has no suggestions, and whether it resolves conversations depends on the version. */
    @Override
    public Set<Capability> capabilities() {
        return EnumSet.of(
                Capability.PULL_REQUESTS,
                Capability.STATUSES,
                Capability.INLINE_COMMENTS,
                Capability.SUMMARY_COMMENT,
                Capability.REGISTER_WEBHOOKS);
    }

    @Override
    public ConnectionReport test() {
        return new ConnectionTest(session).run();
    }

    /** Without an organization, every repository that the token's owner has or is a member of. */
    @Override
    public void repositories(Consumer<RepositoryInfo> each) throws ScmException {
        String owner = integration().organization();
        if (owner.isEmpty()) {
            list(api.url("user", "repos"), each);
            return;
        }
        try {
            list(api.url("orgs", owner, "repos"), each);
        } catch (ScmException e) {
            if (e.reason() != Reason.NOT_FOUND) {
                throw e;
            }
            list(api.url("users", owner, "repos"), each);
        }
    }

    private void list(HttpUrl.Builder url, Consumer<RepositoryInfo> each) throws ScmException {
        pages(url, "the repositories", node -> each.accept(GiteaJson.repository(node)));
    }

    @Override
    public RepositoryInfo repository(RepositoryPath repository) throws ScmException {
        return ANSWERS.read(
                "repository " + repository, () -> GiteaJson.repository(api.get(session.repository(repository))));
    }

    @Override
    public List<String> branches(RepositoryPath repository) throws ScmException {
        List<String> names = new ArrayList<>();
        pages(
                session.repository(repository, "branches"),
                "the branches",
                branch -> names.add(branch.path("name").asText()));
        return names;
    }

    /** A folder's content comes as a whole; a file's is an object in place of an array. */
    @Override
    public List<String> folders(RepositoryPath repository, String ref, String folder) throws ScmException {
        HttpUrl.Builder url = session.repository(repository, "contents").addQueryParameter("ref", ref);
        String path = folder.replaceAll("^/+|/+$", "");
        if (!path.isEmpty()) {
            List.of(path.split("/+")).forEach(url::addPathSegment);
        }
        List<String> names = new ArrayList<>();
        JsonNode entries = api.get(url);
        if (entries.isArray()) {
            for (JsonNode entry : entries) {
                if (entry.path("type").asText().equals("dir")) {
                    names.add(entry.path("name").asText());
                }
            }
        }
        return names;
    }

    @Override
    public PullRequest pullRequest(RepositoryPath repository, long number) throws ScmException {
        return ANSWERS.read(
                "pull request " + number,
                () -> GiteaJson.pullRequest(api.get(pull(repository, Long.toString(number))), repository, ""));
    }

    @Override
    public ChangeSet changes(RepositoryPath repository, PullRequest pullRequest) throws ScmException {
        String diff = api.text(pull(repository, pullRequest.number() + ".diff"), MOST_OF_DIFF + 1);
        if (diff.getBytes(StandardCharsets.UTF_8).length > MOST_OF_DIFF) {
            throw new ScmException(
                    Reason.REJECTED, "The diff of pull request " + pullRequest.number() + " is larger than "
                            + MOST_OF_DIFF / (1024 * 1024) + " MB; let the build compare the commits with git.", null);
        }
        JsonNode request = api.get(pull(repository, Long.toString(pullRequest.number())));
        return ChangeSet.of(
                request.path("merge_base").asText(pullRequest.baseSha()), pullRequest.headSha(), DiffText.files(diff));
    }

    private HttpUrl.Builder pull(RepositoryPath repository, String number) {
        return session.repository(repository, "pulls", number);
    }

    @Override
    public Publisher publisher() {
        return new GiteaPublisher(session);
    }

    @Override
    public Webhooks webhooks() {
        return new GiteaWebhooks(session);
    }

    /** Connections are pooled by the client that all share. */
    @Override
    public void close() {}

    private void pages(HttpUrl.Builder url, String what, Consumer<JsonNode> each)
            throws ScmException {
        ANSWERS.all(what, taker -> session.pages(url, MOST_PAGES, taker), each);
    }
}

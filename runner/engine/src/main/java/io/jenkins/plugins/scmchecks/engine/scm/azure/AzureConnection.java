package io.jenkins.plugins.scmchecks.engine.scm.azure;

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
import io.jenkins.plugins.scmchecks.engine.scm.RequiredField;
import io.jenkins.plugins.scmchecks.engine.scm.ScmConnection;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException.Reason;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import okhttp3.HttpUrl;

/** A connection to an organization or collection of Azure DevOps, or to one project of it. */
final class AzureConnection implements ScmConnection {

    private static final int MOST_PAGES = 500;

    private static final AnswerReader ANSWERS = new AnswerReader("Azure DevOps");

    private final AzureSession session;
    private final JsonApi api;
    private final Iterations iterations;

    AzureConnection(AzureSession session) {
        this.session = session;
        this.api = session.api();
        this.iterations = new Iterations(session);
    }

    @Override
    public Integration integration() {
        return session.integration();
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.of(
                Capability.PULL_REQUESTS,
                Capability.STATUSES,
                Capability.INLINE_COMMENTS,
                Capability.RESOLVE_THREADS,
                Capability.SUGGESTIONS,
                Capability.SUMMARY_COMMENT,
                Capability.REGISTER_WEBHOOKS);
    }

    @Override
    public ConnectionReport test() {
        return new ConnectionTest(session, this).run();
    }

    /** Azure DevOps lists all repositories in one answer, so they are asked for project by project. */
    @Override
    public void repositories(Consumer<RepositoryInfo> each) throws ScmException {
        if (!integration().organization().isEmpty()) {
            repositories(integration().organization(), each);
            return;
        }
        List<String> projects = new ArrayList<>();
        pages(
                session.collection("projects").addQueryParameter("$top", "100"),
                "the projects",
                project -> projects.add(RequiredField.text(project, "name", "")));
        for (String project : projects) {
            try {
                repositories(project, each);
            } catch (ScmException e) {
                if (e.reason() != Reason.NOT_FOUND) {
                    throw e; // otherwise it has been deleted since, or has no Git
                }
            }
        }
    }

    private void repositories(String project, Consumer<RepositoryInfo> each) throws ScmException {
        pages(session.git(project, "repositories"), "the repositories", r -> each.accept(AzureJson.repository(r)));
    }

    @Override
    public RepositoryInfo repository(RepositoryPath repository) throws ScmException {
        return ANSWERS.read(
                "repository " + repository, () -> AzureJson.repository(api.get(session.repository(repository))));
    }

    @Override
    public List<String> branches(RepositoryPath repository) throws ScmException {
        List<String> names = new ArrayList<>();
        HttpUrl.Builder url = session.repository(repository, "refs")
                .addQueryParameter("filter", "heads/")
                .addQueryParameter("$top", "1000");
        pages(url, "the branches", ref -> names.add(AzureJson.branch(RequiredField.text(ref, "name", ""))));
        return names;
    }

    @Override
    public List<String> folders(RepositoryPath repository, String ref, String folder) throws ScmException {
        if (ref.matches("[0-9a-f]{40}")) {
            return folders(repository, ref, "commit", folder);
        }
        try {
            return folders(repository, ref, "branch", folder);
        } catch (ScmException e) {
            if (e.reason() != Reason.NOT_FOUND) {
                throw e;
            }
            return folders(repository, ref, "tag", folder);
        }
    }

    private List<String> folders(RepositoryPath repository, String ref, String type, String folder)
            throws ScmException {
        String path = "/" + folder.replaceAll("^/+|/+$", "");
        List<String> names = new ArrayList<>();
        HttpUrl.Builder url = session.repository(repository, "items")
                .addQueryParameter("scopePath", path)
                .addQueryParameter("recursionLevel", "oneLevel")
                .addQueryParameter("versionDescriptor.version", ref)
                .addQueryParameter("versionDescriptor.versionType", type);
        pages(url, "the folders", item -> {
            String found = item.path("path").asText("");
            if (item.path("isFolder").asBoolean() && !found.equals(path)) {
                names.add(found.substring(found.lastIndexOf('/') + 1));
            }
        });
        return names;
    }

    /** The head is the newest iteration's: the pull request itself tells the last one that a merge was tried with. */
    @Override
    public PullRequest pullRequest(RepositoryPath repository, long number) throws ScmException {
        return ANSWERS.read("pull request " + number, () -> {
            JsonNode node = api.get(session.repository(repository, "pullRequests", Long.toString(number)));
            String head = iterations.newestHead(repository, number);
            if (head == null) {
                head = RequiredField.text(node.path("lastMergeSourceCommit"), "commitId", "lastMergeSourceCommit");
            }
            String webUrl = api.url(repository.owner(), "_git", repository.name(), "pullrequest", Long.toString(number))
                    .build()
                    .toString();
            return AzureJson.pullRequest(node, repository, head, webUrl, "");
        });
    }

    @Override
    public ChangeSet changes(RepositoryPath repository, PullRequest pullRequest) throws ScmException {
        return ANSWERS.read("the changes", () -> iterations.changeSet(repository, pullRequest));
    }

    @Override
    public Publisher publisher() {
        return new AzurePublisher(session);
    }

    @Override
    public Webhooks webhooks() {
        return new ServiceHooks(session);
    }

    /** Connections are pooled by the client that all share. */
    @Override
    public void close() {}

    private void pages(HttpUrl.Builder url, String what, Consumer<JsonNode> each)
            throws ScmException {
        ANSWERS.all(what, taker -> api.pages(url, MOST_PAGES, AzureSession.CONTINUED, taker), each);
    }
}

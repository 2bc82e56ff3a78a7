package io.jenkins.plugins.scmchecks.engine.scm.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.scmchecks.engine.change.ChangeSet;
import io.jenkins.plugins.scmchecks.engine.change.FileChange;
import io.jenkins.plugins.scmchecks.engine.change.PatchHunks;
import io.jenkins.plugins.scmchecks.engine.publish.Publisher;
import io.jenkins.plugins.scmchecks.engine.scm.Capability;
import io.jenkins.plugins.scmchecks.engine.scm.ConnectionReport;
import io.jenkins.plugins.scmchecks.engine.scm.Integration;
import io.jenkins.plugins.scmchecks.engine.scm.MissingFieldException;
import io.jenkins.plugins.scmchecks.engine.scm.PullRequest;
import io.jenkins.plugins.scmchecks.engine.scm.RepositoryInfo;
import io.jenkins.plugins.scmchecks.engine.scm.RepositoryPath;
import io.jenkins.plugins.scmchecks.engine.scm.ScmConnection;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException.Reason;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import okhttp3.HttpUrl;
import org.kohsuke.github.GHRepository;
import org.kohsuke.github.PagedIterable;

/** A connection to an organization at GitHub or GitHub Enterprise Server. */
final class GitHubConnection implements ScmConnection {

    private static final int PAGE = 100;

    /** GitHub tells of 3 000 files at most, a hundred a page. */
    private static final int FILE_PAGES = 30;

    private static final int BRANCH_PAGES = 1_000;

    private final GitHubSession session;
    private final GitHubApi api;

    GitHubConnection(GitHubSession session) {
        this.session = session;
        this.api = session.api();
    }

    @Override
    public Integration integration() {
        return session.integration();
    }

    @Override
    public Set<Capability> capabilities() {
        Set<Capability> result = EnumSet.of(
                Capability.PULL_REQUESTS,
                Capability.INLINE_COMMENTS,
                Capability.SUGGESTIONS,
                Capability.SUMMARY_COMMENT);
        if (!session.isApp()) {
            result.addAll(Set.of(Capability.STATUSES, Capability.RESOLVE_THREADS, Capability.REGISTER_WEBHOOKS));
            return result;
        }
        result.add(Capability.CHECKS);
        if (session.knowsPermissions()) {
            if (session.may("contents", "write")) {
                result.add(Capability.RESOLVE_THREADS);
            }
            if (session.may("repository_hooks", "write")) {
                result.add(Capability.REGISTER_WEBHOOKS);
            }
        }
        return result;
    }

    @Override
    public ConnectionReport test() {
        return new ConnectionTest(session).run();
    }

    @Override
    public void repositories(Consumer<RepositoryInfo> each) throws ScmException {
        session.call("the repositories", github -> {
            for (GHRepository repository : listing().withPageSize(PAGE)) {
                each.accept(info(repository));
            }
            return null;
        });
    }

    private PagedIterable<GHRepository> listing() throws ScmException {
        String organization = integration().organization();
        if (session.isApp()) {
            return session.call("the installation", g -> g.getInstallation().listRepositories());
        }
        if (organization.isEmpty() || organization.equalsIgnoreCase(session.account().name())) {
            return session.call("the user", g -> organization.isEmpty()
                    ? g.getMyself().listRepositories(PAGE)
                    : g.getMyself().listRepositories(PAGE, org.kohsuke.github.GHMyself.RepositoryListFilter.OWNER));
        }
        try {
            return session.call("organization " + organization, g -> g.getOrganization(organization)
                    .listRepositories());
        } catch (ScmException e) {
            if (e.reason() != Reason.NOT_FOUND) {
                throw e;
            }
            return session.call("user " + organization, g -> g.getUser(organization).listRepositories());
        }
    }

    @Override
    public RepositoryInfo repository(RepositoryPath repository) throws ScmException {
        return info(session.call("repository " + repository, g -> g.getRepository(repository.value())));
    }

    private static RepositoryInfo info(GHRepository repository) {
        return new RepositoryInfo(
                new RepositoryPath(repository.getFullName()),
                Long.toString(repository.getId()),
                repository.getDefaultBranch(),
                repository.getHttpTransportUrl(),
                repository.getHtmlUrl() == null ? null : repository.getHtmlUrl().toString(),
                repository.isArchived());
    }

    @Override
    public List<String> branches(RepositoryPath repository) throws ScmException {
        List<String> names = new ArrayList<>();
        api.pages(api.url(repository, "branches"), BRANCH_PAGES, b -> names.add(b.path("name").asText()));
        return names;
    }

    @Override
    public List<String> folders(RepositoryPath repository, String ref, String folder) throws ScmException {
        HttpUrl.Builder url = api.url(repository, "contents");
        for (String segment : folder.split("/")) {
            if (segment.equals("..") || segment.equals(".")) {
                throw new ScmException(Reason.NOT_FOUND, "'" + folder + "' is not a folder of a repository", null);
            }
            if (!segment.isEmpty()) {
                url.addPathSegment(segment);
            }
        }
        JsonNode content = api.get(url.addQueryParameter("ref", ref));
        if (!content.isArray()) {
            throw new ScmException(Reason.NOT_FOUND, "'" + folder + "' is a file, not a folder", null);
        }
        List<String> names = new ArrayList<>();
        for (JsonNode entry : content) {
            if (entry.path("type").asText().equals("dir")) {
                names.add(entry.path("name").asText());
            }
        }
        return names;
    }

    @Override
    public PullRequest pullRequest(RepositoryPath repository, long number) throws ScmException {
        try {
            return GitHubJson.pullRequest(api.get(api.url(repository, "pulls", Long.toString(number))), "pull_request");
        } catch (MissingFieldException e) {
            throw new ScmException(
                    Reason.UNAVAILABLE, "GitHub's answer about pull request " + number + ": " + e.getMessage(), e);
        }
    }

    /** The base is the target branch's commit: GitHub compares with the merge base without naming it. */
    @Override
    public ChangeSet changes(RepositoryPath repository, PullRequest pullRequest) throws ScmException {
        List<FileChange> files = new ArrayList<>();
        HttpUrl.Builder url = api.url(repository, "pulls", Long.toString(pullRequest.number()), "files");
        api.pages(url, FILE_PAGES, f -> files.add(fileChange(f)));
        return ChangeSet.of(pullRequest.baseSha(), pullRequest.headSha(), files);
    }

    private static FileChange fileChange(JsonNode file) {
        String path = file.path("filename").asText();
        String previous = file.path("previous_filename").asText(path);
        List<FileChange.Hunk> hunks = PatchHunks.of(file.path("patch").asText(""));
        return switch (file.path("status").asText()) {
            case "added" -> new FileChange(path, null, FileChange.Kind.ADDED, hunks);
            case "removed" -> new FileChange(path, path, FileChange.Kind.DELETED, List.of());
            case "renamed" -> new FileChange(path, previous, FileChange.Kind.RENAMED, hunks);
            case "copied" -> new FileChange(path, previous, FileChange.Kind.COPIED, hunks);
            default -> new FileChange(path, path, FileChange.Kind.MODIFIED, hunks);
        };
    }

    @Override
    public Publisher publisher() {
        return new GitHubPublisher(session);
    }

    @Override
    public Webhooks webhooks() {
        return new GitHubWebhooks(session);
    }

    /** Connections are pooled by the client that all share. */
    @Override
    public void close() {}
}

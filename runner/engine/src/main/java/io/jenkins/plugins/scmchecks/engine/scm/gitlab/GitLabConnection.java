package io.jenkins.plugins.scmchecks.engine.scm.gitlab;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.scmchecks.engine.change.ChangeSet;
import io.jenkins.plugins.scmchecks.engine.change.FileChange;
import io.jenkins.plugins.scmchecks.engine.change.PatchHunks;
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

/** A connection to a group, with its subgroups, at GitLab. */
final class GitLabConnection implements ScmConnection {

    /** Each of a hundred: GitLab itself ends offset pagination at 50 000. */
    private static final int MOST_PAGES = 500;

    /** GitLab keeps 1 000 files of a merge request's diff at most (documentation, Diff limits administration). */
    private static final int FILE_PAGES = 40;

    /** Every line of a file whose diff GitLab leaves out counts as changed, so that nothing is hidden. */
    private static final List<FileChange.Hunk> WHOLE_FILE = List.of(new FileChange.Hunk(1, 0, 1, 10_000_000));

    private static final AnswerReader ANSWERS = new AnswerReader("GitLab");

    private final GitLabSession session;
    private final JsonApi api;

    GitLabConnection(GitLabSession session) {
        this.session = session;
        this.api = session.api();
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
        return new ConnectionTest(session).run();
    }

    /** Without a group, every project that the token's owner is a member of; those are listed by keyset. */
    @Override
    public void repositories(Consumer<RepositoryInfo> each) throws ScmException {
        String group = integration().organization();
        if (group.isEmpty()) {
            list(
                    api.url("projects")
                            .addQueryParameter("membership", "true")
                            .addQueryParameter("pagination", "keyset"),
                    each);
            return;
        }
        try {
            list(
                    session.group("projects")
                            .addQueryParameter("include_subgroups", "true")
                            .addQueryParameter("with_shared", "false"),
                    each);
        } catch (ScmException e) {
            if (e.reason() != Reason.NOT_FOUND || group.contains("/")) {
                throw e;
            }
            list(api.url("users", group, "projects"), each); // somebody's own namespace
        }
    }

    private void list(HttpUrl.Builder url, Consumer<RepositoryInfo> each) throws ScmException {
        url.addQueryParameter("order_by", "id").addQueryParameter("sort", "asc");
        pages(url, "the projects", project -> each.accept(GitLabJson.project(project)));
    }

    @Override
    public RepositoryInfo repository(RepositoryPath repository) throws ScmException {
        return ANSWERS.read("project " + repository, () -> GitLabJson.project(api.get(session.project(repository))));
    }

    @Override
    public List<String> branches(RepositoryPath repository) throws ScmException {
        List<String> names = new ArrayList<>();
        HttpUrl.Builder url = session.project(repository, "repository", "branches");
        pages(url, "the branches", branch -> names.add(branch.path("name").asText()));
        return names;
    }

    @Override
    public List<String> folders(RepositoryPath repository, String ref, String folder) throws ScmException {
        List<String> names = new ArrayList<>();
        HttpUrl.Builder url = session.project(repository, "repository", "tree")
                .addQueryParameter("ref", ref)
                .addQueryParameter("pagination", "keyset");
        String path = folder.replaceAll("^/+|/+$", "");
        if (!path.isEmpty()) {
            url.addQueryParameter("path", path);
        }
        pages(url, "the folders", entry -> {
            if (entry.path("type").asText().equals("tree")) {
                names.add(entry.path("name").asText());
            }
        });
        return names;
    }

    @Override
    public PullRequest pullRequest(RepositoryPath repository, long number) throws ScmException {
        String what = "merge request " + number;
        return ANSWERS.read(what, () -> {
            JsonNode request = api.get(session.mergeRequest(repository, number));
            boolean fork = request.path("source_project_id").asLong() != request.path("target_project_id").asLong();
            return new PullRequest(
                    RequiredField.number(request, "iid", ""),
                    request.path("title").asText(""),
                    RequiredField.text(request, "source_branch", ""),
                    RequiredField.text(request, "target_branch", ""),
                    RequiredField.text(request, "sha", ""),
                    request.path("diff_refs").path("start_sha").asText(null),
                    fork ? source(request.path("source_project_id").asText("")) : repository,
                    request.path("author").path("username").asText(""),
                    fork,
                    request.path("web_url").asText(null));
        });
    }

    /** {@return the fork's path, or null when it has been deleted or is not to be seen} */
    private RepositoryPath source(String id) throws ScmException {
        if (!id.matches("\\d+")) {
            return null;
        }
        try {
            return GitLabJson.path(api.get(api.url("projects", id)), "");
        } catch (ScmException e) {
            if (e.reason() == Reason.NOT_FOUND || e.reason() == Reason.FORBIDDEN) {
                return null;
            }
            throw e;
        }
    }

    @Override
    public ChangeSet changes(RepositoryPath repository, PullRequest pullRequest) throws ScmException {
        JsonNode request = api.get(session.mergeRequest(repository, pullRequest.number()));
        List<FileChange> files = new ArrayList<>();
        api.pages(
                session.mergeRequest(repository, pullRequest.number(), "diffs").addQueryParameter("per_page", "100"),
                FILE_PAGES,
                JsonApi.LINKED,
                file -> files.add(fileChange(file)));
        return ChangeSet.of(request.path("diff_refs").path("base_sha").asText(null), pullRequest.headSha(), files);
    }

    /** Collapsed files, and those that are too large, come with an empty diff. */
    private static FileChange fileChange(JsonNode file) {
        String path = file.path("new_path").asText();
        String before = file.path("old_path").asText(path);
        if (file.path("deleted_file").asBoolean()) {
            return new FileChange(before, before, FileChange.Kind.DELETED, List.of());
        }
        boolean left = file.path("collapsed").asBoolean() || file.path("too_large").asBoolean();
        String diff = file.path("diff").asText("");
        List<FileChange.Hunk> hunks = left && diff.isEmpty() ? WHOLE_FILE : PatchHunks.of(diff);
        if (file.path("new_file").asBoolean()) {
            return new FileChange(path, null, FileChange.Kind.ADDED, hunks);
        }
        return new FileChange(
                path,
                before,
                file.path("renamed_file").asBoolean() ? FileChange.Kind.RENAMED : FileChange.Kind.MODIFIED,
                hunks);
    }

    @Override
    public Publisher publisher() {
        return new GitLabPublisher(session);
    }

    @Override
    public Webhooks webhooks() {
        return new GitLabWebhooks(session);
    }

    /** Connections are pooled by the client that all share. */
    @Override
    public void close() {}

    private void pages(HttpUrl.Builder url, String what, Consumer<JsonNode> each)
            throws ScmException {
        url.addQueryParameter("per_page", "100");
        ANSWERS.all(what, taker -> api.pages(url, MOST_PAGES, JsonApi.LINKED, taker), each);
    }
}

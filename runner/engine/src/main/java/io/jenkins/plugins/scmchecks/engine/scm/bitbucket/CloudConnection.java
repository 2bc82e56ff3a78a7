package io.jenkins.plugins.scmchecks.engine.scm.bitbucket;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.scmchecks.engine.change.ChangeSet;
import io.jenkins.plugins.scmchecks.engine.change.FileChange;
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

/** A connection to a workspace at Bitbucket Cloud. */
final class CloudConnection implements ScmConnection {

    /** Each of a hundred. */
    private static final int MOST_PAGES = 1_000;

    private static final long MOST_OF_DIFF = 16L * 1024 * 1024;

    private static final AnswerReader ANSWERS = new AnswerReader("Bitbucket Cloud");

    private final CloudSession session;
    private final JsonApi api;

    CloudConnection(CloudSession session) {
        this.session = session;
        this.api = session.api();
    }

    @Override
    public Integration integration() {
        return session.integration();
    }

    /** Bitbucket Cloud has no suggestions that can be applied: a fix is shown as text. */
    @Override
    public Set<Capability> capabilities() {
        return EnumSet.of(
                Capability.PULL_REQUESTS,
                Capability.CHECKS,
                Capability.STATUSES,
                Capability.INLINE_COMMENTS,
                Capability.RESOLVE_THREADS,
                Capability.SUMMARY_COMMENT,
                Capability.REGISTER_WEBHOOKS);
    }

    @Override
    public ConnectionReport test() {
        return new CloudConnectionTest(session).run();
    }

    @Override
    public void repositories(Consumer<RepositoryInfo> each) throws ScmException {
        if (integration().organization().isEmpty()) {
            throw new ScmException(
                    Reason.REJECTED, "Bitbucket Cloud lists the repositories of a workspace: enter its name.", null);
        }
        pages(api.url("repositories", integration().organization()), "the repositories", r -> each.accept(info(r)));
    }

    @Override
    public RepositoryInfo repository(RepositoryPath repository) throws ScmException {
        return ANSWERS.read("repository " + repository, () -> info(api.get(session.repository(repository))));
    }

    private static RepositoryInfo info(JsonNode node) {
        String clone = null;
        for (JsonNode link : node.path("links").path("clone")) {
            clone = link.path("name").asText().startsWith("http") ? link.path("href").asText() : clone;
        }
        HttpUrl address = clone == null ? null : HttpUrl.parse(clone);
        return new RepositoryInfo(
                RequiredField.path(RequiredField.text(node, "full_name", ""), "full_name"),
                node.path("uuid").asText(),
                node.path("mainbranch").path("name").asText(null),
                // Bitbucket puts the asking user's name into it.
                address == null ? null : address.newBuilder().username("").password("").build().toString(),
                node.path("links").path("html").path("href").asText(null),
                false);
    }

    @Override
    public List<String> branches(RepositoryPath repository) throws ScmException {
        List<String> names = new ArrayList<>();
        pages(session.repository(repository, "refs", "branches"), "the branches", b -> names.add(b.path("name").asText()));
        return names;
    }

    @Override
    public List<String> folders(RepositoryPath repository, String ref, String folder) throws ScmException {
        String path = folder.replaceAll("^/+|/+$", "");
        HttpUrl.Builder url = session.repository(repository, "src", commit(repository, ref));
        if (!path.isEmpty()) {
            List.of(path.split("/+")).forEach(url::addPathSegment);
        }
        List<String> names = new ArrayList<>();
        pages(url.addPathSegment(""), "the folders", entry -> {
            if (entry.path("type").asText().equals("commit_directory")) {
                String found = entry.path("path").asText();
                names.add(found.substring(found.lastIndexOf('/') + 1));
            }
        });
        return names;
    }

    /** The address of a file holds a commit in one segment, which the name of a branch may not be. */
    private String commit(RepositoryPath repository, String ref) throws ScmException {
        if (ref.matches("[0-9a-f]{7,40}")) {
            return ref;
        }
        String quoted = "\"" + ref.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
        JsonNode found = api.get(session.repository(repository, "refs").addQueryParameter("q", "name = " + quoted));
        String hash = found.path("values").path(0).path("target").path("hash").asText("");
        if (hash.isEmpty()) {
            throw new ScmException(
                    Reason.NOT_FOUND, "There is no branch or tag '" + ref + "' in " + repository + ".", null);
        }
        return hash;
    }

    @Override
    public PullRequest pullRequest(RepositoryPath repository, long number) throws ScmException {
        return ANSWERS.read("pull request " + number, () -> {
            JsonNode request = api.get(session.pullRequest(repository, number));
            PullRequest shortened = CloudEventParser.pullRequest(request, repository, "");
            return new PullRequest(
                    shortened.number(),
                    shortened.title(),
                    shortened.sourceBranch(),
                    shortened.targetBranch(),
                    fullHash(repository, number, shortened.headSha()),
                    shortened.baseSha() == null ? null : fullHash(repository, number, shortened.baseSha()),
                    shortened.headRepository(),
                    shortened.author(),
                    shortened.fork(),
                    shortened.webUrl());
        });
    }

    /**
     * Pull requests name commits by their first twelve digits; a fork's may be known in the fork alone, which the
     * credential may not see, but the pull request lists it.
     */
    private String fullHash(RepositoryPath repository, long number, String hash) throws ScmException {
        if (hash.length() == 40) {
            return hash;
        }
        try {
            return RequiredField.text(api.get(session.repository(repository, "commit", hash)), "hash", "");
        } catch (ScmException e) {
            if (e.reason() != Reason.NOT_FOUND) {
                throw e;
            }
            List<String> full = new ArrayList<>();
            pages(session.pullRequest(repository, number, "commits"), "the commits", commit -> {
                if (commit.path("hash").asText().startsWith(hash)) {
                    full.add(commit.path("hash").asText());
                }
            });
            if (!full.isEmpty()) {
                return full.get(0);
            }
            throw e;
        }
    }

    @Override
    public ChangeSet changes(RepositoryPath repository, PullRequest pullRequest) throws ScmException {
        String text = api.text(session.pullRequest(repository, pullRequest.number(), "diff"), MOST_OF_DIFF);
        UnifiedDiff diff = UnifiedDiff.of(text, text.length() < MOST_OF_DIFF / 4);
        List<FileChange> files = new ArrayList<>();
        pages(
                session.pullRequest(repository, pullRequest.number(), "diffstat"),
                "the changed files",
                file -> files.add(change(file, diff)));
        return ChangeSet.of(pullRequest.baseSha(), pullRequest.headSha(), files);
    }

    private static FileChange change(JsonNode file, UnifiedDiff diff) {
        String before = file.path("old").path("path").asText(null);
        String path = file.path("new").path("path").asText(before);
        return switch (file.path("status").asText()) {
            case "removed" -> new FileChange(before, before, FileChange.Kind.DELETED, List.of());
            case "added" -> new FileChange(path, null, FileChange.Kind.ADDED, diff.of(path));
            case "renamed" -> {
                boolean only = file.path("lines_added").asInt() + file.path("lines_removed").asInt() == 0;
                yield new FileChange(path, before, FileChange.Kind.RENAMED, only ? List.of() : diff.of(path));
            }
            default -> new FileChange(path, before, FileChange.Kind.MODIFIED, diff.of(path));
        };
    }

    @Override
    public Publisher publisher() {
        return new CloudPublisher(session);
    }

    @Override
    public Webhooks webhooks() {
        return new CloudWebhooks(session);
    }

    /** Connections are pooled by the client that all share. */
    @Override
    public void close() {}

    private void pages(HttpUrl.Builder url, String what, Consumer<JsonNode> each)
            throws ScmException {
        ANSWERS.all(what, taker -> api.pages(CloudSession.list(url), MOST_PAGES, CloudSession.PAGING, taker), each);
    }
}

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
import io.jenkins.plugins.scmchecks.engine.scm.ScmConnection;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException.Reason;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import okhttp3.HttpUrl;

/** A connection to a project, or to all that the token sees, at Bitbucket Data Center. */
final class DataCenterConnection implements ScmConnection {

    private static final int MOST_PAGES = 1_000;
    private static final long MOST_OF_DIFF = 16L * 1024 * 1024;
    private static final String HEADS = "refs/heads/";

    private static final AnswerReader ANSWERS = new AnswerReader("Bitbucket");

    private final DataCenterSession session;
    private final JsonApi api;

    DataCenterConnection(DataCenterSession session) {
        this.session = session;
        this.api = session.api();
    }

    @Override
    public Integration integration() {
        return session.integration();
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.allOf(Capability.class);
    }

    @Override
    public ConnectionReport test() {
        return new DataCenterConnectionTest(session).run();
    }

    @Override
    public void repositories(Consumer<RepositoryInfo> each) throws ScmException {
        session.account(); // to anybody the list is empty, not refused
        String project = integration().organization();
        HttpUrl.Builder url = project.isEmpty() ? session.core("repos") : session.core("projects", project, "repos");
        pages(url, DataCenterSession.PAGING, "the repositories", r -> each.accept(info(r, defaultBranch(r))));
    }

    @Override
    public RepositoryInfo repository(RepositoryPath repository) throws ScmException {
        return ANSWERS.read("repository " + repository, () -> {
            JsonNode found = api.get(session.repository(repository));
            String branch = defaultBranch(found);
            return info(found, branch == null ? askForDefaultBranch(repository) : branch);
        });
    }

    private static String defaultBranch(JsonNode repository) {
        String branch = repository.path("defaultBranch").asText(null);
        return branch != null && branch.startsWith(HEADS) ? branch.substring(HEADS.length()) : branch;
    }

    /** {@return null for an empty repository} */
    private String askForDefaultBranch(RepositoryPath repository) throws ScmException {
        try {
            return api.get(session.repository(repository, "default-branch")).path("displayId").asText(null);
        } catch (ScmException e) {
            if (e.reason() != Reason.NOT_FOUND) {
                throw e;
            }
            return null;
        }
    }

    private static RepositoryInfo info(JsonNode node, String defaultBranch) {
        String clone = null;
        for (JsonNode link : node.path("links").path("clone")) {
            clone = link.path("name").asText().startsWith("http") ? link.path("href").asText() : clone;
        }
        return new RepositoryInfo(
                DataCenterEventParser.path(node, ""),
                node.path("id").asText(),
                defaultBranch,
                clone,
                node.path("links").path("self").path(0).path("href").asText(null),
                node.path("archived").asBoolean());
    }

    @Override
    public List<String> branches(RepositoryPath repository) throws ScmException {
        List<String> names = new ArrayList<>();
        pages(session.repository(repository, "branches"), DataCenterSession.PAGING, "the branches",
                branch -> names.add(branch.path("displayId").asText()));
        return names;
    }

    @Override
    public List<String> folders(RepositoryPath repository, String ref, String folder) throws ScmException {
        HttpUrl.Builder url = session.repository(repository, "browse");
        String path = folder.replaceAll("^/+|/+$", "");
        if (!path.isEmpty()) {
            List.of(path.split("/+")).forEach(url::addPathSegment);
        }
        List<String> names = new ArrayList<>();
        pages(url.addQueryParameter("at", ref), DataCenterSession.CHILDREN, "the folders", entry -> {
            if (entry.path("type").asText().equals("DIRECTORY")) {
                // A folder that holds nothing but another one is shown together with it.
                names.add(entry.path("path").path("components").path(0).asText());
            }
        });
        return names;
    }

    @Override
    public PullRequest pullRequest(RepositoryPath repository, long number) throws ScmException {
        return ANSWERS.read("pull request " + number, () -> DataCenterEventParser.pullRequest(
                api.get(session.pullRequest(repository, number)), repository, ""));
    }

    @Override
    public ChangeSet changes(RepositoryPath repository, PullRequest pullRequest) throws ScmException {
        HttpUrl.Builder raw = session.repository(repository, "pull-requests", pullRequest.number() + ".diff");
        String text = api.text(raw, MOST_OF_DIFF);
        UnifiedDiff diff = UnifiedDiff.of(text, text.length() < MOST_OF_DIFF / 4);
        List<FileChange> files = new ArrayList<>();
        pages(
                session.pullRequest(repository, pullRequest.number(), "changes"),
                DataCenterSession.PAGING,
                "the changed files",
                file -> files.add(change(file, diff)));
        return ChangeSet.of(pullRequest.baseSha(), pullRequest.headSha(), files);
    }

    private static FileChange change(JsonNode file, UnifiedDiff diff) {
        String path = file.path("path").path("toString").asText();
        String before = file.path("srcPath").path("toString").asText(path);
        return switch (file.path("type").asText()) {
            case "DELETE" -> new FileChange(path, path, FileChange.Kind.DELETED, List.of());
            case "ADD", "COPY" -> new FileChange(path, null, FileChange.Kind.ADDED, diff.of(path));
            case "MOVE" -> new FileChange(path, before, FileChange.Kind.RENAMED,
                    file.path("percentUnchanged").asInt() == 100 ? List.of() : diff.of(path));
            default -> new FileChange(path, path, FileChange.Kind.MODIFIED, diff.of(path));
        };
    }

    @Override
    public Publisher publisher() {
        return new DataCenterPublisher(session);
    }

    @Override
    public Webhooks webhooks() {
        return new DataCenterWebhooks(session);
    }

    /** Connections are pooled by the client that all share. */
    @Override
    public void close() {}

    private void pages(HttpUrl.Builder url, JsonApi.Paging paging, String what, Consumer<JsonNode> each)
            throws ScmException {
        ANSWERS.all(what, taker -> api.pages(DataCenterSession.list(url), MOST_PAGES, paging, taker), each);
    }
}

package io.jenkins.plugins.scmchecks.forge.github;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.scmchecks.forge.git.Tree;
import io.jenkins.plugins.scmchecks.forge.github.Call.Endpoint;
import io.jenkins.plugins.scmchecks.forge.github.Permissions.Level;
import io.jenkins.plugins.scmchecks.forge.http.Answer;
import io.jenkins.plugins.scmchecks.forge.http.Router;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.eclipse.jgit.revwalk.RevCommit;

/** Files and folders of a commit. */
final class ContentsApi {

    private static final int LARGEST_INLINE = 1024 * 1024;

    private final Urls urls;

    ContentsApi(GitHub github) {
        this.urls = github.urls();
    }

    void addTo(Router<Endpoint> router) {
        router.add("GET", "/repos/{owner}/{repo}/contents{path*}", this::contents);
        router.add("GET", "/repos/{owner}/{repo}/git/trees/{ref*}", this::tree);
    }

    private Answer contents(Call call) {
        Repo repo = call.repo(Level.READ, "contents");
        String ref = call.exchange().parameter("ref").orElse(repo.defaultBranch());
        RevCommit commit = repo.git().commit(ref)
                .orElseThrow(() -> GitHubError.of(404, "No commit found for the ref " + ref));
        Tree tree = new Tree(repo.git(), commit);
        String path = call.variable("path").replaceAll("^/+|/+$", "");
        if (path.isEmpty() || tree.entry(path).orElseThrow(GitHubError::notFound).folder()) {
            ArrayNode list = RepoJson.array();
            tree.list(path, false).forEach(entry -> list.add(entry(repo, commit, entry)));
            return Answer.json(200, list);
        }
        Tree.Entry file = tree.entry(path).orElseThrow(GitHubError::notFound);
        boolean raw = call.exchange().header("Accept").filter(accept -> accept.contains("raw")).isPresent();
        if (raw) {
            return new Answer(200, "application/vnd.github.raw+json", tree.read(file), List.of());
        }
        boolean inline = file.size() <= LARGEST_INLINE;
        return Answer.json(200, entry(repo, commit, file)
                .put("encoding", inline ? "base64" : "none")
                .put("content", inline
                        ? Base64.getMimeEncoder(60, "\n".getBytes(StandardCharsets.US_ASCII))
                                .encodeToString(tree.read(file)) + "\n"
                        : ""));
    }

    private ObjectNode entry(Repo repo, RevCommit commit, Tree.Entry entry) {
        String address = urls.api(repo) + "/contents/" + entry.path() + "?ref=" + commit.name();
        return RepoJson.object()
                .put("name", entry.name())
                .put("path", entry.path())
                .put("sha", entry.sha())
                .put("size", entry.size())
                .put("type", entry.folder() ? "dir" : "file")
                .put("url", address)
                .put("git_url", urls.api(repo) + "/git/blobs/" + entry.sha())
                .put("html_url", urls.html(repo) + "/blob/" + commit.name() + "/" + entry.path())
                .put("download_url",
                        entry.folder() ? null : urls.html(repo) + "/raw/" + commit.name() + "/" + entry.path());
    }

    private Answer tree(Call call) {
        Repo repo = call.repo(Level.READ, "contents");
        RevCommit commit = repo.git().commit(call.variable("ref")).orElseThrow(GitHubError::notFound);
        boolean recursive = call.exchange().parameter("recursive").isPresent();
        ObjectNode body = RepoJson.object().put("sha", commit.getTree().name()).put("truncated", false)
                .put("url", urls.api(repo) + "/git/trees/" + commit.getTree().name());
        ArrayNode entries = body.putArray("tree");
        for (Tree.Entry entry : new Tree(repo.git(), commit).list("", recursive)) {
            ObjectNode json = entries.addObject().put("path", entry.path()).put("mode", entry.mode())
                    .put("type", entry.folder() ? "tree" : "blob").put("sha", entry.sha());
            if (!entry.folder()) {
                json.put("size", entry.size());
            }
        }
        return Answer.json(200, body);
    }
}

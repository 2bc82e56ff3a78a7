package io.jenkins.plugins.scmchecks.engine.scm.azure;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.scmchecks.engine.change.ChangeSet;
import io.jenkins.plugins.scmchecks.engine.change.FileChange;
import io.jenkins.plugins.scmchecks.engine.scm.JsonApi;
import io.jenkins.plugins.scmchecks.engine.scm.PullRequest;
import io.jenkins.plugins.scmchecks.engine.scm.RepositoryPath;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.HttpUrl;

/** The iterations of pull requests: one for each push or change of the target (Pull Request Iterations API). */
final class Iterations {

    /** Pages of two thousand files. */
    private static final int MOST_PAGES = 10;

    /** The API tells which files changed and not which lines, so every line counts as changed and nothing is hidden. */
    private static final List<FileChange.Hunk> WHOLE_FILE = List.of(new FileChange.Hunk(1, 0, 1, 10_000_000));

    private static final JsonApi.Paging SKIPPING = new JsonApi.Paging() {
        @Override
        public Iterable<JsonNode> items(JsonApi.Answer page) {
            return page.body().path("changeEntries");
        }

        @Override
        public HttpUrl next(HttpUrl url, JsonApi.Answer page) {
            int next = page.body().path("nextSkip").asInt();
            return next <= 0
                    ? null
                    : url.newBuilder().setQueryParameter("$skip", Integer.toString(next)).build();
        }
    };

    private final AzureSession session;
    private final JsonApi api;

    /**
     * @param base the commit that source and target have in common; may be null
     * @param head of the source branch
     */
    record Iteration(int id, String base, String head) {}

    Iterations(AzureSession session) {
        this.session = session;
        this.api = session.api();
    }

    /** {@return the newest head, or null when there is no iteration yet} */
    String newestHead(RepositoryPath repository, long number) throws ScmException {
        List<Iteration> all = all(repository, number);
        return all.isEmpty() ? null : all.get(all.size() - 1).head();
    }

    /** {@return the last iteration with the head, or null} */
    Iteration find(RepositoryPath repository, long number, String headSha) throws ScmException {
        Iteration found = null;
        for (Iteration iteration : all(repository, number)) {
            found = headSha.equals(iteration.head()) ? iteration : found;
        }
        return found;
    }

    /** {@return the last iteration with the head} */
    Iteration require(RepositoryPath repository, long number, String headSha) throws ScmException {
        Iteration found = find(repository, number, headSha);
        if (found == null) {
            throw new ScmException(
                    Reason.UNAVAILABLE,
                    "Azure DevOps has no iteration of pull request " + number + " for " + headSha
                            + " yet; try again later.",
                    null);
        }
        return found;
    }

    private List<Iteration> all(RepositoryPath repository, long number) throws ScmException {
        List<Iteration> found = new ArrayList<>();
        HttpUrl.Builder url = session.repository(repository, "pullRequests", Long.toString(number), "iterations");
        for (JsonNode node : api.get(url).path("value")) {
            String head = node.path("sourceRefCommit").path("commitId").asText(null);
            if (head != null) {
                found.add(new Iteration(
                        node.path("id").asInt(), node.path("commonRefCommit").path("commitId").asText(null), head));
            }
        }
        found.sort((one, other) -> Integer.compare(one.id(), other.id()));
        return found;
    }

    ChangeSet changeSet(RepositoryPath repository, PullRequest pullRequest) throws ScmException {
        Iteration iteration = require(repository, pullRequest.number(), pullRequest.headSha());
        List<FileChange> files = new ArrayList<>();
        for (JsonNode entry : entries(repository, pullRequest.number(), iteration)) {
            files.add(fileChange(entry));
        }
        return ChangeSet.of(iteration.base(), iteration.head(), files);
    }

    /** {@return the number by which each file is followed through the iterations, by its path without the slash} */
    Map<String, Integer> trackingIds(RepositoryPath repository, long number, Iteration iteration) throws ScmException {
        Map<String, Integer> ids = new HashMap<>();
        for (JsonNode entry : entries(repository, number, iteration)) {
            ids.put(path(entry.path("item").path("path").asText("")), entry.path("changeTrackingId").asInt());
        }
        return ids;
    }

    private List<JsonNode> entries(RepositoryPath repository, long number, Iteration iteration) throws ScmException {
        List<JsonNode> entries = new ArrayList<>();
        HttpUrl.Builder url = session.repository(
                repository,
                "pullRequests",
                Long.toString(number),
                "iterations",
                Integer.toString(iteration.id()),
                "changes");
        url.addQueryParameter("$top", "2000").addQueryParameter("$skip", "0").addQueryParameter("$compareTo", "0");
        api.pages(url, MOST_PAGES, SKIPPING, entry -> {
            if (!entry.path("item").path("isFolder").asBoolean()) {
                entries.add(entry);
            }
            return true;
        });
        return entries;
    }

    /** A kind of change may be several at once: {@code edit, rename}. */
    private static FileChange fileChange(JsonNode entry) {
        Set<String> kinds = Stream.of(entry.path("changeType").asText("").split(","))
                .map(String::strip)
                .collect(Collectors.toSet());
        String path = path(entry.path("item").path("path").asText(entry.path("originalPath").asText("")));
        String before = path(entry.path("originalPath").asText(path));
        if (kinds.contains("delete")) {
            return new FileChange(path, path, FileChange.Kind.DELETED, List.of());
        }
        if (kinds.contains("rename")) {
            List<FileChange.Hunk> hunks = kinds.contains("edit") ? WHOLE_FILE : List.of();
            return new FileChange(path, before, FileChange.Kind.RENAMED, hunks);
        }
        boolean added = kinds.contains("add") || kinds.contains("undelete");
        return new FileChange(
                path, added ? null : path, added ? FileChange.Kind.ADDED : FileChange.Kind.MODIFIED, WHOLE_FILE);
    }

    private static String path(String path) {
        return path.startsWith("/") ? path.substring(1) : path;
    }
}

package io.jenkins.plugins.scmchecks.forge.github;

import graphql.schema.DataFetchingEnvironment;
import io.jenkins.plugins.scmchecks.forge.github.GraphQlError.Refusal;
import io.jenkins.plugins.scmchecks.forge.github.Permissions.Level;
import io.jenkins.plugins.scmchecks.forge.http.RateLimit;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.Comment;
import io.jenkins.plugins.scmchecks.forge.model.PullRequest;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import io.jenkins.plugins.scmchecks.forge.model.ReviewThread;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** What the fields of the GraphQL schema hold. Maps stand for objects; {@code $} is the thing behind one. */
final class GraphQlQueries {

    private static final String BEHIND = "$";
    private static final int LARGEST_PAGE = 100;

    private final GitHub github;
    private final RateLimit primary;

    GraphQlQueries(GitHub github, RateLimit primary) {
        this.github = github;
        this.primary = primary;
    }

    Object viewer(DataFetchingEnvironment environment) {
        return account(GraphQlApi.call(environment).actor());
    }

    Object rateLimit(DataFetchingEnvironment environment) {
        RateLimit.Budget left = primary.peek(GraphQlApi.call(environment).caller().name());
        return Map.of("limit", left.limit(), "cost", 1, "remaining", left.remaining(), "used", left.used(),
                "resetAt", RepoJson.time(left.reset()));
    }

    Object repository(DataFetchingEnvironment environment) {
        String owner = environment.getArgument("owner");
        String name = environment.getArgument("name");
        Repo repo = github.state().findRepo(owner, name)
                .filter(GraphQlApi.call(environment).caller()::sees)
                .orElseThrow(() -> new Refusal("NOT_FOUND", "Could not resolve to a Repository with the name '"
                        + owner + "/" + name + "'."));
        return Map.of(BEHIND, repo, "id", RepoJson.nodeId("R", repo.id()), "databaseId", (int) repo.id(),
                "name", repo.name(), "nameWithOwner", repo.fullName(), "isPrivate", repo.isPrivate());
    }

    Object pullRequest(DataFetchingEnvironment environment) {
        Repo repo = (Repo) environment.<Map<String, Object>>getSource().get(BEHIND);
        int number = environment.<Integer>getArgument("number");
        GraphQlApi.call(environment).caller().require(repo, Level.READ, "pull_requests");
        PullRequest pull = repo.pullRequest(number).orElseThrow(() -> new Refusal("NOT_FOUND",
                "Could not resolve to a PullRequest with the number of " + number + "."));
        Map<String, Object> json = new HashMap<>();
        json.put(BEHIND, pull);
        json.put("id", RepoJson.nodeId("PR", pull.id()));
        json.put("fullDatabaseId", Long.toString(pull.id()));
        json.put("number", pull.number());
        json.put("title", pull.title());
        json.put("url", github.urls().html(pull));
        json.put("state", pull.open() ? "OPEN" : pull.merged() ? "MERGED" : "CLOSED");
        json.put("headRefOid", pull.headSha());
        json.put("baseRefOid", pull.baseSha());
        json.put("headRefName", pull.headRef());
        json.put("baseRefName", pull.baseRef());
        return json;
    }

    Object reviewThreads(DataFetchingEnvironment environment) {
        PullRequest pull = (PullRequest) environment.<Map<String, Object>>getSource().get(BEHIND);
        return connection(environment, pull.threads(), GraphQlQueries::thread);
    }

    Object issueComments(DataFetchingEnvironment environment) {
        PullRequest pull = (PullRequest) environment.<Map<String, Object>>getSource().get(BEHIND);
        return connection(environment, pull.comments(), (comment, call) -> comment(comment, "IC", "", call));
    }

    Object comments(DataFetchingEnvironment environment) {
        ReviewThread thread = (ReviewThread) environment.<Map<String, Object>>getSource().get(BEHIND);
        String path = thread.anchor().orElse(thread.original()).path();
        return connection(environment, thread.comments(), (comment, call) -> comment(comment, "PRRC", path, call));
    }

    static Map<String, Object> thread(ReviewThread thread, Call call) {
        ReviewThread.Anchor original = thread.original();
        ReviewThread.Anchor anchor = thread.anchor().orElse(null);
        boolean may = GraphQlMutations.mayResolve(thread, call);
        Map<String, Object> json = new HashMap<>();
        json.put(BEHIND, thread);
        json.put("id", RepoJson.nodeId("PRRT", thread.id()));
        json.put("isResolved", thread.resolved());
        json.put("isOutdated", anchor == null);
        json.put("isCollapsed", thread.resolved() || anchor == null);
        json.put("path", anchor == null ? original.path() : anchor.path());
        json.put("line", anchor == null || anchor.line() == 0 ? null : anchor.line());
        json.put("originalLine", original.line() == 0 ? null : original.line());
        json.put("startLine", anchor != null && anchor.multiLine() ? anchor.startLine() : null);
        json.put("originalStartLine", original.multiLine() ? original.startLine() : null);
        json.put("diffSide", original.side().name());
        json.put("startDiffSide", original.multiLine() ? original.startSide().name() : null);
        json.put("subjectType", original.line() == 0 ? "FILE" : "LINE");
        json.put("resolvedBy", thread.resolved() ? account(thread.resolvedBy()) : null);
        json.put("viewerCanResolve", may && !thread.resolved());
        json.put("viewerCanUnresolve", may && thread.resolved());
        return json;
    }

    private static Map<String, Object> comment(Comment comment, String type, String path, Call call) {
        Map<String, Object> json = new HashMap<>();
        json.put("id", RepoJson.nodeId(type, comment.id()));
        json.put("databaseId", (int) comment.id());
        json.put("fullDatabaseId", Long.toString(comment.id()));
        json.put("body", comment.body());
        json.put("path", path);
        json.put("createdAt", RepoJson.time(comment.createdAt()));
        json.put("updatedAt", RepoJson.time(comment.updatedAt()));
        json.put("isMinimized", comment.minimizedReason() != null);
        json.put("minimizedReason", comment.minimizedReason());
        json.put("viewerDidAuthor", comment.author() == call.caller().actor());
        json.put("author", account(comment.author()));
        return json;
    }

    /** GraphQL calls a bot by its app's slug; REST adds "[bot]". */
    private static Map<String, Object> account(Account account) {
        return Map.of("__typename", account.kind() == Account.Kind.BOT ? "Bot" : "User",
                "id", RepoJson.nodeId("U", account.id()), "databaseId", (int) account.id(),
                "login", account.login().replace("[bot]", ""));
    }

    private static <T> Object connection(
            DataFetchingEnvironment environment, List<T> all, BiFunction<T, Call, Object> json) {
        Integer first = environment.getArgument("first");
        Integer last = environment.getArgument("last");
        String field = environment.getField().getName();
        if (first == null && last == null) {
            throw new Refusal("MISSING_PAGINATION_BOUNDARIES", "You must provide a `first` or `last` value to "
                    + "properly paginate the `" + field + "` connection.");
        }
        int size = first == null ? last : first;
        if (size < 0 || size > LARGEST_PAGE) {
            throw new Refusal("EXCESSIVE_PAGINATION", "Requesting " + size + " records on the `" + field
                    + "` connection exceeds the `first` limit of " + LARGEST_PAGE + " records.");
        }
        String after = environment.getArgument("after");
        int from = first == null ? Math.max(0, all.size() - size) : cursor(after);
        int to = Math.min(all.size(), from + size);
        Call call = GraphQlApi.call(environment);
        Map<String, Object> page = new HashMap<>();
        page.put("hasNextPage", to < all.size());
        page.put("hasPreviousPage", from > 0);
        page.put("startCursor", from < to ? "Y" + (from + 1) : null);
        page.put("endCursor", from < to ? "Y" + to : null);
        return Map.of("totalCount", all.size(), "pageInfo", page,
                "nodes", all.subList(Math.min(from, to), to).stream().map(item -> json.apply(item, call)).toList());
    }

    private static int cursor(String after) {
        if (after == null) {
            return 0;
        }
        if (!after.matches("Y\\d{1,9}")) {
            throw new Refusal("INVALID_CURSOR_ARGUMENTS", "`" + after + "` does not appear to be a valid cursor.");
        }
        return Integer.parseInt(after.substring(1));
    }
}

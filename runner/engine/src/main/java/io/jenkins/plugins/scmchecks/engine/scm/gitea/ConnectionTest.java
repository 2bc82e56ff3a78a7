package io.jenkins.plugins.scmchecks.engine.scm.gitea;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.scmchecks.engine.scm.ConnectionReport;
import io.jenkins.plugins.scmchecks.engine.scm.ConnectionReport.Status;
import io.jenkins.plugins.scmchecks.engine.scm.JsonApi;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import okhttp3.HttpUrl;

/** Looks at everything that has to be right before an integration works, and says what is not. */
final class ConnectionTest {

    private final GiteaSession session;
    private final JsonApi api;
    private final List<String> missing = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    ConnectionTest(GiteaSession session) {
        this.session = session;
        this.api = session.api();
    }

    ConnectionReport run() {
        try {
            return look();
        } catch (ScmException e) {
            return ConnectionReport.failed(status(e), e.getMessage());
        }
    }

    private static Status status(ScmException e) {
        return switch (e.reason()) {
            case UNAUTHORIZED -> Status.UNAUTHORIZED;
            case FORBIDDEN -> says(e, "prohibited") ? Status.SUSPENDED : Status.UNAUTHORIZED;
            case NOT_FOUND, RATE_LIMITED, UNAVAILABLE, REJECTED -> Status.UNREACHABLE;
        };
    }

    private static boolean says(ScmException e, String word) {
        return e.getMessage().toLowerCase(Locale.ROOT).contains(word);
    }

    private ConnectionReport look() throws ScmException {
        GiteaSession.Account account = session.account();
        String owner = session.integration().organization();
        String name = account.login() + (owner.isEmpty() ? "" : " on " + owner);
        String server = server();
        notes.add("Gitea does not tell a token's scopes: a missing write:repository or write:issue shows when something"
                + " is first written.");
        boolean organization = !owner.isEmpty() && isOrganization(account, owner);
        if (!owner.isEmpty() && !organization
                && optional(api.url("users", owner), "read:user: to see who " + owner + " is") == null) {
            return report(Status.NOT_INSTALLED, name, server, -1, "There is no organization or user " + owner + " that "
                    + account.login() + " can see. Check the name, and make the token's owner a member of it.");
        }
        HttpUrl.Builder url = owner.isEmpty()
                ? api.url("user", "repos")
                : api.url(organization ? "orgs" : "users", owner, "repos");
        return report(Status.ACTIVE, name, server, count(url), "");
    }

    private ConnectionReport report(Status status, String account, String server, int repositories, String reason) {
        return new ConnectionReport(status, account, server, repositories, missing, notes, null, reason);
    }

    private String server() throws ScmException {
        GiteaServer server = session.server();
        if (server.tooOld()) {
            notes.add(server.text() + " is older than 1.19, which is the oldest that this is made for.");
        }
        if (!server.resolves()) {
            notes.add("This server cannot resolve conversations through its API, as Gitea 1.26 and newer can:"
                    + " the comment of a fixed finding is struck through instead.");
        }
        return server.text();
    }

    private boolean isOrganization(GiteaSession.Account account, String owner) throws ScmException {
        if (optional(api.url("orgs", owner), "read:organization: to see the organization " + owner) == null) {
            return false;
        }
        JsonNode may = optional(api.url("users", account.login(), "orgs", owner, "permissions"), null);
        if (may == null || !may.path("can_write").asBoolean()) {
            notes.add(account.login() + " may not write to all of " + owner + ": commit statuses are set in"
                    + " repositories that it may write to.");
        }
        if (may == null || !may.path("is_admin").asBoolean() && !may.path("is_owner").asBoolean()) {
            notes.add("Webhooks are registered in repositories that " + account.login()
                    + " is an administrator of; in others, somebody does that by hand.");
        }
        return true;
    }

    private int count(HttpUrl.Builder url) throws ScmException {
        try {
            String total = api.answer(url.addQueryParameter("limit", "1")).headers().get("X-Total-Count");
            return total != null && total.matches("\\d{1,9}") ? Integer.parseInt(total) : -1;
        } catch (ScmException e) {
            if (e.reason() == Reason.FORBIDDEN && says(e, "scope")) {
                missing.add("read:repository: to list repositories");
                return -1;
            }
            throw e;
        }
    }

    /** @param scope that the token lacks when it is refused for that, with what it is for; or null */
    private JsonNode optional(HttpUrl.Builder url, String scope) throws ScmException {
        try {
            return api.get(url);
        } catch (ScmException e) {
            boolean refused = e.reason() == Reason.FORBIDDEN && says(e, "scope");
            if (e.reason() != Reason.NOT_FOUND && !refused) {
                throw e;
            }
            if (refused && scope != null) {
                missing.add(scope);
            }
            return null;
        }
    }
}

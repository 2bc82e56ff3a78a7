package io.jenkins.plugins.scmchecks.engine.scm.azure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.jenkins.plugins.scmchecks.engine.scm.ConnectionReport;
import io.jenkins.plugins.scmchecks.engine.scm.ConnectionReport.Status;
import io.jenkins.plugins.scmchecks.engine.scm.JsonApi;
import io.jenkins.plugins.scmchecks.engine.scm.MissingFieldException;
import io.jenkins.plugins.scmchecks.engine.scm.RepositoryPath;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException.Reason;
import io.jenkins.plugins.scmchecks.engine.webhook.WebhookTrust;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import okhttp3.HttpUrl;

/**
 * Looks at everything that has to be right before an integration works, and says what is not. Azure DevOps tells no
 * scopes, so they are found out by requests that would be refused for another reason if they were allowed.
 */
final class ConnectionTest {

    /** In so many projects repositories are looked for when none is named. */
    private static final int PROJECTS = 10;

    private final AzureSession session;
    private final AzureConnection connection;
    private final JsonApi api;
    private final List<String> missing = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private RepositoryPath sample;
    private int repositories;

    ConnectionTest(AzureSession session, AzureConnection connection) {
        this.session = session;
        this.connection = connection;
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
            case FORBIDDEN -> isBlocked(e.getMessage()) ? Status.SUSPENDED : Status.UNAUTHORIZED;
            case NOT_FOUND, RATE_LIMITED, UNAVAILABLE, REJECTED -> Status.UNREACHABLE;
        };
    }

    private static boolean isBlocked(String message) {
        String text = message.toLowerCase(Locale.ROOT);
        return text.contains("conditional access") || text.contains("is disabled") || text.contains("suspended");
    }

    private ConnectionReport look() throws ScmException {
        AzureSession.Account account = session.account();
        String project = session.integration().organization();
        String name = account.name() + (project.isEmpty() ? "" : " on " + project);
        String server = server(account);
        if (!account.active()) {
            return report(Status.SUSPENDED, name, server, "The account " + account.name()
                    + " is switched off. An administrator"
                    + " can change that, or another account's token can be used.");
        }
        notes.add("Azure DevOps does not tell a token's scopes and end: note the day, and make a new one in time.");
        if (project.isEmpty()) {
            lookAtProjects();
        } else {
            JsonNode found = repositories(project);
            if (found == null) {
                return report(Status.NOT_INSTALLED, name, server, "There is no project " + project + " that "
                        + account.name()
                        + " can see. Check its name, and make the token's owner a member of it.");
            }
            String state = found.path(0).path("project").path("state").asText("wellFormed");
            if (!state.equals("wellFormed")) {
                return report(Status.SUSPENDED, name, server, "The project " + project + " is " + state + ".");
            }
            count(found);
        }
        lookAtWriting();
        lookAtHooks();
        if (session.delayed()) {
            notes.add("Azure DevOps delays this account's requests: it is near its limit.");
        }
        return report(Status.ACTIVE, name, server, "");
    }

    private ConnectionReport report(Status status, String account, String server, String reason) {
        int known = status == Status.ACTIVE ? repositories : -1;
        return new ConnectionReport(status, account, server, known, missing, notes, null, reason);
    }

    private String server(AzureSession.Account account) throws ScmException {
        if (!account.server()) {
            return "Azure DevOps Services";
        }
        String version = session.version();
        if (session.isBefore7()) {
            notes.add("This server has version " + version
                    + " of the REST API, which is older than Azure DevOps Server 2022"
                    + " (7.0): suggested changes are shown there as code, and a click does not apply them.");
        }
        return "Azure DevOps Server, REST API " + version;
    }

    private void lookAtProjects() throws ScmException {
        JsonNode projects;
        try {
            projects = api.get(session.collection("projects").addQueryParameter("$top", Integer.toString(PROJECTS + 1)))
                    .path("value");
        } catch (ScmException e) {
            note(e, "Project and Team (Read)", "View project-level information", "to list the projects");
            return;
        }
        int seen = 0;
        for (JsonNode project : projects) {
            if (seen++ < PROJECTS) {
                JsonNode found = repositories(project.path("name").asText());
                count(found == null ? MissingNode.getInstance() : found);
            }
        }
        if (projects.size() > PROJECTS) {
            repositories = -1; // counting them all would take a request for each project
        }
        if (projects.isEmpty()) {
            notes.add("The token's owner is a member of no project.");
        }
    }

    /** {@return null when there is no such project; projects themselves are told for another scope alone} */
    private JsonNode repositories(String project) throws ScmException {
        try {
            return api.get(session.git(project, "repositories")).path("value");
        } catch (ScmException e) {
            if (e.reason() == Reason.NOT_FOUND) {
                return null;
            }
            note(e, "Code (Read)", "Read", "to list and read repositories");
            return MissingNode.getInstance();
        }
    }

    private void count(JsonNode found) throws ScmException {
        try {
            for (JsonNode repository : found) {
                repositories++;
                sample = sample == null && !repository.path("isDisabled").asBoolean()
                        ? AzureJson.path(repository, "")
                        : sample;
            }
        } catch (MissingFieldException e) {
            throw new ScmException(Reason.UNAVAILABLE, "Azure DevOps' list of repositories: " + e.getMessage(), e);
        }
    }

    /** There is no pull request 0 and no commit of zeros: nothing can come of these. */
    private void lookAtWriting() throws ScmException {
        if (sample == null) {
            return;
        }
        probe(
                session.repository(sample, "pullRequests", "0", "threads"),
                "Pull Request Threads (Read & write)",
                "Contribute to pull requests",
                "to comment on pull requests");
        probe(
                session.repository(sample, "commits", "0".repeat(40), "statuses"),
                "Code (Status)",
                "Contribute",
                "to set statuses");
    }

    private void probe(HttpUrl.Builder url, String scope, String permission, String purpose) throws ScmException {
        try {
            api.post(url, Map.of());
        } catch (ScmException e) {
            note(e, scope, permission, purpose);
        }
    }

    private void lookAtHooks() throws ScmException {
        if (!(session.integration().trust() instanceof WebhookTrust.BasicAuth)) {
            notes.add("Without a user and a password no service hook is registered, and deliveries are refused.");
        }
        try {
            api.get(session.collection("hooks", "subscriptions").addQueryParameter("publisherId", "tfs"));
        } catch (ScmException e) {
            note(e, "Code (Read)", "View and Edit subscriptions", "to register service hooks");
        }
    }

    /** The credential is known to be good by now: a 401 is then about a scope, a 403 about the owner's permissions. */
    private void note(ScmException e, String scope, String permission, String purpose) throws ScmException {
        switch (e.reason()) {
            case UNAUTHORIZED -> missing.add("scope " + scope + ": " + purpose);
            case FORBIDDEN -> missing.add("permission " + permission + " for the token's owner: " + purpose);
            case UNAVAILABLE -> notes.add("Whether the token suffices " + purpose + " could not be found out: "
                    + e.getMessage());
            case RATE_LIMITED -> throw e;
            case NOT_FOUND, REJECTED -> {} // allowed
        }
    }
}

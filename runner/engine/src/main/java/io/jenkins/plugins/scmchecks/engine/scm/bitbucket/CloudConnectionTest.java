package io.jenkins.plugins.scmchecks.engine.scm.bitbucket;

import io.jenkins.plugins.scmchecks.engine.scm.ConnectionReport;
import io.jenkins.plugins.scmchecks.engine.scm.ConnectionReport.Status;
import io.jenkins.plugins.scmchecks.engine.scm.JsonApi;
import io.jenkins.plugins.scmchecks.engine.scm.ScmCredential;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Looks at everything that has to be right before an integration works, and says what is not. */
final class CloudConnectionTest {

    /**
     * @param classic the scope of access tokens, which longer ones such as {@code pullrequest:write} include
     * @param granular the same as API tokens have it
     */
    private record Need(String classic, List<String> granular, String purpose) {

        boolean isIn(Set<String> scopes) {
            boolean classicly = scopes.stream().anyMatch(s -> s.equals(classic) || s.startsWith(classic + ":"));
            return classicly || scopes.containsAll(granular);
        }

        String missing() {
            return classic + " (API tokens: " + String.join(", ", granular) + "): " + purpose;
        }
    }

    private static final Need REPOSITORY = new Need(
            "repository",
            List.of("read:repository:bitbucket"),
            "to list repositories, and set reports and build statuses");
    private static final Need PULL_REQUEST = new Need(
            "pullrequest",
            List.of("read:pullrequest:bitbucket", "write:pullrequest:bitbucket"),
            "to read pull requests and write comments");
    private static final Need WEBHOOK = new Need(
            "webhook",
            List.of("read:webhook:bitbucket", "write:webhook:bitbucket", "delete:webhook:bitbucket"),
            "to register webhooks");

    private final CloudSession session;
    private final JsonApi api;

    CloudConnectionTest(CloudSession session) {
        this.session = session;
        this.api = session.api();
    }

    ConnectionReport run() {
        String workspace = session.integration().organization();
        if (workspace.isEmpty()) {
            return ConnectionReport.failed(
                    Status.NOT_INSTALLED, "Enter the workspace: its name in the address bitbucket.org/WORKSPACE.");
        }
        CloudSession.Account account = null;
        try {
            account = session.account();
            JsonApi.Answer answer =
                    api.answer(api.url("repositories", workspace).addQueryParameter("pagelen", "1"));
            String name = account.name() + " on " + workspace;
            List<String> notes = notes();
            List<String> missing = missing(answer, notes);
            int count = answer.body().path("size").asInt(-1);
            return account.active()
                    ? new ConnectionReport(Status.ACTIVE, name, "Bitbucket Cloud", count, missing, notes, null, "")
                    : new ConnectionReport(Status.SUSPENDED, name, "Bitbucket Cloud", count, missing, notes, null,
                            "The account " + account.name() + " is inactive. Use another account's token.");
        } catch (ScmException e) {
            return failed(e, account, workspace);
        }
    }

    private static ConnectionReport failed(ScmException e, CloudSession.Account account, String workspace) {
        return switch (e.reason()) {
            case UNAUTHORIZED, FORBIDDEN -> ConnectionReport.failed(Status.UNAUTHORIZED, e.getMessage());
            case NOT_FOUND -> account == null
                    ? ConnectionReport.failed(Status.UNREACHABLE, e.getMessage())
                    : ConnectionReport.failed(Status.NOT_INSTALLED, "There is no workspace " + workspace
                            + " that the credential can see. Check its name in the address bitbucket.org/WORKSPACE. "
                            + e.getMessage());
            case RATE_LIMITED, UNAVAILABLE, REJECTED -> ConnectionReport.failed(Status.UNREACHABLE, e.getMessage());
        };
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (session.integration().credential() instanceof ScmCredential.UserToken token && !token.user().contains("@")) {
            notes.add("This looks like an app password. Bitbucket Cloud ended them on 9 June 2026: use an access token, or the"
                    + " e-mail address of an account with its API token.");
        }
        return notes;
    }

    /** Every answer names the token's scopes in {@code X-OAuth-Scopes}. */
    private static List<String> missing(JsonApi.Answer answer, List<String> notes) {
        String header = answer.headers().get("X-OAuth-Scopes");
        if (header == null) {
            notes.add("Bitbucket does not tell the scopes of this token; it needs repository, pullrequest and webhook.");
            return List.of();
        }
        Set<String> scopes = Set.copyOf(List.of(header.strip().split("[\\s,]+")).stream().distinct().toList());
        List<String> missing = new ArrayList<>();
        if (!REPOSITORY.isIn(scopes) && !PULL_REQUEST.isIn(scopes)) {
            missing.add(REPOSITORY.missing());
        }
        if (!PULL_REQUEST.isIn(scopes)) {
            missing.add(PULL_REQUEST.missing());
        }
        if (!WEBHOOK.isIn(scopes)) {
            missing.add(WEBHOOK.missing());
        }
        return missing;
    }
}

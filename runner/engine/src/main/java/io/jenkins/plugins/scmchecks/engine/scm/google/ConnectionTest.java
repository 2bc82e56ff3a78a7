package io.jenkins.plugins.scmchecks.engine.scm.google;

import io.jenkins.plugins.scmchecks.engine.scm.ConnectionReport;
import io.jenkins.plugins.scmchecks.engine.scm.ConnectionReport.Status;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException;
import io.jenkins.plugins.scmchecks.engine.webhook.WebhookTrust;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Looks at everything that has to be right before an integration works, and says what is not. */
final class ConnectionTest {

    private final GoogleSession session;
    private final GoogleConnection connection;
    private final List<String> missing = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    ConnectionTest(GoogleSession session, GoogleConnection connection) {
        this.session = session;
        this.connection = connection;
    }

    ConnectionReport run() {
        try {
            scopes(session.token().scope());
        } catch (ScmException e) {
            return ConnectionReport.failed(refused(e), e.getMessage());
        }
        String project = session.integration().organization();
        String account = session.grant().account() + (project.isEmpty() ? "" : " on " + project);
        if (!(session.integration().trust() instanceof WebhookTrust.GoogleIdentity)) {
            notes.add("Without an audience and a service account for pushes, every webhook is refused.");
        }
        int[] count = new int[1];
        try {
            connection.repositories(repository -> count[0]++);
        } catch (ScmException e) {
            return new ConnectionReport(
                    closed(e), account, "Google Cloud", -1, missing, notes, null, e.getMessage());
        }
        return new ConnectionReport(Status.ACTIVE, account, "Google Cloud", count[0], missing, notes, null, "");
    }

    /** A refresh token has the scopes that were asked for when it was made. */
    private void scopes(String granted) {
        Set<String> scopes = new HashSet<>(List.of(granted.split(" ")));
        boolean repositories = scopes.stream().anyMatch(s -> s.contains("/auth/source."));
        if (!granted.isEmpty() && !scopes.contains(TokenGrant.SCOPE) && !repositories) {
            missing.add(TokenGrant.SCOPE + ": to list repositories");
        }
    }

    private static Status refused(ScmException e) {
        return switch (e.reason()) {
            case UNAUTHORIZED, FORBIDDEN -> e.getMessage().toLowerCase(Locale.ROOT).contains("account is disabled")
                    ? Status.SUSPENDED
                    : Status.UNAUTHORIZED;
            case NOT_FOUND, RATE_LIMITED, UNAVAILABLE, REJECTED -> Status.UNREACHABLE;
        };
    }

    /** Whoever may not see a project is told neither whether it is there nor whether it has repositories. */
    private static Status closed(ScmException e) {
        return switch (e.reason()) {
            case UNAUTHORIZED -> Status.UNAUTHORIZED;
            case FORBIDDEN, NOT_FOUND -> Status.NOT_INSTALLED;
            case RATE_LIMITED, UNAVAILABLE, REJECTED -> Status.UNREACHABLE;
        };
    }
}

package io.jenkins.plugins.scmchecks.engine.scm.gitlab;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.scmchecks.engine.scm.ConnectionReport;
import io.jenkins.plugins.scmchecks.engine.scm.ConnectionReport.Status;
import io.jenkins.plugins.scmchecks.engine.scm.JsonApi;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException.Reason;
import io.jenkins.plugins.scmchecks.engine.webhook.WebhookTrust;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/** Looks at everything that has to be right before an integration works, and says what is not. */
final class ConnectionTest {

    private static final int DEVELOPER = 30;
    private static final int MAINTAINER = 40;
    private static final Pattern VERSION = Pattern.compile("^(\\d{1,4})\\.(\\d{1,4})");

    private final GitLabSession session;
    private final JsonApi api;
    private final List<String> missing = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private Instant expires;

    ConnectionTest(GitLabSession session) {
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
            case FORBIDDEN -> isBlocked(e.getMessage()) ? Status.SUSPENDED : Status.UNAUTHORIZED;
            case NOT_FOUND, RATE_LIMITED, UNAVAILABLE, REJECTED -> Status.UNREACHABLE;
        };
    }

    private static boolean isBlocked(String message) {
        return message.toLowerCase(Locale.ROOT).contains("has been blocked");
    }

    private ConnectionReport look() throws ScmException {
        GitLabSession.Account account = session.account();
        String group = session.integration().organization();
        String name = account.username() + (group.isEmpty() ? "" : " on " + group);
        if (session.isOAuth()) {
            lookAtOAuth();
        } else {
            lookAtToken();
        }
        String server = server();
        if (!account.state().equals("active")) {
            return report(Status.SUSPENDED, name, server, -1, "The account " + account.username() + " is "
                    + account.state() + ". An administrator of GitLab can change that, or another account's token can"
                    + " be used.");
        }
        if (!group.isEmpty() && !lookAtGroup(account)) {
            return report(Status.NOT_INSTALLED, name, server, -1, "There is no group " + group + " that "
                    + account.username() + " can see. Check its full path, with all parent groups, and make the token's"
                    + " owner a member of it.");
        }
        return report(Status.ACTIVE, name, server, count(group), "");
    }

    private ConnectionReport report(Status status, String account, String server, int repositories, String reason) {
        return new ConnectionReport(status, account, server, repositories, missing, notes, expires, reason);
    }

    /** Personal, group and project access tokens tell of themselves since GitLab 15.5. */
    private void lookAtToken() throws ScmException {
        JsonNode token = optional(api.url("personal_access_tokens", "self"));
        if (token == null) {
            notes.add("This GitLab does not tell the scopes and the end of a token; it needs the scope api.");
            return;
        }
        scopes(token.path("scopes"));
        String end = token.path("expires_at").asText("");
        try {
            // The token ends when that day begins (UTC).
            expires = end.isEmpty() ? null : LocalDate.parse(end).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeException e) {
            notes.add("GitLab tells the end of the token in a form that is not known: " + end);
        }
    }

    private void lookAtOAuth() throws ScmException {
        try {
            scopes(session.web().get(session.web().url("oauth", "token", "info")).path("scope"));
        } catch (ScmException e) {
            if (e.reason() != Reason.NOT_FOUND && e.reason() != Reason.FORBIDDEN) {
                throw e;
            }
        }
    }

    private void scopes(JsonNode granted) {
        Set<String> scopes = new HashSet<>();
        granted.forEach(scope -> scopes.add(scope.asText()));
        if (!scopes.contains("api")) {
            missing.add("api: to list projects, set commit statuses, write comments and register webhooks");
        }
    }

    /** {@return GitLab's name and version, with a note of what that version lacks} */
    private String server() throws ScmException {
        JsonNode metadata = optional(api.url("version"));
        String version = metadata == null ? "" : metadata.path("version").asText("");
        Matcher matcher = VERSION.matcher(version);
        if (matcher.find()) {
            int major = Integer.parseInt(matcher.group(1));
            if (major < 16) {
                notes.add("GitLab " + version + " is older than 16.0, which is the oldest that this is made for.");
            }
            boolean signing = session.integration().trust() instanceof WebhookTrust.SharedSecret secret
                    && secret.value().startsWith(GitLabVerifier.SIGNING_TOKEN);
            if (signing && major < 19) {
                notes.add("GitLab " + version + " may not sign webhooks yet: if registering one says so, use a webhook"
                        + " secret that does not begin with " + GitLabVerifier.SIGNING_TOKEN + ".");
            }
        }
        return version.isEmpty() ? "GitLab" : "GitLab " + version;
    }

    /** {@return whether the group, or the person of that name, can be seen} */
    private boolean lookAtGroup(GitLabSession.Account account) throws ScmException {
        String group = session.integration().organization();
        JsonNode found = optional(session.group().addQueryParameter("with_projects", "false"));
        if (found == null) {
            return !group.contains("/")
                    && !api.get(api.url("users").addQueryParameter("username", group)).isEmpty();
        }
        if (found.hasNonNull("marked_for_deletion_on")) {
            notes.add("The group is to be deleted on " + found.path("marked_for_deletion_on").asText() + ".");
        }
        JsonNode member = optional(session.group("members", "all", Long.toString(account.id())));
        int level = member == null ? 0 : member.path("access_level").asInt();
        if (member == null) {
            notes.add(account.username() + " is no member of the group itself: only projects that it is a member of, or"
                    + " that are public, can be reached.");
        } else if (level < DEVELOPER) {
            missing.add("role Developer: to set commit statuses and resolve threads");
        }
        if (member != null && level < MAINTAINER) {
            notes.add("The role Maintainer is needed to register webhooks; without it, somebody does that by hand.");
        }
        return true;
    }

    /** Past ten thousand GitLab does not count any more. */
    private int count(String group) throws ScmException {
        HttpUrl.Builder url = group.isEmpty()
                ? api.url("projects").addQueryParameter("membership", "true")
                : session.group("projects")
                        .addQueryParameter("include_subgroups", "true")
                        .addQueryParameter("with_shared", "false");
        try {
            String total = api.answer(url.addQueryParameter("per_page", "1")).headers().get("X-Total");
            return total != null && total.matches("\\d{1,9}") ? Integer.parseInt(total) : -1;
        } catch (ScmException e) {
            if (e.reason() != Reason.NOT_FOUND) {
                throw e;
            }
            return -1; // somebody's own namespace
        }
    }

    private JsonNode optional(HttpUrl.Builder url) throws ScmException {
        try {
            return api.get(url);
        } catch (ScmException e) {
            if (e.reason() != Reason.NOT_FOUND && (e.reason() != Reason.FORBIDDEN || isBlocked(e.getMessage()))) {
                throw e;
            }
            return null;
        }
    }
}

package io.jenkins.plugins.scmchecks.engine.scm.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.scmchecks.engine.scm.ConnectionReport;
import io.jenkins.plugins.scmchecks.engine.scm.ConnectionReport.Status;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException.Reason;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import okhttp3.Headers;
import okhttp3.HttpUrl;

/** Looks at everything that has to be right before an integration works, and says what is not. */
final class ConnectionTest {

    private static final Map<String, String> PERMISSIONS = permissions();

    private static final Set<String> EVENTS = new TreeSet<>(Set.of(
            "push", "create", "delete", "pull_request", "check_run", "check_suite", "repository"));

    private final GitHubSession session;
    private final List<String> missing = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    ConnectionTest(GitHubSession session) {
        this.session = session;
    }

    private static Map<String, String> permissions() {
        Map<String, String> permissions = new LinkedHashMap<>();
        permissions.put("metadata:read", "list repositories");
        permissions.put("contents:read", "read folders and changed files");
        permissions.put("checks:write", "show the check and its annotations");
        permissions.put("pull_requests:write", "write inline comments");
        permissions.put("issues:write", "write the summary comment");
        permissions.put("statuses:write", "set commit statuses");
        return permissions;
    }

    ConnectionReport run() {
        try {
            return session.isApp() ? testApp() : testToken();
        } catch (ScmException e) {
            return ConnectionReport.failed(status(e.reason()), e.getMessage());
        }
    }

    private static Status status(Reason reason) {
        return switch (reason) {
            case UNAUTHORIZED, FORBIDDEN -> Status.UNAUTHORIZED;
            case NOT_FOUND -> Status.NOT_INSTALLED;
            case RATE_LIMITED, UNAVAILABLE, REJECTED -> Status.UNREACHABLE;
        };
    }

    private ConnectionReport testApp() throws ScmException {
        GitHubApi api = session.asApp();
        GitHubApi.Answer app = signIn(api);
        String name = "App \"" + app.body().path("name").asText() + "\"";
        String organization = session.integration().organization();
        if (!organization.isEmpty()) {
            JsonNode installation = installation(api, organization);
            if (installation == null) {
                String page = app.body().path("html_url").asText() + "/installations/new";
                String reason = name + " is not installed in " + organization + ". Install it: " + page;
                return report(Status.NOT_INSTALLED, name, app.headers(), -1, reason);
            }
            name += " on " + installation.path("account").path("login").asText(organization);
            if (!installation.path("suspended_at").asText("null").equals("null")) {
                return report(Status.SUSPENDED, name, app.headers(), -1, "The installation is suspended. An owner of "
                        + organization + " can unsuspend it: " + installation.path("html_url").asText());
            }
            checkPermissions(installation.path("permissions"));
            checkEvents(installation.path("events"));
        }
        JsonNode repositories = session.api().get(
                session.api().url("installation", "repositories").addQueryParameter("per_page", "1"));
        return report(Status.ACTIVE, name, app.headers(), repositories.path("total_count").asInt(-1), "");
    }

    /** GitHub answers 404 instead of 401 to a well-made token of an App that it does not know. */
    private static GitHubApi.Answer signIn(GitHubApi api) throws ScmException {
        try {
            return api.answer(api.url("app"));
        } catch (ScmException e) {
            throw e.reason() == Reason.NOT_FOUND
                    ? new ScmException(Reason.UNAUTHORIZED, "GitHub knows no App with this id. " + e.getMessage(), e)
                    : e;
        }
    }

    private static JsonNode installation(GitHubApi api, String organization) throws ScmException {
        for (String kind : List.of("orgs", "users")) {
            try {
                return api.get(api.url(kind, organization, "installation"));
            } catch (ScmException e) {
                if (e.reason() != Reason.NOT_FOUND) {
                    throw e;
                }
            }
        }
        return null;
    }

    private void checkPermissions(JsonNode granted) {
        PERMISSIONS.forEach((permission, use) -> {
            String[] parts = permission.split(":");
            String level = granted.path(parts[0]).asText("none");
            if (!level.equals(parts[1]) && !level.equals("write") && !level.equals("admin")) {
                missing.add(permission + ": to " + use);
            }
        });
        if (!granted.path("contents").asText().equals("write")) {
            notes.add("Without contents:write GitHub does not let an App resolve threads: the comment of a fixed"
                    + " finding is marked as fixed instead.");
        }
    }

    private void checkEvents(JsonNode subscribed) {
        Set<String> lacking = new TreeSet<>(EVENTS);
        subscribed.forEach(e -> lacking.remove(e.asText()));
        lacking.forEach(e -> missing.add("event " + e + ": to hear of it without waiting for a scan"));
    }

    private ConnectionReport testToken() throws ScmException {
        GitHubApi api = session.api();
        GitHubApi.Answer user = api.answer(api.url("user"));
        String login = user.body().path("login").asText();
        checkScopes(user.headers().get("X-OAuth-Scopes"));
        notes.add("A token cannot make checks: a commit status is set instead, without annotations.");
        String organization = session.integration().organization();
        String account = "user " + login + (organization.isEmpty() ? "" : " on " + organization);
        int repositories = repositories(api, organization, login);
        if (repositories < 0) {
            return report(Status.UNAUTHORIZED, account, user.headers(), -1, "There is no organization or user "
                    + organization + ", or the token may not see it. Check the name, the token's resource owner and"
                    + " whether the organization asks for single sign-on.");
        }
        return report(Status.ACTIVE, account, user.headers(), repositories, "");
    }

    private void checkScopes(String header) {
        if (header == null || header.isBlank()) {
            notes.add("GitHub does not tell the permissions of a fine-grained token; it needs contents:read,"
                    + " pull_requests:write, issues:write, statuses:write and, to register webhooks, webhooks:write.");
            return;
        }
        Set<String> scopes = Arrays.stream(header.split("\\s*,\\s*")).map(String::strip).collect(Collectors.toSet());
        if (!scopes.contains("repo")) {
            missing.add("repo: to read private repositories, set commit statuses and write comments");
        }
        if (!scopes.contains("admin:repo_hook") && !scopes.contains("write:repo_hook")) {
            missing.add("admin:repo_hook: to register webhooks");
        }
    }

    /** {@return how many repositories a listing has, told by its last page's number; -1 for no such owner} */
    private static int repositories(GitHubApi api, String organization, String login) throws ScmException {
        List<HttpUrl.Builder> listings = organization.isEmpty() || organization.equalsIgnoreCase(login)
                ? List.of(api.url("user", "repos"))
                : List.of(api.url("orgs", organization, "repos"), api.url("users", organization, "repos"));
        for (HttpUrl.Builder listing : listings) {
            try {
                GitHubApi.Answer page = api.answer(listing.addQueryParameter("per_page", "1"));
                String last = page.link("last");
                String number = last == null ? null : HttpUrl.get(last).queryParameter("page");
                return number == null ? page.body().size() : Integer.parseInt(number);
            } catch (ScmException e) {
                if (e.reason() != Reason.NOT_FOUND) {
                    throw e;
                }
            } catch (NumberFormatException e) {
                return 0;
            }
        }
        return -1;
    }

    private ConnectionReport report(Status status, String account, Headers headers, int repositories, String reason) {
        String version = headers.get("X-GitHub-Enterprise-Version");
        return new ConnectionReport(
                status,
                account,
                version == null ? "GitHub" : "GitHub Enterprise Server " + version,
                repositories,
                missing,
                notes,
                expiry(headers.get("github-authentication-token-expiration")),
                reason);
    }

    /** GitHub writes {@code 2026-03-01 12:00:00 UTC} or the same with an offset. */
    private static Instant expiry(String header) {
        if (header == null) {
            return null;
        }
        String text = header.strip().replace("UTC", "+0000");
        DateTimeFormatter format = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss Z", Locale.ROOT);
        try {
            return OffsetDateTime.parse(text, format).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }
}

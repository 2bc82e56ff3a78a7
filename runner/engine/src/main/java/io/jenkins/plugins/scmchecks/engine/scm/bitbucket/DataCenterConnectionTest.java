package io.jenkins.plugins.scmchecks.engine.scm.bitbucket;

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
final class DataCenterConnectionTest {

    private static final int MOST_COUNTED_PAGES = 20;

    private final DataCenterSession session;
    private final JsonApi api;

    DataCenterConnectionTest(DataCenterSession session) {
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
            case UNAUTHORIZED, FORBIDDEN -> Status.UNAUTHORIZED;
            case NOT_FOUND, RATE_LIMITED, UNAVAILABLE, REJECTED -> Status.UNREACHABLE;
        };
    }

    private ConnectionReport look() throws ScmException {
        DataCenterSession.Version version = session.version();
        String project = session.integration().organization();
        String account = session.account();
        String name = account + (project.isEmpty() ? "" : " on " + project);
        String server = "Bitbucket Data Center " + version.text();
        List<String> missing = new ArrayList<>();
        List<String> notes = notes(version);
        Status status = Status.ACTIVE;
        String reason = "";
        if (!isActive(account)) {
            status = Status.SUSPENDED;
            reason = "The account " + account + " is inactive. An administrator of Bitbucket can change that, or another"
                    + " account's token can be used.";
        } else if (!project.isEmpty() && !isThere(project)) {
            status = Status.NOT_INSTALLED;
            reason = "There is no project " + project + " that " + account + " can see. Check its key, and give the account"
                    + " permission to the project.";
        }
        int repositories = -1;
        if (status == Status.ACTIVE) {
            repositories = count("REPO_READ");
            int written = count("REPO_WRITE");
            int administered = count("REPO_ADMIN");
            if (repositories != 0 && written == 0) {
                missing.add("repository write: to resolve comments' threads and set build statuses");
            }
            if (repositories != 0 && administered == 0) {
                missing.add("repository admin: to register webhooks; without it, somebody does that by hand");
            }
        }
        return new ConnectionReport(status, name, server, repositories, missing, notes, null, reason);
    }

    private static List<String> notes(DataCenterSession.Version version) {
        List<String> notes = new ArrayList<>();
        if (version.major() > 0 && !version.isAtLeast(8, 0)) {
            notes.add("Bitbucket " + version.text() + " is older than 8.0, which is the oldest that this is made for.");
        } else if (version.major() > 0 && !DataCenterComments.resolves(version)) {
            notes.add("Bitbucket " + version.text() + " has no threads that can be resolved; comments on what is mended stay"
                    + " open until 8.9.");
        }
        return notes;
    }

    private boolean isActive(String account) throws ScmException {
        try {
            return api.get(session.core("users", account.toLowerCase(Locale.ROOT))).path("active").asBoolean(true);
        } catch (ScmException e) {
            if (e.reason() != Reason.NOT_FOUND && e.reason() != Reason.FORBIDDEN) {
                throw e;
            }
            return true; // the account behind a project's or repository's token is not listed
        }
    }

    private boolean isThere(String project) throws ScmException {
        try {
            api.get(session.core("projects", project));
            return true;
        } catch (ScmException e) {
            if (e.reason() != Reason.NOT_FOUND && e.reason() != Reason.FORBIDDEN) {
                throw e;
            }
            return false;
        }
    }

    /** {@return how many repositories the credential has that permission for; -1 for very many} */
    private int count(String permission) throws ScmException {
        String project = session.integration().organization();
        HttpUrl.Builder url = DataCenterSession.list(session.core("repos")).addQueryParameter("permission", permission);
        if (!project.isEmpty()) {
            url.addQueryParameter("projectkey", project);
        }
        int[] count = {0};
        boolean all = api.pages(url, MOST_COUNTED_PAGES, DataCenterSession.PAGING, (JsonNode repository) -> {
            String key = repository.path("project").path("key").asText();
            count[0] += project.isEmpty() || project.equalsIgnoreCase(key) ? 1 : 0;
            return true;
        });
        return all ? count[0] : -1;
    }
}

package io.jenkins.plugins.scmchecks.forge.bitbucket;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.scmchecks.forge.bitbucket.CloudCall.Endpoint;
import io.jenkins.plugins.scmchecks.forge.http.Answer;
import io.jenkins.plugins.scmchecks.forge.http.Router;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.CommitStatus;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Code Insights reports with their annotations, and build statuses. */
final class CloudChecksApi {

    private static final String COMMIT = "/repositories/{workspace}/{repo}/commit/{commit}";
    private static final String REPORT = COMMIT + "/reports/{report}";
    private static final int MOST_ANNOTATIONS = 1_000;
    private static final int MOST_AT_ONCE = 100;

    private final Reports reports;

    CloudChecksApi(Reports reports) {
        this.reports = reports;
    }

    void addTo(Router<Endpoint> router) {
        router.add("PUT", REPORT, of(this::saveReport));
        router.add("GET", REPORT, of(call -> Answer.json(200, report(call).json())));
        router.add("DELETE", REPORT, of(call -> {
            Repo repo = call.repository(Account.Role.WRITE);
            reports.delete(repo, call.commit(repo), call.variable("report"));
            return Answer.empty(204);
        }));
        router.add("POST", REPORT + "/annotations", of(this::annotate));
        router.add("GET", REPORT + "/annotations", of(call ->
                call.page(List.copyOf(report(call).annotations().values()), annotation -> annotation)));
        router.add("POST", COMMIT + "/statuses/build", of(CloudChecksApi::saveStatus));
        router.add("GET", COMMIT + "/statuses/build/{key}", of(CloudChecksApi::status));
    }

    private static Endpoint of(Function<CloudCall, Answer> handler) {
        return new Endpoint("repository", handler);
    }

    private Reports.Report report(CloudCall call) {
        Repo repo = call.repository(Account.Role.READ);
        return reports.find(repo, call.commit(repo), call.variable("report"))
                .orElseThrow(() -> BitbucketError.cloud(404, "Report not found"));
    }

    private Answer saveReport(CloudCall call) {
        Repo repo = call.repository(Account.Role.WRITE);
        String sha = call.commit(repo);
        Fields body = call.fields("title", "details", "external_id", "reporter", "link", "remote_link_enabled", "logo_url",
                "report_type", "result", "data");
        body.required("title", 450);
        body.required("details", 2_000);
        body.optional("reporter", 450);
        body.address("link", 2_000, false);
        body.oneOf("report_type", Set.of("SECURITY", "COVERAGE", "TEST", "BUG"));
        body.oneOf("result", Set.of("PASSED", "FAILED", "PENDING"));
        if (body.json().path("data").size() > 10) {
            throw BitbucketError.cloudField("data", "at most 10 fields are allowed");
        }
        body.json().path("data").forEach(datum -> {
            Fields field = Fields.of(datum, Set.of("title", "type", "value"), BitbucketError::cloudField);
            field.required("title", 450);
            field.oneOf("type", Set.of(
                    "BOOLEAN", "DATE", "DURATION", "LINK", "NUMBER", "PERCENTAGE", "TEXT"));
        });
        return Answer.json(200, reports.save(repo, sha, call.variable("report"), body.json(), call.user()).json());
    }

    private Answer annotate(CloudCall call) {
        call.repository(Account.Role.WRITE);
        Reports.Report report = report(call);
        JsonNode all = call.json();
        if (!all.isArray() || all.isEmpty() || all.size() > MOST_AT_ONCE) {
            throw BitbucketError.cloud(400, "The number of annotations has to be from 1 to " + MOST_AT_ONCE);
        }
        all.forEach(annotation -> {
            Fields fields = Fields.of(annotation, Set.of("type", "external_id", "annotation_type", "summary", "details",
                    "result", "severity", "path", "line", "link"), BitbucketError::cloudField);
            String id = fields.required("external_id", 450);
            fields.oneOf("annotation_type", Set.of("VULNERABILITY", "CODE_SMELL", "BUG"));
            fields.required("summary", 450);
            fields.optional("details", 2_000);
            fields.oneOf("severity", Set.of("CRITICAL", "HIGH", "MEDIUM", "LOW"));
            fields.oneOf("result", Set.of("PASSED", "FAILED", "SKIPPED", "IGNORED"));
            fields.required("path", 2_000);
            fields.number("line", 1);
            fields.address("link", 2_000, false);
            report.annotations().put(id, annotation);
        });
        if (report.annotations().size() > MOST_ANNOTATIONS) {
            throw BitbucketError.cloud(400, "A report has at most " + MOST_ANNOTATIONS + " annotations");
        }
        Reports.show(report, "summary", "details");
        return Answer.json(200, all);
    }

    private static Answer saveStatus(CloudCall call) {
        Repo repo = call.repository(Account.Role.WRITE);
        String sha = call.commit(repo);
        Fields body = call.fields("key", "state", "name", "description", "url", "refname");
        String key = body.required("key", 40);
        String state = body.oneOf("state", Set.of("SUCCESSFUL", "FAILED", "INPROGRESS", "STOPPED"));
        String url = body.address("url", 1_000, true);
        if (!url.matches("https?://([^/:]*\\.)[^/:]+.*")) {
            throw BitbucketError.cloudField("url", "Enter a valid URL.");
        }
        String name = body.optional("name", 255);
        String description = body.optional("description", 255);
        body.optional("refname", 255);
        repo.statuses().removeIf(status -> status.sha().equals(sha) && status.context().equals(key));
        CommitStatus status = new CommitStatus(repo.state().nextId(), sha, key, state,
                (name == null ? key : name) + ": " + description, url, call.user(), repo.state().now());
        repo.statuses().add(status);
        return Answer.json(201, json(status));
    }

    private static Answer status(CloudCall call) {
        Repo repo = call.repository(Account.Role.READ);
        String sha = call.commit(repo);
        return repo.statuses().stream()
                .filter(status -> status.sha().equals(sha) && status.context().equals(call.variable("key")))
                .findFirst()
                .map(status -> Answer.json(200, json(status)))
                .orElseThrow(() -> BitbucketError.cloud(404, "Build status not found"));
    }

    private static ObjectNode json(CommitStatus status) {
        return CloudCall.object().put("type", "build").put("key", status.context()).put("state", status.state())
                .put("description", status.description()).put("url", status.targetUrl());
    }
}

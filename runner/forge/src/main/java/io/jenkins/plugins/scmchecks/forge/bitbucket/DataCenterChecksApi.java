package io.jenkins.plugins.scmchecks.forge.bitbucket;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.scmchecks.forge.bitbucket.DataCenterCall.Endpoint;
import io.jenkins.plugins.scmchecks.forge.http.Answer;
import io.jenkins.plugins.scmchecks.forge.http.Router;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.CommitStatus;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import java.util.Set;

/** Code Insights reports with their annotations, and build statuses. */
final class DataCenterChecksApi {

    private static final String REPORT =
            "/insights/latest/projects/{project}/repos/{repo}/commits/{commit}/reports/{report}";
    private static final String BUILDS = DataCenterDialect.REPOSITORY + "/commits/{commit}/builds";
    private static final int MOST_ANNOTATIONS = 1_000;

    private final Reports reports;

    DataCenterChecksApi(Reports reports) {
        this.reports = reports;
    }

    void addTo(Router<Endpoint> router) {
        router.add("PUT", REPORT, this::saveReport);
        router.add("GET", REPORT, call -> Answer.json(200, report(call).json()));
        router.add("POST", REPORT + "/annotations", this::annotate);
        router.add("DELETE", REPORT + "/annotations", call -> {
            Reports.Report report = report(call);
            report.annotations().clear();
            Reports.show(report, "externalId", "message");
            return Answer.empty(204);
        });
        router.add("POST", BUILDS, DataCenterChecksApi::saveStatus);
        router.add("GET", BUILDS, DataCenterChecksApi::status);
    }

    private Reports.Report report(DataCenterCall call) {
        Repo repo = call.repository(Account.Role.READ);
        return reports.find(repo, call.commit(repo), call.variable("report"))
                .orElseThrow(() -> DataCenterCall.notFound("The report"));
    }

    private Answer saveReport(DataCenterCall call) {
        Repo repo = call.repository(Account.Role.READ);
        String sha = call.commit(repo);
        Fields body = call.fields(
                "title", "details", "result", "reporter", "link", "logoUrl", "data", "coverageProviderKey", "createdDate");
        body.required("title", 450);
        body.optional("details", 2_000);
        body.optional("reporter", 450);
        body.address("link", 2_000, false);
        if (body.has("result")) {
            body.oneOf("result", Set.of("PASS", "FAIL"));
        }
        if (body.json().path("data").size() > 6) {
            throw DataCenterCall.invalid("data", "at most 6 fields are allowed");
        }
        body.json().path("data").forEach(datum -> {
            Fields field = Fields.of(datum, Set.of("title", "type", "value"), DataCenterCall::invalid);
            field.required("title", 450);
            field.oneOf("type", Set.of("BOOLEAN", "DATE", "DURATION", "LINK", "NUMBER", "PERCENTAGE", "TEXT"));
        });
        return Answer.json(200, reports.save(repo, sha, call.variable("report"), body.json(), call.user()).json());
    }

    /** Nothing tells an annotation from one that is there: all are added, or none when they would be too many. */
    private Answer annotate(DataCenterCall call) {
        Reports.Report report = report(call);
        JsonNode all = call.fields("annotations").json().path("annotations");
        if (!all.isArray() || all.isEmpty() || report.annotations().size() + all.size() > MOST_ANNOTATIONS) {
            throw DataCenterCall.invalid("annotations", "a report has 1 to " + MOST_ANNOTATIONS + " annotations");
        }
        all.forEach(annotation -> {
            Fields fields = Fields.of(annotation, Set.of("externalId", "path", "line", "message", "severity", "type", "link"),
                    DataCenterCall::invalid);
            fields.optional("externalId", 450);
            fields.required("path", 2_000);
            fields.number("line", 0);
            fields.required("message", 2_000);
            fields.oneOf("severity", Set.of("LOW", "MEDIUM", "HIGH"));
            fields.oneOf("type", Set.of("VULNERABILITY", "CODE_SMELL", "BUG"));
            fields.address("link", 450, false);
        });
        all.forEach(annotation -> report.annotations().put("" + report.annotations().size(), annotation));
        Reports.show(report, "externalId", "message");
        return Answer.empty(204);
    }

    private static Answer saveStatus(DataCenterCall call) {
        Repo repo = call.repository(Account.Role.READ);
        String sha = call.commit(repo);
        Fields body = call.fields(
                "key", "state", "url", "name", "description", "parent", "ref", "buildNumber", "duration", "testResults");
        String key = body.required("key", 255);
        String state = body.oneOf("state", Set.of("SUCCESSFUL", "FAILED", "INPROGRESS", "CANCELLED", "UNKNOWN"));
        String url = body.address("url", 450, true);
        String name = body.optional("name", 255);
        String description = body.optional("description", 255);
        body.optional("parent", 1_024);
        String ref = body.optional("ref", 1_024);
        if (ref != null && !ref.startsWith("refs/")) {
            throw DataCenterCall.invalid("ref", "must begin with refs/");
        }
        repo.statuses().removeIf(status -> status.sha().equals(sha) && status.context().equals(key));
        repo.statuses().add(new CommitStatus(repo.state().nextId(), sha, key, state,
                (name == null ? key : name) + ": " + description, url, call.user(), repo.state().now()));
        return Answer.empty(204);
    }

    private static Answer status(DataCenterCall call) {
        Repo repo = call.repository(Account.Role.READ);
        String sha = call.commit(repo);
        String key = call.exchange().parameter("key")
                .orElseThrow(() -> DataCenterCall.invalid("key", "has to be given"));
        return repo.statuses().stream()
                .filter(status -> status.sha().equals(sha) && status.context().equals(key))
                .findFirst()
                .map(status -> Answer.json(200, json(status)))
                .orElseThrow(() -> DataCenterCall.notFound("The build status"));
    }

    private static ObjectNode json(CommitStatus status) {
        return DataCenterCall.object().put("key", status.context()).put("state", status.state())
                .put("description", status.description()).put("url", status.targetUrl());
    }
}

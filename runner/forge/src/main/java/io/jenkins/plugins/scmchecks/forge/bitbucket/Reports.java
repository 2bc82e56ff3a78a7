package io.jenkins.plugins.scmchecks.forge.bitbucket;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.Annotation;
import io.jenkins.plugins.scmchecks.forge.model.Check;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The Code Insights reports of commits; each shows as a check. */
final class Reports {

    private record Key(long repository, String sha, String id) {}

    /**
     * @param json as it was sent
     * @param annotations by their id, as they were sent
     */
    record Report(Check check, JsonNode json, Map<String, JsonNode> annotations) {}

    private final Map<Key, Report> reports = new LinkedHashMap<>();

    Optional<Report> find(Repo repo, String sha, String id) {
        return Optional.ofNullable(reports.get(new Key(repo.id(), sha, id)));
    }

    /** Makes or replaces a report; its annotations stay. */
    Report save(Repo repo, String sha, String id, JsonNode json, Account creator) {
        Report known = find(repo, sha, id).orElse(null);
        Check check = known == null
                ? new Check(repo.state().nextId(), repo, sha, json.path("title").asText(), creator, 0, repo.state().now())
                : known.check();
        check.externalId(id);
        check.name(json.path("title").asText());
        check.detailsUrl(json.path("link").asText(null));
        check.output(null, json.path("details").asText(null), null);
        switch (json.path("result").asText("")) {
            case "PASSED", "PASS" -> check.complete("success", repo.state().now());
            case "FAILED", "FAIL" -> check.complete("failure", repo.state().now());
            default -> check.start("in_progress");
        }
        if (known == null) {
            repo.checks().add(check);
        }
        Report report = new Report(check, json, known == null ? new LinkedHashMap<>() : known.annotations());
        reports.put(new Key(repo.id(), sha, id), report);
        return report;
    }

    void delete(Repo repo, String sha, String id) {
        find(repo, sha, id).ifPresent(report -> repo.checks().remove(report.check()));
        reports.remove(new Key(repo.id(), sha, id));
    }

    /** Shows the report's annotations, whose words Cloud and Data Center name differently. */
    static void show(Report report, String title, String message) {
        report.check().annotations().clear();
        for (JsonNode annotation : report.annotations().values()) {
            int line = annotation.path("line").asInt(1);
            report.check().annotations().add(new Annotation(
                    annotation.path("path").asText(),
                    line,
                    line,
                    null,
                    null,
                    annotation.path("severity").asText(),
                    annotation.path(message).asText(""),
                    annotation.path(title).asText(null),
                    null));
        }
    }
}

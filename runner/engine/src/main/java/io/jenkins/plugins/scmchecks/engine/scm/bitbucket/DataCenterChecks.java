package io.jenkins.plugins.scmchecks.engine.scm.bitbucket;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.scmchecks.engine.publish.AnsweringPublisher.Checks;
import io.jenkins.plugins.scmchecks.engine.publish.Digest;
import io.jenkins.plugins.scmchecks.engine.publish.Observed;
import io.jenkins.plugins.scmchecks.engine.publish.Publication;
import io.jenkins.plugins.scmchecks.engine.publish.Publication.Annotation;
import io.jenkins.plugins.scmchecks.engine.publish.Publisher.Target;
import io.jenkins.plugins.scmchecks.engine.scm.JsonApi;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import okhttp3.HttpUrl;

/**
 * A check is a Code Insights report with its annotations, and a build status, which gates merges. The report gets its
 * version last, so that one which was not finished is seen as such. Annotations are never told apart by the server: the
 * old ones are deleted first.
 */
final class DataCenterChecks implements Checks {

    /** More than that in a report refuses all of them. */
    static final int ANNOTATIONS = 1_000;

    private static final int MOST_ADDRESS = 450;

    private final DataCenterSession session;
    private final JsonApi api;

    DataCenterChecks(DataCenterSession session) {
        this.session = session;
        this.api = session.api();
    }

    @Override
    public String digest(Publication.Check check) {
        return Digest.of(check) + " " + state(check.conclusion());
    }

    @Override
    public Observed.Check observe(Target target, String externalId) throws ScmException {
        String key = ReportText.key(externalId);
        JsonNode report = find(session.insights(target.repository(), target.headSha(), "reports", key));
        if (report == null) {
            return null;
        }
        String version = "";
        for (JsonNode datum : report.path("data")) {
            if (datum.path("title").asText().equals(ReportText.VERSION)) {
                version = datum.path("value").asText();
            }
        }
        JsonNode status = find(builds(target).addQueryParameter("key", key));
        String state = status == null ? "" : status.path("state").asText();
        return new Observed.Check(key, version + " " + state, !state.equals("INPROGRESS"));
    }

    private JsonNode find(HttpUrl.Builder url) throws ScmException {
        try {
            return api.get(url);
        } catch (ScmException e) {
            if (e.reason() != Reason.NOT_FOUND) {
                throw e;
            }
            return null;
        }
    }

    @Override
    public void write(Target target, Publication.Check check, Observed.Check before) throws ScmException {
        boolean again = before != null;
        HttpUrl.Builder report = session.insights(
                target.repository(), target.headSha(), "reports", ReportText.key(check.externalId()));
        HttpUrl.Builder annotations = session.insights(
                target.repository(), target.headSha(), "reports", ReportText.key(check.externalId()), "annotations");
        if (again || !check.annotations().isEmpty()) {
            api.put(report, report(check, null, "…"));
        }
        if (again) {
            api.delete(annotations);
        }
        if (!check.annotations().isEmpty()) {
            List<Map<String, Object>> all = new ArrayList<>();
            for (Annotation annotation : check.annotations()) {
                all.add(annotation(annotation, all.size()));
            }
            api.post(annotations, Map.of("annotations", all));
        }
        api.put(report, report(check, result(check.conclusion()), Digest.of(check)));
        api.post(builds(target), status(target, check));
    }

    private static Map<String, Object> report(Publication.Check check, String result, String version) {
        Map<String, Object> report = ReportText.report(check);
        if (result != null) {
            report.put("result", result);
        }
        report.put("data", ReportText.data(check, version));
        return report;
    }

    /** The number makes an id that no other annotation has. */
    private static Map<String, Object> annotation(Annotation annotation, int number) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("externalId", "scm-checks-" + number + "-" + Digest.of(String.valueOf(annotation.fingerprint())));
        body.put("path", annotation.path());
        body.put("line", Math.max(1, annotation.region().startLine()));
        body.put("message", ReportText.cut(annotation.title() + ": " + annotation.message(), ReportText.DETAILS));
        String severity = ReportText.severity(annotation.severity());
        body.put("severity", severity.equals("CRITICAL") ? "HIGH" : severity);
        body.put("type", "VULNERABILITY");
        String link = annotation.ruleUri();
        if (link != null && link.matches("https?://\\S+") && link.length() <= MOST_ADDRESS) {
            body.put("link", link);
        }
        return body;
    }

    private Map<String, Object> status(Target target, Publication.Check check) {
        String key = ReportText.key(check.externalId());
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("key", key);
        body.put("parent", key);
        body.put("state", state(check.conclusion()));
        body.put("name", ReportText.cut(check.name(), ReportText.DESCRIPTION));
        body.put("description", ReportText.cut(check.title(), ReportText.DESCRIPTION));
        body.put("url", ReportText.address(check, target, api.url(
                        "projects", target.repository().owner(), "repos", target.repository().name(), "commits",
                        target.headSha())
                .toString()));
        if (target.pullRequest() != null && !target.pullRequest().fork()) {
            body.put("ref", "refs/heads/" + target.pullRequest().sourceBranch());
        }
        return body;
    }

    private HttpUrl.Builder builds(Target target) {
        return session.repository(target.repository(), "commits", target.headSha(), "builds");
    }

    private static String result(Publication.Conclusion conclusion) {
        return switch (conclusion) {
            case IN_PROGRESS, CANCELLED -> null;
            case SUCCESS -> "PASS";
            case FAILURE, ERROR -> "FAIL";
        };
    }

    private static String state(Publication.Conclusion conclusion) {
        return switch (conclusion) {
            case IN_PROGRESS -> "INPROGRESS";
            case SUCCESS -> "SUCCESSFUL";
            case FAILURE, ERROR -> "FAILED";
            case CANCELLED -> "CANCELLED";
        };
    }
}

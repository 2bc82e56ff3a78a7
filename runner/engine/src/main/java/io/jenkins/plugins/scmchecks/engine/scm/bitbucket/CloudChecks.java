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
 * A check is a Code Insights report with its annotations, and a build status, which gates merges (REST API, Reports and
 * Commit statuses). The report gets its version last, so that one which was not finished is seen as such.
 */
final class CloudChecks implements Checks {

    static final int ANNOTATIONS = 1_000;
    static final int PER_REQUEST = 100;

    /** Characters of an annotation's summary; more, and an empty one, answer 400. */
    private static final int SUMMARY = 450;

    private static final int MOST_ADDRESS = 1_000;

    private final CloudSession session;
    private final JsonApi api;

    CloudChecks(CloudSession session) {
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
        JsonNode report = find(commit(target, "reports", key));
        if (report == null) {
            return null;
        }
        String version = "";
        for (JsonNode datum : report.path("data")) {
            if (datum.path("title").asText().equals(ReportText.VERSION)) {
                version = datum.path("value").asText();
            }
        }
        JsonNode status = find(commit(target, "statuses", "build", key));
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
        HttpUrl.Builder report = commit(target, "reports", ReportText.key(check.externalId()));
        try {
            if (again) {
                // Nothing else takes away annotations that it should not have any more.
                api.delete(report);
            }
            if (!check.annotations().isEmpty()) {
                api.put(report, report(check, "PENDING", ""));
                annotate(target, check);
            }
            api.put(report, report(check, result(check.conclusion()), Digest.of(check)));
            api.post(commit(target, "statuses", "build"), status(target, check));
        } catch (ScmException e) {
            boolean fork = target.pullRequest() != null && target.pullRequest().fork();
            if (!fork || e.reason() != Reason.NOT_FOUND) {
                throw e;
            }
            throw new ScmException(
                    Reason.REJECTED,
                    "Bitbucket Cloud does not know the fork's commit " + target.headSha() + " in " + target.repository()
                            + ", so it takes neither a report nor a build status for it there; the comments are on the pull"
                            + " request all the same.",
                    e);
        }
    }

    private static Map<String, Object> report(Publication.Check check, String result, String version) {
        Map<String, Object> report = ReportText.report(check);
        report.put("type", "report");
        report.put("report_type", "SECURITY");
        report.put("result", result);
        report.put("data", ReportText.data(check, version.isEmpty() ? "…" : version));
        return report;
    }

    private void annotate(Target target, Publication.Check check) throws ScmException {
        List<Map<String, Object>> all = new ArrayList<>();
        for (Annotation annotation : check.annotations()) {
            all.add(annotation(annotation, all.size()));
        }
        HttpUrl.Builder url = commit(target, "reports", ReportText.key(check.externalId()), "annotations");
        for (int i = 0; i < all.size(); i += PER_REQUEST) {
            api.post(url, all.subList(i, Math.min(all.size(), i + PER_REQUEST)));
        }
    }

    /** The number makes an id that no other annotation has: two with the same id are one. */
    private static Map<String, Object> annotation(Annotation annotation, int number) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "report_annotation");
        body.put("external_id", "scm-checks-" + number + "-" + Digest.of(String.valueOf(annotation.fingerprint())));
        body.put("annotation_type", "VULNERABILITY");
        body.put("summary", ReportText.cut(annotation.title() + ": " + annotation.message(), SUMMARY));
        body.put("details", ReportText.cut(annotation.message(), ReportText.DETAILS));
        body.put("severity", ReportText.severity(annotation.severity()));
        body.put("result", "FAILED");
        body.put("path", annotation.path());
        body.put("line", Math.max(1, annotation.region().startLine()));
        String link = annotation.ruleUri();
        if (link != null && link.matches("https?://\\S+") && link.length() <= MOST_ADDRESS) {
            body.put("link", link);
        }
        return body;
    }

    private static Map<String, Object> status(Target target, Publication.Check check) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "build");
        body.put("key", ReportText.key(check.externalId()));
        body.put("state", state(check.conclusion()));
        body.put("name", ReportText.cut(check.name(), ReportText.DESCRIPTION));
        body.put("description", ReportText.cut(check.title(), ReportText.DESCRIPTION));
        body.put("url", ReportText.address(
                check, target, "https://bitbucket.org/" + target.repository() + "/commits/" + target.headSha()));
        if (target.pullRequest() != null && !target.pullRequest().fork()) {
            body.put("refname", target.pullRequest().sourceBranch());
        }
        return body;
    }

    private HttpUrl.Builder commit(Target target, String... segments) {
        HttpUrl.Builder url = session.repository(target.repository(), "commit", target.headSha());
        List.of(segments).forEach(url::addPathSegment);
        return url;
    }

    private static String result(Publication.Conclusion conclusion) {
        return switch (conclusion) {
            case IN_PROGRESS, CANCELLED -> "PENDING";
            case SUCCESS -> "PASSED";
            case FAILURE, ERROR -> "FAILED";
        };
    }

    private static String state(Publication.Conclusion conclusion) {
        return switch (conclusion) {
            case IN_PROGRESS -> "INPROGRESS";
            case SUCCESS -> "SUCCESSFUL";
            case FAILURE, ERROR -> "FAILED";
            case CANCELLED -> "STOPPED";
        };
    }
}

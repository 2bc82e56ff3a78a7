package io.jenkins.plugins.scmchecks.engine.scm.bitbucket;

import io.jenkins.plugins.scmchecks.engine.finding.Severity;
import io.jenkins.plugins.scmchecks.engine.publish.Digest;
import io.jenkins.plugins.scmchecks.engine.publish.Publication;
import io.jenkins.plugins.scmchecks.engine.publish.Publisher.Target;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a Code Insights report and a build status say; both Bitbuckets have the same fields, with other words in some.
 */
final class ReportText {

    static final int TITLE = 450;
    static final int DETAILS = 2_000;

    /** Of a build status' description. */
    static final int DESCRIPTION = 255;

    /** What is left of the details for the check's summary. */
    static final int SUMMARY = DETAILS - DESCRIPTION - 2;

    /** Under that name a report carries the digest of what it shows, so that it need not be read back. */
    static final String VERSION = "Version";

    private static final Pattern WEB = Pattern.compile("https?://[^/\\s:]*\\.[^\\s]{1,400}");

    private ReportText() {}

    /** {@return a key of our own for a check, at most 40 characters, for the report and the build status} */
    static String key(String externalId) {
        return "scm-checks-" + Digest.of(externalId);
    }

    static Map<String, Object> report(Publication.Check check) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("title", cut(check.name(), TITLE));
        report.put("details", cut(check.title() + (check.summary().isBlank() ? "" : "\n\n" + check.summary()), DETAILS));
        report.put("reporter", "SCM Checks");
        if (isWeb(check.detailsUrl())) {
            report.put("link", check.detailsUrl());
        }
        return report;
    }

    /** {@return the report's data: a complete one has its version} */
    static List<Map<String, Object>> data(Publication.Check check, String version) {
        return List.of(
                Map.of("title", "Annotations", "type", "NUMBER", "value", check.annotations().size()),
                Map.of("title", VERSION, "type", "TEXT", "value", version));
    }

    static String cut(String text, int limit) {
        return text.length() <= limit ? text : text.substring(0, limit - 1) + "…";
    }

    /** {@return the build's address; Bitbucket wants one, and none such as {@code http://jenkins/} without a domain} */
    static String address(Publication.Check check, Target target, String commit) {
        if (isWeb(check.detailsUrl())) {
            return check.detailsUrl();
        }
        String page = target.pullRequest() == null ? null : target.pullRequest().webUrl();
        return isWeb(page) ? page : commit;
    }

    private static boolean isWeb(String url) {
        return url != null && WEB.matcher(url).matches();
    }

    /** {@return {@code CRITICAL}, {@code HIGH}, {@code MEDIUM} or {@code LOW}} */
    static String severity(Severity severity) {
        return switch (severity) {
            case CRITICAL -> "CRITICAL";
            case HIGH -> "HIGH";
            case MEDIUM -> "MEDIUM";
            case LOW, INFO -> "LOW";
        };
    }
}

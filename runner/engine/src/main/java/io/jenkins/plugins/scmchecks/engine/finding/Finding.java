package io.jenkins.plugins.scmchecks.engine.finding;

import java.util.List;
import java.util.Objects;

/**
 * One result of an analysis.
 *
 * @param tool that found it, like {@code scm-checks} or {@code Semgrep OSS}
 * @param rule that it breaks
 * @param severity of this very finding
 * @param message what is wrong here, plain text; never the secret itself
 * @param location where
 * @param resource that it is about, like {@code aws_s3_bucket.logs} or {@code Deployment/prod/web}, or null
 * @param related other places that explain it, such as a code flow's steps
 * @param fix that would mend it, or null
 * @param suppression by which it is not counted, or null
 * @param fingerprint that identifies it through moved lines; null until {@link Fingerprint} computed it
 */
public record Finding(
        String tool,
        Rule rule,
        Severity severity,
        String message,
        Location location,
        String resource,
        List<Location> related,
        Fix fix,
        Suppression suppression,
        String fingerprint) {

    public Finding {
        Objects.requireNonNull(tool, "tool");
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(location, "location");
        related = related == null ? List.of() : List.copyOf(related);
    }

    /** {@return a finding with the rule's own severity and nothing optional} */
    public static Finding of(String tool, Rule rule, String message, Location location) {
        return new Finding(tool, rule, rule.severity(), message, location, null, List.of(), null, null, null);
    }

    public Finding withSeverity(Severity value) {
        return new Finding(tool, rule, value, message, location, resource, related, fix, suppression, fingerprint);
    }

    public Finding withResource(String value) {
        return new Finding(tool, rule, severity, message, location, value, related, fix, suppression, fingerprint);
    }

    public Finding withRelated(List<Location> value) {
        return new Finding(tool, rule, severity, message, location, resource, value, fix, suppression, fingerprint);
    }

    public Finding withFix(Fix value) {
        return new Finding(tool, rule, severity, message, location, resource, related, value, suppression, fingerprint);
    }

    public Finding withSuppression(Suppression value) {
        return new Finding(tool, rule, severity, message, location, resource, related, fix, value, fingerprint);
    }

    public Finding withFingerprint(String value) {
        return new Finding(tool, rule, severity, message, location, resource, related, fix, suppression, value);
    }
}

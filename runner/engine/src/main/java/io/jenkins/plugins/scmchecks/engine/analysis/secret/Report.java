package io.jenkins.plugins.scmchecks.engine.analysis.secret;

import io.jenkins.plugins.scmchecks.engine.finding.Region;
import io.jenkins.plugins.scmchecks.engine.finding.Severity;
import io.jenkins.plugins.scmchecks.engine.finding.Suppression;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says what was found: how bad it is, in which words, and whether somebody allowed it. */
final class Report {

    private static final int LONGEST_LINE = 4000;

    private static final Pattern ALLOWED = Pattern.compile(
            "scm-checks:ignore|gitleaks:allow|pragma: ?(?:allowlist|whitelist) secret|(?:#|//|--|/\\*|<!--|;"
            + "|\\b)\\s*nosec\\b|trufflehog:ignore",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern ALLOWED_BELOW = Pattern.compile(
            "scm-checks:ignore-next-line|pragma: ?(?:allowlist|whitelist) nextline secret", Pattern.CASE_INSENSITIVE);

    private Report() {}

    static SecretMatch of(FileScan.Candidate found, FileFacts facts, byte[] bytes, TextPositions positions) {
        SecretRule rule = found.rule();
        if (rule.detector().ofFiles()) {
            String message = rule.rule().name()
                    + (rule.detector() == SecretRule.Detector.FILE
                            ? ", as the file's name says."
                            : ", as the file's name and its first bytes say.");
            Severity severity = facts.rehearsal() ? Severity.LOW : found.worst();
            return new SecretMatch(rule, severity, 0, 0, null, message, Redaction.hash(facts.path()), null);
        }
        Region region = positions.region(found.start(), found.end());
        String secret = new String(bytes, found.start(), found.end() - found.start(), StandardCharsets.UTF_8);
        StringBuilder message = new StringBuilder(rule.rule().name())
                .append(" in the source: ")
                .append(Redaction.mask(secret, found.shown()))
                .append('.');
        if (found.outcome() == Check.Outcome.PROVEN) {
            message.append(rule.check().isChecksum() ? " Its checksum fits." : "");
        } else if (found.outcome() == Check.Outcome.DOUBTFUL) {
            message.append(
                    rule.check().isChecksum()
                            ? " Its checksum does not fit, so it may be made up."
                            : " It is one that everybody tries first, so it may be an example.");
        }
        if (facts.rehearsal()) {
            message.append(" It is in a test or an example.");
        }
        return new SecretMatch(
                rule,
                severity(found, facts),
                found.start(),
                found.end(),
                region,
                message.toString(),
                Redaction.hash(secret),
                suppression(region, found, positions));
    }

    // A secret in a test is seldom one, but a checksum that fits is seldom chance.
    private static Severity severity(FileScan.Candidate found, FileFacts facts) {
        Severity most = found.worst();
        if (found.outcome() == Check.Outcome.DOUBTFUL) {
            most = least(most, found.rule().isGeneric() ? Severity.LOW : Severity.MEDIUM);
        }
        if (facts.rehearsal()) {
            boolean sum = found.rule().check().isChecksum();
            most = least(most, sum && found.outcome() == Check.Outcome.PROVEN ? Severity.MEDIUM : Severity.LOW);
        }
        return most;
    }

    private static Severity least(Severity a, Severity b) {
        return a.compareTo(b) > 0 ? a : b;
    }

    private static Suppression suppression(Region region, FileScan.Candidate found, TextPositions positions) {
        String own = positions.line(region.startLine(), found.start(), LONGEST_LINE);
        Matcher allowed = ALLOWED.matcher(own);
        while (allowed.find()) {
            String marker = allowed.group().strip().toLowerCase(Locale.ROOT);
            if (!marker.equals("scm-checks:ignore") || !own.startsWith("-next-line", allowed.end())) {
                return new Suppression("inSource", "comment on its line: " + marker);
            }
        }
        Matcher above = ALLOWED_BELOW.matcher(positions.line(region.startLine() - 1, 0, LONGEST_LINE));
        return above.find() ? new Suppression("inSource", "comment on the line above: " + above.group()) : null;
    }
}

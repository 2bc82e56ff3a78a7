package io.jenkins.plugins.scmchecks.engine.analysis.secret;

import io.jenkins.plugins.scmchecks.engine.finding.Finding;
import io.jenkins.plugins.scmchecks.engine.finding.Location;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import io.jenkins.plugins.scmchecks.engine.finding.Severity;
import io.jenkins.plugins.scmchecks.engine.finding.Suppression;

/**
 * A secret in a file. It holds everything about the secret but the secret.
 *
 * @param rule that found it
 * @param severity of this one
 * @param start offset of its first byte
 * @param end offset one past its last
 * @param region of the text that it covers
 * @param message for people
 * @param hash of the secret, to recognise it elsewhere; never to be shown or stored
 * @param suppression by a comment on its line, or null
 */
record SecretMatch(
        SecretRule rule,
        Severity severity,
        int start,
        int end,
        Region region,
        String message,
        String hash,
        Suppression suppression) {

    Finding toFinding(String path) {
        return Finding.of(SecretAnalyzer.TOOL, rule.rule(), message, new Location(path, region))
                .withSeverity(severity)
                .withSuppression(suppression);
    }

    @Override
    public String toString() {
        return rule.id() + " at " + region;
    }
}

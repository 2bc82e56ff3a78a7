package io.jenkins.plugins.scmchecks.engine.publish;

import io.jenkins.plugins.scmchecks.engine.change.ChangeSet;
import io.jenkins.plugins.scmchecks.engine.finding.Gate;
import io.jenkins.plugins.scmchecks.engine.finding.Notice;
import io.jenkins.plugins.scmchecks.engine.finding.TrackedFinding;
import java.util.List;
import java.util.Objects;

/**
 * Everything that an analysis has to say, before it is put in any provider's form.
 *
 * @param name of the check, which tells several checks of one commit apart
 * @param change that was analysed
 * @param findings new ones, unchanged ones, and those that the change fixed
 * @param notices what could not be analysed
 * @param gate what the gate said of exactly these findings
 * @param detailsUrl the build's page, or null
 */
public record CheckReport(
        String name,
        ChangeSet change,
        List<TrackedFinding> findings,
        List<Notice> notices,
        Gate.Result gate,
        String detailsUrl) {

    public CheckReport {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(change, "change");
        Objects.requireNonNull(gate, "gate");
        findings = List.copyOf(findings);
        notices = List.copyOf(notices);
    }

    /** {@return the findings in a state that are not suppressed} */
    public List<TrackedFinding> in(TrackedFinding.State state) {
        return findings.stream()
                .filter(f -> f.state() == state && f.finding().suppression() == null)
                .toList();
    }
}

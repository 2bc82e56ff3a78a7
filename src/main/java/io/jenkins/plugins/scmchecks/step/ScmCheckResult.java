package io.jenkins.plugins.scmchecks.step;

import io.jenkins.plugins.scmchecks.engine.finding.TrackedFinding.State;
import io.jenkins.plugins.scmchecks.engine.publish.CheckReport;
import java.io.Serial;
import java.io.Serializable;
import java.util.List;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What the pipeline step returns. */
public final class ScmCheckResult implements Serializable {

    @Serial
    private static final long serialVersionUID = 1L;

    private final boolean passed;
    private final List<String> reasons;
    private final int newFindings;
    private final int unchangedFindings;
    private final int fixedFindings;
    private final boolean published;

    ScmCheckResult(CheckReport report, boolean published) {
        this.passed = report.gate().passed();
        this.reasons = List.copyOf(report.gate().reasons());
        this.newFindings = report.in(State.NEW).size();
        this.unchangedFindings = report.in(State.UNCHANGED).size();
        this.fixedFindings = report.in(State.FIXED).size();
        this.published = published;
    }

    /** {@return whether the gate let it pass} */
    @Whitelisted
    public boolean isPassed() {
        return passed;
    }

    /** {@return why the gate failed; empty when it passed} */
    @Whitelisted
    public List<String> getReasons() {
        return reasons;
    }

    @Whitelisted
    public int getNewFindings() {
        return newFindings;
    }

    @Whitelisted
    public int getUnchangedFindings() {
        return unchangedFindings;
    }

    @Whitelisted
    public int getFixedFindings() {
        return fixedFindings;
    }

    /** {@return whether the provider was told} */
    @Whitelisted
    public boolean isPublished() {
        return published;
    }

    @Override
    public String toString() {
        return (passed ? "passed" : "failed: " + String.join("; ", reasons)) + " (" + newFindings + " new, "
                + unchangedFindings + " unchanged, " + fixedFindings + " fixed)";
    }
}

package io.jenkins.plugins.scmchecks.engine.finding;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The rule that turns findings into success or failure.
 *
 * @param failOn the least severity that fails, or null when findings never fail
 * @param scope which findings count
 * @param failOnErrors whether an analysis that could not be done whole fails too
 */
public record Gate(Severity failOn, Scope scope, boolean failOnErrors) {

    /** Which findings count: those that the change brought, or all there are. Fixed and suppressed ones never do. */
    public enum Scope {
        NEW,
        ALL
    }

    /** What people expect when they say nothing: no new finding of high severity or worse, and a whole analysis. */
    public static final Gate DEFAULT = new Gate(Severity.HIGH, Scope.NEW, true);

    public Gate {
        Objects.requireNonNull(scope, "scope");
    }

    /**
     * What the gate says.
     *
     * @param passed or failed
     * @param reasons of a failure, one sentence each; empty when passed
     * @param counted the findings that made it fail; empty when passed, or when only an error did
     */
    public record Result(boolean passed, List<String> reasons, List<TrackedFinding> counted) {
        public Result {
            reasons = List.copyOf(reasons);
            counted = List.copyOf(counted);
        }
    }

    /** Decides. The same numbers that decide here are the ones shown, so a summary can never disagree with its gate. */
    public Result evaluate(List<TrackedFinding> findings, List<Notice> notices) {
        List<String> reasons = new ArrayList<>();
        List<TrackedFinding> counted = findings.stream().filter(this::counts).toList();
        if (!counted.isEmpty()) {
            String which = scope == Scope.NEW ? " new" : "";
            String what = counted.size() == 1 ? " finding" : " findings";
            reasons.add(counted.size() + which + what + " of severity " + failOn.label()
                    + (failOn == Severity.CRITICAL ? "" : " or worse"));
        }
        if (failOnErrors) {
            notices.stream()
                    .filter(n -> n.level() == Notice.Level.ERROR)
                    .map(n -> "not everything could be analysed: " + n)
                    .forEach(reasons::add);
        }
        return new Result(reasons.isEmpty(), reasons, counted);
    }

    private boolean counts(TrackedFinding tracked) {
        return failOn != null
                && tracked.finding().severity().atLeast(failOn)
                && tracked.finding().suppression() == null
                && (tracked.state() == TrackedFinding.State.NEW
                        || scope == Scope.ALL && tracked.state() == TrackedFinding.State.UNCHANGED);
    }
}

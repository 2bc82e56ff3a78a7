package io.jenkins.plugins.scmchecks.step;

import io.jenkins.plugins.scmchecks.engine.finding.Gate;
import io.jenkins.plugins.scmchecks.engine.finding.Severity;
import java.util.Locale;

/** Reads the gate from the step's words. */
final class GateOptions {

    static final String NEVER = "never";

    private GateOptions() {}

    /** @throws IllegalArgumentException naming the allowed words */
    static Gate gate(String failOn, String scope, boolean failOnErrors) {
        Severity severity = failOn.strip().equalsIgnoreCase(NEVER) ? null : severity(failOn);
        return new Gate(severity, scope(scope), failOnErrors);
    }

    private static Severity severity(String failOn) {
        try {
            return Severity.parse(failOn);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("failOn: " + e.getMessage() + ", or never", e);
        }
    }

    private static Gate.Scope scope(String scope) {
        return switch (scope.strip().toLowerCase(Locale.ROOT)) {
            case "new" -> Gate.Scope.NEW;
            case "all" -> Gate.Scope.ALL;
            default -> throw new IllegalArgumentException("scope: unknown '" + scope + "'; use new or all");
        };
    }
}

package io.jenkins.plugins.scmchecks.step;

import io.jenkins.plugins.scmchecks.engine.finding.Gate;
import io.jenkins.plugins.scmchecks.engine.finding.Severity;
import java.io.Serial;
import java.io.Serializable;
import java.util.Locale;

/**
 * What the step says of the gate, on its way to the agent, where the repository's own file may say the rest.
 *
 * @param failOn a severity or {@value #NEVER}; null for unsaid
 * @param scope {@code new} or {@code all}; null for unsaid
 * @param failOnErrors false is said, true is the default
 */
record StepGate(String failOn, String scope, boolean failOnErrors) implements Serializable {

    @Serial
    private static final long serialVersionUID = 1L;

    static final String NEVER = "never";

    /** @throws IllegalArgumentException when a word is not one that is allowed, naming those that are */
    StepGate {
        severity(failOn, null);
        scope(scope, null);
    }

    /** {@return the gate: what the step says goes before what the file says} */
    Gate over(Gate file) {
        return new Gate(
                severity(failOn, file.failOn()), scope(scope, file.scope()), failOnErrors && file.failOnErrors());
    }

    private static Severity severity(String word, Severity otherwise) {
        if (word == null) {
            return otherwise;
        }
        if (word.strip().equalsIgnoreCase(NEVER)) {
            return null;
        }
        try {
            return Severity.parse(word);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("failOn: " + e.getMessage() + ", or never", e);
        }
    }

    private static Gate.Scope scope(String word, Gate.Scope otherwise) {
        return switch (word == null ? "" : word.strip().toLowerCase(Locale.ROOT)) {
            case "" -> otherwise;
            case "new" -> Gate.Scope.NEW;
            case "all" -> Gate.Scope.ALL;
            default -> throw new IllegalArgumentException("scope: unknown '" + word + "'; use new or all");
        };
    }
}

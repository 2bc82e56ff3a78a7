package io.jenkins.plugins.scmchecks.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.scmchecks.engine.finding.Gate;
import io.jenkins.plugins.scmchecks.engine.finding.Severity;
import org.junit.jupiter.api.Test;

class StepGateTest {

    private static final Gate FILE = new Gate(Severity.LOW, Gate.Scope.ALL, true);

    @Test
    void shouldLeaveToTheFileWhatTheStepDoesNotSay() {
        assertThat(new StepGate(null, null, true).over(FILE)).isEqualTo(FILE);
        assertThat(new StepGate("critical", null, true).over(FILE)).isEqualTo(new Gate(Severity.CRITICAL, Gate.Scope.ALL, true));
        assertThat(new StepGate("Never", "NEW", false).over(FILE)).isEqualTo(new Gate(null, Gate.Scope.NEW, false));
    }

    @Test
    void shouldNameTheAllowedWords() {
        assertThatThrownBy(() -> new StepGate("severe", null, true))
                .hasMessageContaining("failOn")
                .hasMessageContaining("critical, high, medium, low, info, or never");
        assertThatThrownBy(() -> new StepGate(null, "some", true)).hasMessageContaining("new or all");
    }
}

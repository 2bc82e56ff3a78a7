package io.jenkins.plugins.scmchecks.engine.analysis.secret;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.scmchecks.engine.finding.Finding;
import io.jenkins.plugins.scmchecks.engine.finding.Location;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import io.jenkins.plugins.scmchecks.engine.finding.Rule;
import io.jenkins.plugins.scmchecks.engine.finding.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedactionTest {

    @Test
    void shouldMaskEachSecretOfALine() {
        Redaction redaction = Redaction.of(List.of(
                createFinding(new Region(3, 4, 3, 11), Redaction.SECRET_TAG),
                createFinding(new Region(3, 15, 3, 21), Redaction.SECRET_TAG)));

        assertThat(redaction.line("a.yml", 3, "a: hunter2 b: s3cr3t.")).isEqualTo("a: \u2026 b: \u2026.");
        assertThat(redaction.line("a.yml", 4, "a: hunter2")).isEqualTo("a: hunter2");
        assertThat(redaction.line("b.yml", 3, "a: hunter2")).isEqualTo("a: hunter2");
    }

    @Test
    void shouldMaskEveryLineOfAKey() {
        Redaction redaction = Redaction.of(List.of(createFinding(new Region(2, 5, 4, 4), Redaction.SECRET_TAG)));

        assertThat(redaction.line("a.yml", 2, "x = BEGIN")).isEqualTo("x = \u2026");
        assertThat(redaction.line("a.yml", 3, "MIIE")).isEqualTo("\u2026");
        assertThat(redaction.line("a.yml", 4, "END\"")).isEqualTo("\u2026\"");
    }

    @Test
    void shouldMaskWholeLinesWhenColumnsAreUnknownOrWrong() {
        assertThat(Redaction.of(List.of(createFinding(Region.line(1), Redaction.SECRET_TAG))).line("a.yml", 1, "pw: x"))
                .isEqualTo("\u2026");
        assertThat(Redaction.of(List.of(createFinding(new Region(1, 50, 1, 90), Redaction.SECRET_TAG)))
                        .line("a.yml", 1, "short"))
                .isEqualTo("short\u2026");
    }

    @Test
    void shouldLeaveLinesOfOtherFindingsAsTheyAre() {
        Redaction redaction = Redaction.of(List.of(createFinding(new Region(3, 4, 3, 11), "CWE-79")));

        assertThat(redaction.line("a.yml", 3, "a: hunter2")).isEqualTo("a: hunter2");
    }

    @Test
    void shouldMaskWholeLinesOfToolsThatTagNothing() {
        Redaction redaction = Redaction.of(List.of(createFinding("gitleaks", new Region(3, 5, 3, 11), "CWE-79")));

        assertThat(redaction.line("a.yml", 3, "a: hunter2")).isEqualTo("\u2026");
    }

    @Test
    void shouldTellRotatedSecretsApartInFingerprintsAndGiveNeitherAway() {
        Redaction redaction = Redaction.of(List.of(createFinding(new Region(3, 4, 3, 11), Redaction.SECRET_TAG)));

        String first = redaction.material("a.yml", 3, "a: hunter2");
        String second = redaction.material("a.yml", 3, "a: hunter3");

        assertThat(first).isNotEqualTo(second).matches("a: \u2026[0-9a-f]{3}");
    }

    @Test
    void shouldMaskSecretsInOtherToolsMessages() {
        String token = SecretAnalyzerTest.createToken("ghp_");

        assertThat(Redaction.text("Found \u00e9 " + token + " here")).isEqualTo("Found \u00e9 \u2026 here");
        assertThat(Redaction.text("nothing here")).isEqualTo("nothing here");
    }

    @Test
    void shouldShowLittleOfAShortSecret() {
        assertThat(Redaction.mask("ghp_" + "a".repeat(36), 4)).isEqualTo("ghp_\u2026(40 characters)");
        assertThat(Redaction.mask("secret", 4)).isEqualTo("s\u2026(6 characters)");
        assertThat(Redaction.mask("secretsecretsecretsecret", 0)).isEqualTo("\u2026(24 characters)");
    }

    private static Finding createFinding(Region region, String tag) {
        return createFinding("scanner", region, tag);
    }

    private static Finding createFinding(String tool, Region region, String tag) {
        Rule rule = new Rule("r", "r", "", null, Severity.HIGH, List.of(tag));
        return Finding.of(tool, rule, "found", new Location("a.yml", region));
    }
}

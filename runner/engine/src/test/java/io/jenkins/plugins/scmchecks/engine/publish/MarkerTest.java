package io.jenkins.plugins.scmchecks.engine.publish;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MarkerTest {

    private static final String ID = Marker.externalId("scm-checks");

    @Test
    void shouldBeFoundAgainOnTheFirstLine() {
        // Given
        Marker marker = Marker.ofFinding(ID, "abc:1");

        // When, Then
        assertThat(Marker.parse(marker + "\r\ntext")).contains(marker);
        assertThat(Marker.parse("text\n" + marker)).isEmpty();
        assertThat(Marker.parse("> " + marker)).isEmpty();
        assertThat(Marker.parse("")).isEmpty();
        assertThat(marker.isOfCheck(ID)).isTrue();
        assertThat(marker.isOfCheck(Marker.externalId("other"))).isFalse();
    }

    @Test
    void shouldCarryAnyFingerprint() {
        // Given: one that would end the marker
        Marker marker = Marker.ofFinding(ID, "a --> <script>");

        // When, Then
        assertThat(marker.toString()).doesNotContain("script");
        assertThat(marker.content()).isEqualTo(Marker.fingerprintFor("a --> <script>"));
        assertThat(Marker.parse(marker.toString())).contains(marker);
    }

    @Test
    void shouldTellTheChecksName() {
        assertThat(Marker.checkName(Marker.externalId("a/b"))).isEqualTo("a/b");
    }
}

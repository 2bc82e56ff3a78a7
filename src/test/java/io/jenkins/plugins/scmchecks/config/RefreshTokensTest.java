package io.jenkins.plugins.scmchecks.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.scmchecks.engine.scm.Integration;
import io.jenkins.plugins.scmchecks.engine.scm.ProviderKind;
import io.jenkins.plugins.scmchecks.engine.scm.ScmCredential.OAuthClient;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class RefreshTokensTest {

    private final OAuthClient configured = createClient("canary-0");

    @Test
    void shouldUseTheNewestTokenAfterARestart(JenkinsRule jenkins) throws Exception {
        // Given
        RefreshTokens tokens = RefreshTokens.get();
        assertThat(tokens.current(configured)).isEqualTo(configured);
        // When
        tokens.renewed(integration(configured), createClient("canary-1"));
        tokens.renewed(integration(createClient("canary-1")), createClient("canary-2"));
        // Then
        assertThat(new RefreshTokens().current(configured)).isEqualTo(createClient("canary-2"));
        Path file = jenkins.jenkins.getRootDir().toPath().resolve(RefreshTokens.class.getName() + ".xml");
        assertThat(Files.readString(file)).doesNotContain("canary");
    }

    @Test
    void shouldFollowAConnectionThatWasOpenedLongAgo(JenkinsRule jenkins) {
        RefreshTokens tokens = RefreshTokens.get();

        tokens.renewed(integration(configured), createClient("canary-1"));
        tokens.renewed(integration(configured), createClient("canary-2"));
        tokens.renewed(integration(createClient("canary-1")), createClient("canary-3"));

        assertThat(tokens.current(configured)).isEqualTo(createClient("canary-3"));
    }

    @Test
    void shouldGoOnAfterARestartInTheMiddleOfTheChain(JenkinsRule jenkins) {
        RefreshTokens.get().renewed(integration(configured), createClient("canary-1"));
        RefreshTokens restarted = new RefreshTokens();

        restarted.renewed(integration(restarted.current(configured)), createClient("canary-2"));

        assertThat(new RefreshTokens().current(configured)).isEqualTo(createClient("canary-2"));
    }

    @Test
    void shouldTakeATokenThatWasEnteredAnew(JenkinsRule jenkins) {
        RefreshTokens.get().renewed(integration(configured), createClient("canary-1"));

        assertThat(RefreshTokens.get().current(createClient("entered-anew"))).isEqualTo(createClient("entered-anew"));
        assertThat(RefreshTokens.get().current(new OAuthClient("other", "secret", "canary-0")).refreshToken())
                .isEqualTo("canary-0");
        assertThat(RefreshTokens.get().current(new OAuthClient("app", "secret", null)).refreshToken()).isNull();
    }

    private static OAuthClient createClient(String refreshToken) {
        return new OAuthClient("app", "secret", refreshToken);
    }

    private static Integration integration(OAuthClient client) {
        return new Integration(
                "acme", ProviderKind.GITLAB, URI.create("https://gitlab.example.org/api/v4"), "", client, null);
    }
}

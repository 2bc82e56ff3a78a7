package io.jenkins.plugins.scmchecks.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.util.FormValidation;
import hudson.util.Secret;
import io.jenkins.plugins.scmchecks.ForgeFixture;
import io.jenkins.plugins.scmchecks.forge.gitlab.GitLabApplication;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class ConnectionTest {

    private final ForgeFixture forge = new ForgeFixture();
    private JenkinsRule jenkins;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        forge.connect(jenkins.jenkins);
    }

    @AfterEach
    void tearDown() {
        forge.close();
    }

    @Test
    void shouldSayWhatAnAppCanReach() {
        // When
        FormValidation answer = test("app");
        // Then
        assertThat(answer.renderHtml())
                .contains("Active", "scm-checks", "acme", "1 repository can be reached")
                .doesNotContain("Missing");
        assertThat(answer.kind).isEqualTo(FormValidation.Kind.OK);
    }

    @Test
    void shouldSayWhichPermissionIsMissing() {
        // Given
        forge.installation.grant(Map.of("checks", "read", "metadata", "read"));
        // When
        FormValidation answer = test("app");
        // Then
        assertThat(answer.kind).isNotEqualTo(FormValidation.Kind.OK);
        assertThat(answer.renderHtml()).contains("Missing:", "hecks");
    }

    @Test
    void shouldSayWhyItDoesNotWork() {
        forge.installation.suspend();

        assertThat(test("app").renderHtml()).contains("Suspended");
        assertThat(test("app").kind).isEqualTo(FormValidation.Kind.ERROR);
    }

    @Test
    void shouldTakeATokenAsTextAndAsPassword() throws Exception {
        // Given
        String token = forge.forge.token(forge.alice, "repo").value();
        ForgeFixture.add(
                jenkins.jenkins,
                new StringCredentialsImpl(CredentialsScope.SYSTEM, "token", null, Secret.fromString(token)));
        ForgeFixture.add(
                jenkins.jenkins,
                new UsernamePasswordCredentialsImpl(CredentialsScope.SYSTEM, "password", null, "alice", token));
        ForgeFixture.add(
                jenkins.jenkins,
                new StringCredentialsImpl(CredentialsScope.SYSTEM, "wrong", null, Secret.fromString("ghp_canary")));
        // When / Then
        assertThat(test("token").renderHtml()).contains("Active", "alice");
        assertThat(test("password").renderHtml()).contains("Active", "alice");
        assertThat(test("wrong").renderHtml()).contains("Unauthorized").doesNotContain("canary");
    }

    @Test
    void shouldSayThatNobodyAnswers() {
        // Port 9 discards, where anything listens there at all.
        FormValidation answer = test("http://127.0.0.1:9/api/v3", "app");

        assertThat(answer.kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(answer.renderHtml()).contains("Unreachable");
    }

    @Test
    void shouldGoOnWithTheRefreshTokenThatGitLabGaveOutLast() throws Exception {
        // Given
        GitLabApplication application = forge.forge.gitlab().application(forge.alice, "api");
        OAuthClientCredentials credentials = new OAuthClientCredentials(
                CredentialsScope.SYSTEM, "application", null, application.id(), Secret.fromString(application.secret()));
        credentials.setRefreshToken(Secret.fromString(application.refreshToken()));
        ForgeFixture.add(jenkins.jenkins, credentials);
        // When
        FormValidation first = testGitLab();
        // As after a restart, nothing is known but what has been stored.
        ScmChecksGlobalConfiguration.get().setAllowLinkLocalAddresses(true);
        FormValidation second = testGitLab();
        // Then
        assertThat(first.renderHtml()).contains("Active", "alice");
        assertThat(second.renderHtml()).contains("Active", "alice");
        assertThat(credentials.getRefreshToken().getPlainText()).isNotEqualTo(application.refreshToken());
    }

    private FormValidation testGitLab() {
        return jenkins.jenkins
                .getDescriptorByType(GitLabIntegration.DescriptorImpl.class)
                .test(form(forge.forge.gitlab().apiUrl(), "application"));
    }

    private FormValidation test(String credentialsId) {
        return test(forge.forge.apiUrl(), credentialsId);
    }

    private FormValidation test(String apiUrl, String credentialsId) {
        return descriptor().test(form(apiUrl, credentialsId));
    }

    private static UnaryOperator<String> form(String apiUrl, String credentialsId) {
        return Map.of("name", "acme", "apiUrl", apiUrl, "organization", "acme", "credentialsId", credentialsId)::get;
    }

    private GitHubIntegration.DescriptorImpl descriptor() {
        return jenkins.jenkins.getDescriptorByType(GitHubIntegration.DescriptorImpl.class);
    }
}

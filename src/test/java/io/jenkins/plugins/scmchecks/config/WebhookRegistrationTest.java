package io.jenkins.plugins.scmchecks.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.cloudbees.plugins.credentials.CredentialsScope;
import hudson.model.FreeStyleProject;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.security.AccessDeniedException3;
import hudson.util.FormValidation;
import hudson.util.Secret;
import io.jenkins.plugins.scmchecks.ForgeFixture;
import io.jenkins.plugins.scmchecks.forge.Forge;
import io.jenkins.plugins.scmchecks.forge.http.Fault;
import io.jenkins.plugins.scmchecks.forge.http.RequestMatcher;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import io.jenkins.plugins.scmchecks.trigger.ScmChecksTrigger;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.LogRecorder;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class WebhookRegistrationTest {

    private final Forge forge = Forge.start();
    private final Account bot = forge.user("bot");
    private final Account acme = forge.organization("acme").member(bot, Account.Role.ADMIN);
    private final Repo shop = forge.repository(acme, "shop");
    private final Repo tools = forge.repository(acme, "tools");
    private JenkinsRule jenkins;
    private GitLabIntegration integration;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        addSecret("token", forge.gitlab().token(bot, null, "api").value());
        addSecret("hook", ForgeFixture.WEBHOOK_SECRET);
        integration = new GitLabIntegration("acme", forge.gitlab().apiUrl());
        integration.setOrganization("acme");
        integration.setCredentialsId("token");
        integration.setWebhookSecretId("hook");
        ScmChecksGlobalConfiguration.get().setIntegrations(List.of(integration));
    }

    @AfterEach
    void tearDown() {
        forge.close();
    }

    @Test
    void shouldRegisterOnceAndRemoveItsOwnAlone() {
        // Given
        forge.gitlab().addHook(shop, "https://other.example.org/hook", "theirs", "");
        // When
        FormValidation registered = descriptor().doRegisterWebhooks("acme", "acme/shop, acme/tools");
        descriptor().doRegisterWebhooks("acme", "acme/shop");
        // Then
        assertThat(registered.kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(registered.renderHtml())
                .contains("2 of 2 repositories", "acme/shop: registered", "acme/tools: registered");
        assertThat(hooks(shop)).containsExactly("https://other.example.org/hook", integration.getWebhookAddress());
        assertThat(hooks(tools)).containsExactly(integration.getWebhookAddress());
        // When
        FormValidation removed = descriptor().doRemoveWebhooks("acme", "acme/shop acme/tools");
        // Then
        assertThat(removed.renderHtml()).contains("acme/shop: removed", "acme/tools: removed");
        assertThat(hooks(shop)).containsExactly("https://other.example.org/hook");
        assertThat(hooks(tools)).isEmpty();
    }

    @Test
    void shouldGoOnAfterARepositoryThatFails() {
        FormValidation answer = descriptor().doRegisterWebhooks("acme", "acme/gone acme/tools");

        assertThat(answer.kind).isEqualTo(FormValidation.Kind.WARNING);
        assertThat(answer.renderHtml()).contains("acme/gone: ", "acme/tools: registered", "1 of 2 repositories");
        assertThat(hooks(tools)).hasSize(1);
    }

    @Test
    void shouldStopWhereTheOthersWouldFailAsWell() {
        forge.fail(RequestMatcher.any(), 503, 100);

        FormValidation answer = descriptor().doRegisterWebhooks("acme", "acme/shop acme/tools");

        assertThat(answer.renderHtml())
                .contains("acme/shop: ", "The others were not tried")
                .doesNotContain("acme/tools");
    }

    @Test
    void shouldTakeTheRepositoriesThatJobsListenTo() throws Exception {
        createListener("acme/tools");

        descriptor().doRegisterWebhooks("acme", " ");

        assertThat(hooks(tools)).containsExactly(integration.getWebhookAddress());
        assertThat(hooks(shop)).isEmpty();
    }

    @Test
    void shouldSayWhatIsMissing() {
        assertThat(register("other", "acme/shop")).contains("save the settings first");
        assertThat(register("acme", "")).contains("No job listens");
        assertThat(register("acme", "shop")).contains("not a repository");
        assertThat(register("acme", "else/shop")).contains("else/shop is not in acme");
        integration.setWebhookSecretId(null);
        assertThat(register("acme", "acme/shop")).contains("secret");
        assertThat(hooks(shop)).isEmpty();
    }

    @Test
    void shouldAskForThePermission() {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Jenkins.MANAGE, Jenkins.SYSTEM_READ).everywhere().to("reader"));

        try (ACLContext ignored = ACL.as2(User.getOrCreateByIdOrFullName("reader").impersonate2())) {
            assertThatThrownBy(() -> descriptor().doRegisterWebhooks("acme", "acme/shop"))
                    .isInstanceOf(AccessDeniedException3.class);
            assertThatThrownBy(() -> descriptor().doRemoveWebhooks("acme", "acme/shop"))
                    .isInstanceOf(AccessDeniedException3.class);
        }
        assertThat(hooks(shop)).isEmpty();
    }

    @Test
    void shouldRegisterByItselfWhenAJobBeginsToListen() throws Exception {
        // Given
        createListener("acme/shop");
        integration.setManageWebhooks(true);
        // When
        createListener("acme/tools else/where");
        // Then
        await().until(() -> !hooks(tools).isEmpty());
        assertThat(hooks(tools)).containsExactly(integration.getWebhookAddress());
        assertThat(hooks(shop)).isEmpty();
    }

    @Test
    void shouldRemoveByItselfWhatNoJobListensToAnyMore() throws Exception {
        // Given
        integration.setManageWebhooks(true);
        WebhookRegistration.get().pause = Duration.ZERO;
        forge.gitlab().addHook(tools, "https://other.example.org/hook", "theirs", "");
        createListener("acme/shop");
        FreeStyleProject both = createListener("acme/shop acme/tools");
        await().until(() -> hooks(shop).size() == 1 && hooks(tools).size() == 2);
        // When
        both.delete();
        // Then
        await().until(() -> hooks(tools).size() == 1);
        assertThat(hooks(tools)).containsExactly("https://other.example.org/hook");
        assertThat(hooks(shop)).hasSize(1);
        // When
        createListener("acme/tools");
        // Then
        await().until(() -> hooks(tools).contains(integration.getWebhookAddress()));
    }

    @Test
    void shouldRegisterLaterWhenTheProviderIsBusy() throws Exception {
        // Given
        integration.setManageWebhooks(true);
        WebhookRegistration.get().pause = Duration.ofMillis(50);
        forge.fail(RequestMatcher.of("POST", "/api/v4/projects/**"), Fault.retryAfter(429, Duration.ofSeconds(1)), 2);
        // When
        createListener("acme/shop acme/tools");
        // Then
        await().atMost(Duration.ofSeconds(30)).until(() -> hooks(shop).size() == 1 && hooks(tools).size() == 1);
    }

    @Test
    void shouldLogWhyItCouldNotRegisterByItself() throws Exception {
        // Given
        integration.setManageWebhooks(true);
        try (LogRecorder logs = new LogRecorder().record(WebhookWork.class, Level.WARNING).capture(10)) {
            // When
            createListener("acme/gone");
            // Then
            await().until(() -> !logs.getMessages().isEmpty());
            assertThat(logs.getMessages()).singleElement().asString().contains("Webhooks of acme", "acme/gone");
        }
    }

    private String register(String name, String repositories) {
        return descriptor().doRegisterWebhooks(name, repositories).renderHtml();
    }

    private FreeStyleProject createListener(String repositories) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        ScmChecksTrigger trigger = new ScmChecksTrigger("acme", repositories);
        job.addTrigger(trigger);
        trigger.start(job, true);
        return job;
    }

    private List<String> hooks(Repo repo) {
        return forge.gitlab().hooks(repo).stream().map(hook -> hook.url().toString()).toList();
    }

    private void addSecret(String id, String text) throws Exception {
        ForgeFixture.add(
                jenkins.jenkins,
                new StringCredentialsImpl(CredentialsScope.SYSTEM, id, null, Secret.fromString(text)));
    }

    private GitLabIntegration.DescriptorImpl descriptor() {
        return jenkins.jenkins.getDescriptorByType(GitLabIntegration.DescriptorImpl.class);
    }
}

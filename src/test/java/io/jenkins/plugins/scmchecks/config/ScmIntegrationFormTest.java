package io.jenkins.plugins.scmchecks.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.domains.HostnameSpecification;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.security.AccessDeniedException3;
import hudson.security.AuthorizationStrategy;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import hudson.util.Secret;
import io.jenkins.plugins.scmchecks.engine.scm.ProviderKind;
import java.net.HttpURLConnection;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import jenkins.model.Jenkins;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.springframework.security.core.Authentication;

@WithJenkins
class ScmIntegrationFormTest {

    private JenkinsRule jenkins;

    @BeforeEach
    void setUp(JenkinsRule rule) {
        jenkins = rule;
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER).everywhere().to("admin")
                .grant(Jenkins.READ, Jenkins.MANAGE, Jenkins.SYSTEM_READ).everywhere().to("reader"));
    }

    @Test
    void shouldSurviveTheForm() throws Exception {
        // Given
        addSecret(Domain.global(), "app-token");
        addSecret(Domain.global(), "hook");
        GitHubIntegration integration = new GitHubIntegration("acme", "https://github.example.org/api/v3");
        integration.setOrganization("acme");
        integration.setCredentialsId("app-token");
        integration.setWebhookSecretId("hook");
        ScmChecksGlobalConfiguration configuration = ScmChecksGlobalConfiguration.get();
        configuration.setIntegrations(List.of(integration, new GitHubIntegration("other", "")));
        // When
        submitForm();
        // Then
        assertThat(configuration.getIntegrations()).hasSize(2);
        jenkins.assertEqualDataBoundBeans(integration, configuration.getIntegrations().get(0));
        assertThat(configuration.getIntegrations().get(1).getApiUrl()).isEqualTo("https://api.github.com");
        assertThat(configuration.isAllowLinkLocalAddresses()).isFalse();
    }

    @Test
    void shouldSurviveTheFormWhateverTheProvider() throws Exception {
        // Given
        addSecret(Domain.global(), "token");
        addSecret(Domain.global(), "hook");
        add(new UsernamePasswordCredentialsImpl(CredentialsScope.SYSTEM, "hook-user", null, "hooks", "secret"));
        OAuthClientCredentials application =
                new OAuthClientCredentials(CredentialsScope.SYSTEM, "application", null, "id", Secret.fromString("x"));
        application.setRefreshToken(Secret.fromString("y"));
        add(application);
        GoogleSourceRepositoriesIntegration google = filled(new GoogleSourceRepositoriesIntegration("google", ""), null);
        google.setAudience("https://jenkins.example.org/");
        google.setPushServiceAccount("push@shop.iam.gserviceaccount.com");
        google.setKeysUrl("https://keys.example.org/certs");
        google.setManageWebhooks(false);
        GitLabIntegration gitLab = filled(new GitLabIntegration("gitlab", ""), "hook");
        gitLab.setCredentialsId("application");
        List<ScmIntegration> all = List.of(
                filled(new GitHubIntegration("github", ""), "hook"),
                gitLab,
                filled(new BitbucketCloudIntegration("bitbucket", ""), "hook"),
                filled(new BitbucketDataCenterIntegration("server", "https://bitbucket.example.org"), "hook"),
                filled(new AzureDevOpsIntegration("azure", "https://dev.azure.com/acme"), "hook-user"),
                google,
                filled(new GiteaIntegration("gitea", "https://gitea.example.org/api/v1"), "hook"));
        ScmChecksGlobalConfiguration configuration = ScmChecksGlobalConfiguration.get();
        configuration.setIntegrations(all);
        // When
        submitForm();
        // Then
        assertThat(configuration.getIntegrations()).hasSize(7).doesNotContainAnyElementsOf(all);
        for (int i = 0; i < all.size(); i++) {
            assertThat(configuration.getIntegrations().get(i)).usingRecursiveComparison().isEqualTo(all.get(i));
        }
    }

    @Test
    void shouldOfferTheCredentialsThatTheProviderTakes() throws Exception {
        // Given
        addSecret(Domain.global(), "text");
        add(new UsernamePasswordCredentialsImpl(CredentialsScope.SYSTEM, "user", null, "u", "p"));
        add(new OAuthClientCredentials(CredentialsScope.SYSTEM, "application", null, "id", Secret.fromString("x")));
        add(new GitHubAppKey(CredentialsScope.SYSTEM, "app", null, "1", Secret.fromString("x")));
        add(new FileCredentialsImpl(
                CredentialsScope.SYSTEM, "file", null, "key.json", SecretBytes.fromString("e30=")));
        // When / Then
        try (ACLContext ignored = ACL.as2(user("admin"))) {
            assertThat(choices(GitHubIntegration.class)).containsExactlyInAnyOrder("", "app", "text", "user");
            assertThat(choices(GitLabIntegration.class)).containsExactlyInAnyOrder("", "application", "text", "user");
            assertThat(choices(BitbucketCloudIntegration.class)).containsExactlyInAnyOrder("", "text", "user");
            assertThat(choices(BitbucketDataCenterIntegration.class)).containsExactlyInAnyOrder("", "text", "user");
            assertThat(choices(AzureDevOpsIntegration.class)).containsExactlyInAnyOrder("", "text", "user");
            assertThat(choices(GiteaIntegration.class)).containsExactlyInAnyOrder("", "text", "user");
            assertThat(choices(GoogleSourceRepositoriesIntegration.class))
                    .containsExactlyInAnyOrder("", "application", "text", "file");
            assertThat(values(descriptor(AzureDevOpsIntegration.class).doFillWebhookSecretIdItems("")))
                    .containsExactly("", "user");
        }
    }

    @Test
    void shouldCheckWhatIsEntered() throws Exception {
        try (ACLContext ignored = ACL.as2(user("admin"))) {
            for (ScmIntegrationDescriptor each : descriptors()) {
                String address = each.getDefaultApiUrl();
                assertThat(each.doCheckApiUrl("").kind)
                        .as(each.getDisplayName())
                        .isEqualTo(address == null ? FormValidation.Kind.ERROR : FormValidation.Kind.OK);
                assertThat(each.doCheckApiUrl("file:///etc").kind).isEqualTo(FormValidation.Kind.ERROR);
            }
            assertThat(descriptor(AzureDevOpsIntegration.class).doCheckApiUrl("https://dev.azure.com").getMessage())
                    .contains("dev.azure.com/ORGANIZATION");
            assertThat(descriptor(GitLabIntegration.class).doCheckApiUrl("https://gitlab.example.org").getMessage())
                    .contains("/api/v4");
            assertThat(descriptor(GiteaIntegration.class).doCheckApiUrl("http://gitea.example.org/api/v1").kind)
                    .isEqualTo(FormValidation.Kind.WARNING);
            var google = jenkins.jenkins.getDescriptorByType(GoogleSourceRepositoriesIntegration.DescriptorImpl.class);
            assertThat(google.doCheckPushServiceAccount("nobody").kind).isEqualTo(FormValidation.Kind.ERROR);
            assertThat(google.doCheckPushServiceAccount("a@b.iam").kind).isEqualTo(FormValidation.Kind.OK);
            assertThat(google.doCheckKeysUrl("x").kind).isEqualTo(FormValidation.Kind.ERROR);
            var oauth = jenkins.jenkins.getDescriptorByType(OAuthClientCredentials.DescriptorImpl.class);
            assertThat(oauth.doCheckClientId(" ").kind).isEqualTo(FormValidation.Kind.ERROR);
            assertThat(oauth.doCheckClientSecret(Secret.fromString("")).kind).isEqualTo(FormValidation.Kind.ERROR);
        }
    }

    @Test
    void shouldForgetIntegrationsThatTheFormDoesNotHave() throws Exception {
        // Given
        ScmChecksGlobalConfiguration configuration = ScmChecksGlobalConfiguration.get();
        try (JenkinsRule.WebClient web = jenkins.createWebClient().login("admin")) {
            HtmlForm form = web.goTo("configure").getFormByName("config");
            configuration.setIntegrations(List.of(new GitHubIntegration("acme", "")));
            // When
            jenkins.submit(form);
        }
        // Then
        assertThat(configuration.getIntegrations()).isEmpty();
    }

    @Test
    void shouldShowTheWebhookAddressReadyToCopy() throws Exception {
        ScmChecksGlobalConfiguration.get().setIntegrations(List.of(new GitHubIntegration("acme", "")));

        try (JenkinsRule.WebClient web = jenkins.createWebClient().login("admin")) {
            HtmlPage page = web.goTo("configure");

            assertThat(page.asXml()).contains(jenkins.getURL() + "scm-checks/webhooks/acme");
        }
    }

    @Test
    void shouldRefuseTwoOfOneNameAndKeepWhatWas() {
        ScmChecksGlobalConfiguration configuration = ScmChecksGlobalConfiguration.get();
        configuration.setIntegrations(List.of(new GitHubIntegration("acme", "")));

        assertThatThrownBy(() -> configuration.setIntegrations(
                        List.of(new GitHubIntegration("one", ""), new GitHubIntegration("One", ""))))
                .hasMessageContaining("two integrations have the name 'One'");
        assertThatThrownBy(() -> configuration.setIntegrations(List.of(new GitHubIntegration("a/b", ""))))
                .hasMessageContaining("'a/b' is not a name");
        assertThatThrownBy(() -> configuration.setIntegrations(List.of(new GitHubIntegration("a", "file:///etc"))))
                .hasMessageContaining("integration 'a'");
        assertThat(configuration.getIntegrations()).extracting(ScmIntegration::getName).containsExactly("acme");
    }

    @Test
    void shouldTellCredentialIdsToAdministratorsAlone() throws Exception {
        // Given
        addSecret(Domain.global(), "everywhere");
        addSecret(
                new Domain("theirs", null, List.of(new HostnameSpecification("github.example.org", null))), "theirs-only");
        var descriptor = jenkins.jenkins.getDescriptorByType(GitHubIntegration.DescriptorImpl.class);
        // When / Then
        try (ACLContext ignored = ACL.as2(user("reader"))) {
            assertThat(values(descriptor.doFillCredentialsIdItems("https://api.github.com", "mine"))).containsExactly("mine");
            assertThat(values(descriptor.doFillWebhookSecretIdItems("mine"))).containsExactly("mine");
        }
        try (ACLContext ignored = ACL.as2(user("admin"))) {
            assertThat(values(descriptor.doFillCredentialsIdItems("https://api.github.com", "")))
                    .contains("everywhere")
                    .doesNotContain("theirs-only");
            assertThat(values(descriptor.doFillCredentialsIdItems("https://github.example.org/api/v3", "")))
                    .contains("everywhere", "theirs-only");
        }
    }

    @Test
    void shouldCheckThePermissionBeforeAnythingElse() throws Exception {
        var google = jenkins.jenkins.getDescriptorByType(GoogleSourceRepositoriesIntegration.DescriptorImpl.class);
        var oauth = jenkins.jenkins.getDescriptorByType(OAuthClientCredentials.DescriptorImpl.class);

        try (ACLContext ignored = ACL.as2(user("reader"))) {
            for (ScmIntegrationDescriptor each : descriptors()) {
                assertRefused(() -> each.doTestConnection(null));
                assertRefused(() -> each.doRegisterWebhooks("x", ""));
                assertRefused(() -> each.doRemoveWebhooks("x", ""));
                assertRefused(() -> each.doCheckName("x"));
                assertRefused(() -> each.doCheckApiUrl("x"));
                assertRefused(() -> each.doCheckWebhookSecretId("x"));
            }
            assertRefused(() -> google.doCheckPushServiceAccount("x"));
            assertRefused(() -> google.doCheckKeysUrl("x"));
            assertRefused(() -> oauth.doCheckClientId("x"));
            assertRefused(() -> oauth.doCheckClientSecret(null));
        }
    }

    private static void assertRefused(ThrowingCallable question) {
        assertThatThrownBy(question).isInstanceOf(AccessDeniedException3.class);
    }

    @Test
    void shouldTakeNoQuestionByGet() throws Exception {
        try (JenkinsRule.WebClient web = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false).login("admin")) {
            for (String method : List.of(
                    "testConnection", "registerWebhooks", "removeWebhooks", "checkName", "checkApiUrl",
                    "checkWebhookSecretId", "fillCredentialsIdItems", "fillWebhookSecretIdItems")) {
                assertNotByGet(web, GitLabIntegration.class, method);
            }
            assertNotByGet(web, GoogleSourceRepositoriesIntegration.class, "checkPushServiceAccount");
            assertNotByGet(web, GoogleSourceRepositoriesIntegration.class, "checkKeysUrl");
            assertNotByGet(web, OAuthClientCredentials.class, "checkClientId");
            assertNotByGet(web, OAuthClientCredentials.class, "checkClientSecret");
        }
    }

    private void assertNotByGet(JenkinsRule.WebClient web, Class<?> type, String method) throws Exception {
        URL url = new URL(jenkins.getURL(), "descriptorByName/" + type.getName() + "/" + method
                + "?name=a&apiUrl=https://gitlab.com/api/v4&value=x");
        assertThat(web.getPage(new WebRequest(url, HttpMethod.GET)).getWebResponse().getStatusCode())
                .as(method)
                .isIn(HttpURLConnection.HTTP_BAD_METHOD, HttpURLConnection.HTTP_NOT_FOUND);
    }

    @Test
    void shouldHaveHelpForEveryField() throws Exception {
        jenkins.jenkins.setAuthorizationStrategy(AuthorizationStrategy.UNSECURED);

        jenkins.executeOnServer(() -> {
            for (ScmIntegrationDescriptor each : descriptors()) {
                List<String> fields = new ArrayList<>(
                        List.of("name", "apiUrl", "organization", "credentialsId", "webhookAddress"));
                fields.addAll(
                        each.isRegisteringWebhooks()
                                ? List.of("webhookSecretId", "manageWebhooks", "webhookRepositories")
                                : List.of("audience", "pushServiceAccount", "keysUrl"));
                assertThat(fields).as(each.getDisplayName()).allMatch(field -> each.getHelpFile(field) != null);
            }
            return null;
        });
    }

    @Test
    void shouldPressTheButtonsOfTheForm() throws Exception {
        ScmChecksGlobalConfiguration.get().setIntegrations(List.of(new GitLabIntegration("acme", "")));

        try (JenkinsRule.WebClient web = jenkins.createWebClient().login("admin")) {
            HtmlPage page = web.goTo("configure");
            HtmlForm form = page.getFormByName("config");
            form.getInputByName("_.webhookRepositories").setValue("nonsense");
            HtmlElement button = form.getFirstByXPath(".//button[normalize-space()='Register webhooks']");
            button.click();
            web.waitForBackgroundJavaScript(10_000);

            assertThat(page.asNormalizedText()).contains("'nonsense' is not a repository");
        }
    }

    @Test
    void shouldNotBeSentToMetadataServices() throws Exception {
        var descriptor = jenkins.jenkins.getDescriptorByType(GitHubIntegration.DescriptorImpl.class);
        addSecret(Domain.global(), "token");

        try (ACLContext ignored = ACL.as2(user("admin"))) {
            FormValidation answer = descriptor.test(form("http://169.254.169.254/latest", "token"));

            assertThat(answer.kind).isEqualTo(FormValidation.Kind.ERROR);
            assertThat(answer.getMessage()).contains("metadata");
        }
    }

    @Test
    void shouldSayWhichCredentialIsMissing() {
        var descriptor = jenkins.jenkins.getDescriptorByType(GitHubIntegration.DescriptorImpl.class);

        try (ACLContext ignored = ACL.as2(user("admin"))) {
            FormValidation answer = descriptor.test(form("https://api.github.com", "gone"));

            assertThat(answer.kind).isEqualTo(FormValidation.Kind.ERROR);
            assertThat(answer.getMessage()).contains("there is no credential", "gone");
        }
    }

    private void submitForm() throws Exception {
        try (JenkinsRule.WebClient web = jenkins.createWebClient().login("admin")) {
            jenkins.submit(web.goTo("configure").getFormByName("config"));
        }
    }

    private static Authentication user(String name) {
        return User.getOrCreateByIdOrFullName(name).impersonate2();
    }

    private static List<String> values(ListBoxModel items) {
        return items.stream().map(o -> o.value).toList();
    }

    private List<ScmIntegrationDescriptor> descriptors() {
        List<ScmIntegrationDescriptor> all = jenkins.jenkins.getExtensionList(ScmIntegrationDescriptor.class);
        assertThat(all).hasSize(ProviderKind.values().length);
        return all;
    }

    private ScmIntegrationDescriptor descriptor(Class<? extends ScmIntegration> type) {
        return (ScmIntegrationDescriptor) jenkins.jenkins.getDescriptorOrDie(type);
    }

    private List<String> choices(Class<? extends ScmIntegration> type) {
        return values(descriptor(type).doFillCredentialsIdItems("", ""));
    }

    private static <T extends ScmIntegration> T filled(T integration, String webhookSecretId) {
        integration.setOrganization("acme");
        integration.setCredentialsId("token");
        integration.setWebhookSecretId(webhookSecretId);
        integration.setManageWebhooks(true);
        return integration;
    }

    private void add(StandardCredentials credentials) throws Exception {
        CredentialsProvider.lookupStores(jenkins.jenkins).iterator().next().addCredentials(Domain.global(), credentials);
    }

    private void addSecret(Domain domain, String id) throws Exception {
        StandardCredentials secret =
                new StringCredentialsImpl(CredentialsScope.SYSTEM, id, null, Secret.fromString("text"));
        CredentialsStore store = CredentialsProvider.lookupStores(jenkins.jenkins).iterator().next();
        if (!store.addDomain(domain, secret)) {
            store.addCredentials(domain, secret);
        }
    }

    private static UnaryOperator<String> form(String apiUrl, String credentialsId) {
        return Map.of("name", "x", "apiUrl", apiUrl, "credentialsId", credentialsId)::get;
    }
}

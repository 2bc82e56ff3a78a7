package io.jenkins.plugins.scmchecks.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.domains.HostnameSpecification;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.security.AccessDeniedException3;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import hudson.util.Secret;
import java.net.HttpURLConnection;
import java.net.URL;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
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
        var descriptor = jenkins.jenkins.getDescriptorByType(GitHubIntegration.DescriptorImpl.class);

        try (ACLContext ignored = ACL.as2(user("reader"))) {
            assertThatThrownBy(() -> descriptor.doTestConnection("x", "https://169.254.169.254", "", ""))
                    .isInstanceOf(AccessDeniedException3.class);
            assertThatThrownBy(() -> descriptor.doCheckName("x")).isInstanceOf(AccessDeniedException3.class);
            assertThatThrownBy(() -> descriptor.doCheckApiUrl("x")).isInstanceOf(AccessDeniedException3.class);
            assertThatThrownBy(() -> descriptor.doCheckWebhookSecretId("x")).isInstanceOf(AccessDeniedException3.class);
        }
    }

    @Test
    void shouldTakeNoQuestionByGet() throws Exception {
        try (JenkinsRule.WebClient web = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false).login("admin")) {
            for (String method : List.of(
                    "testConnection", "checkName", "checkApiUrl", "checkWebhookSecretId", "fillCredentialsIdItems",
                    "fillWebhookSecretIdItems")) {
                URL url = new URL(jenkins.getURL(), "descriptorByName/" + GitHubIntegration.class.getName() + "/" + method
                        + "?name=a&apiUrl=https://api.github.com&value=x");

                assertThat(web.getPage(new WebRequest(url, HttpMethod.GET)).getWebResponse().getStatusCode())
                        .as(method)
                        .isIn(HttpURLConnection.HTTP_BAD_METHOD, HttpURLConnection.HTTP_NOT_FOUND);
            }
        }
    }

    @Test
    void shouldNotBeSentToMetadataServices() throws Exception {
        var descriptor = jenkins.jenkins.getDescriptorByType(GitHubIntegration.DescriptorImpl.class);
        addSecret(Domain.global(), "token");

        try (ACLContext ignored = ACL.as2(user("admin"))) {
            FormValidation answer = descriptor.doTestConnection("x", "http://169.254.169.254/latest", "", "token");

            assertThat(answer.kind).isEqualTo(FormValidation.Kind.ERROR);
            assertThat(answer.getMessage()).contains("metadata");
        }
    }

    @Test
    void shouldSayWhichCredentialIsMissing() {
        var descriptor = jenkins.jenkins.getDescriptorByType(GitHubIntegration.DescriptorImpl.class);

        try (ACLContext ignored = ACL.as2(user("admin"))) {
            FormValidation answer = descriptor.doTestConnection("x", "https://api.github.com", "", "gone");

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

    private void addSecret(Domain domain, String id) throws Exception {
        StandardCredentials secret =
                new StringCredentialsImpl(CredentialsScope.SYSTEM, id, null, Secret.fromString("text"));
        CredentialsStore store = CredentialsProvider.lookupStores(jenkins.jenkins).iterator().next();
        if (!store.addDomain(domain, secret)) {
            store.addCredentials(domain, secret);
        }
    }
}

package io.jenkins.plugins.scmchecks.config;

import static io.jenkins.plugins.casc.misc.Util.getUnclassifiedRoot;
import static io.jenkins.plugins.casc.misc.Util.toStringFromYamlFile;
import static io.jenkins.plugins.casc.misc.Util.toYamlString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.security.ACL;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.ConfiguratorException;
import io.jenkins.plugins.casc.ConfiguratorRegistry;
import io.jenkins.plugins.casc.misc.ConfiguredWithCode;
import io.jenkins.plugins.casc.misc.JenkinsConfiguredWithCodeRule;
import io.jenkins.plugins.casc.misc.junit.jupiter.WithJenkinsConfiguredWithCode;
import io.jenkins.plugins.scmchecks.engine.scm.ProviderKind;
import io.jenkins.plugins.scmchecks.engine.scm.ScmCredential;
import io.jenkins.plugins.scmchecks.engine.webhook.WebhookTrust;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@WithJenkinsConfiguredWithCode
class ConfigurationAsCodeTest {

    @Test
    @ConfiguredWithCode("configuration.yml")
    void shouldReadEverything(JenkinsConfiguredWithCodeRule jenkins) {
        // When
        ScmChecksGlobalConfiguration configuration = ScmChecksGlobalConfiguration.get();
        // Then
        assertThat(configuration.isAllowLinkLocalAddresses()).isTrue();
        assertThat(configuration.getIntegrations())
                .extracting(ScmIntegration::getName)
                .containsExactly(
                        "acme", "enterprise", "gitlab", "bitbucket", "bitbucket-server", "azure", "google", "gitea");
        assertThat(configuration.getIntegrations())
                .extracting(ScmIntegration::kind)
                .contains(ProviderKind.values());
        ScmIntegration acme = configuration.integration("acme").orElseThrow();
        assertThat(acme).isInstanceOf(GitHubIntegration.class);
        assertThat(acme.getApiUrl()).isEqualTo("https://api.github.com");
        assertThat(acme.trust()).isEqualTo(new WebhookTrust.SharedSecret("a webhook secret"));
        assertThat(acme.getWebhookAddress()).isEqualTo(jenkins.jenkins.getRootUrl() + "scm-checks/webhooks/acme");
        assertThat(configuration.integration("enterprise").orElseThrow().trust()).isNull();
        List<GitHubAppKey> keys = CredentialsProvider.lookupCredentialsInItemGroup(
                GitHubAppKey.class, jenkins.jenkins, ACL.SYSTEM2);
        assertThat(keys).singleElement().satisfies(key -> {
            assertThat(key.getAppId()).isEqualTo("4711");
            assertThat(key.getPrivateKey().getPlainText()).startsWith("-----BEGIN RSA PRIVATE KEY-----\ncanary");
        });
    }

    @Test
    @ConfiguredWithCode("configuration.yml")
    void shouldKnowHowEachProviderProvesItsWebhooks(JenkinsConfiguredWithCodeRule jenkins) {
        assertThat(trust("gitlab")).isEqualTo(new WebhookTrust.SharedSecret("a webhook secret"));
        assertThat(trust("bitbucket")).isEqualTo(new WebhookTrust.SharedSecret("a webhook secret"));
        assertThat(trust("bitbucket-server")).isEqualTo(new WebhookTrust.SharedSecret("a webhook secret"));
        assertThat(trust("gitea")).isEqualTo(new WebhookTrust.SharedSecret("a webhook secret"));
        assertThat(trust("azure")).isEqualTo(new WebhookTrust.BasicAuth("hooks", "canary-webhook-password"));
        assertThat(trust("google"))
                .isEqualTo(new WebhookTrust.GoogleIdentity(
                        "https://jenkins.example.org/",
                        "push@acme-shop.iam.gserviceaccount.com",
                        URI.create("https://www.googleapis.com/oauth2/v3/certs")));
    }

    @Test
    @ConfiguredWithCode("configuration.yml")
    void shouldReadAnOAuthClient(JenkinsConfiguredWithCodeRule jenkins) {
        assertThat(new CredentialLookup("https://gitlab.com/api/v4")
                        .find("acme-application", EnumSet.of(CredentialKind.OAUTH_CLIENT)))
                .contains(new ScmCredential.OAuthClient(
                        "the-application", "canary-client-secret", "canary-refresh-token"));
    }

    private static WebhookTrust trust(String integration) {
        return ScmChecksGlobalConfiguration.get().integration(integration).orElseThrow().trust();
    }

    @Test
    @ConfiguredWithCode("configuration.yml")
    void shouldWriteWhatItReads(JenkinsConfiguredWithCodeRule jenkins) throws Exception {
        ConfigurationContext context = new ConfigurationContext(ConfiguratorRegistry.get());

        String exported = toYamlString(getUnclassifiedRoot(context).get("scmChecks"));

        assertThat(exported).isEqualTo(toStringFromYamlFile(this, "exported.yml"));
    }

    @Test
    @ConfiguredWithCode("configuration.yml")
    void shouldNeverWriteASecret(JenkinsConfiguredWithCodeRule jenkins) throws Exception {
        ByteArrayOutputStream exported = new ByteArrayOutputStream();

        ConfigurationAsCode.get().export(exported);

        assertThat(exported.toString(StandardCharsets.UTF_8))
                .contains("gitHubAppKey", "acme-app", "scmOAuthClient", "acme-application")
                .doesNotContain("canary")
                .doesNotContain("a webhook secret");
        Path saved = jenkins.jenkins.getRootDir().toPath().resolve(ScmChecksGlobalConfiguration.class.getName() + ".xml");
        assertThat(Files.readString(saved)).contains("acme-webhook").doesNotContain("a webhook secret");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "gitLab: {name: x, apiUrl: 'https://gitlab.example.org'}|ends with /api/v4",
        "gitea: {name: x}|not an API address",
        "gitea: {name: x, apiUrl: 'https://gitea.example.org'}|ends with /api/v1",
        "bitbucketDataCenter: {name: x, apiUrl: 'https://bitbucket.example.org/rest/api/latest'}|address of Bitbucket's pages",
        "azureDevOps: {name: x, apiUrl: 'https://dev.azure.com'}|https://dev.azure.com/ORGANIZATION",
        "googleSourceRepositories: {name: x, webhookSecretId: y}|pushServiceAccount",
        "googleSourceRepositories: {name: x, keysUrl: 'file:///etc/passwd'}|not an API address",
    })
    void shouldSayWhatCannotWork(String integration, String reason, JenkinsConfiguredWithCodeRule jenkins, @TempDir Path folder)
            throws Exception {
        Path yaml = Files.writeString(
                folder.resolve("x.yml"), "unclassified: {scmChecks: {integrations: [{" + integration + "}]}}");

        assertThatThrownBy(() -> ConfigurationAsCode.get().configure(yaml.toString()))
                .isInstanceOf(ConfiguratorException.class)
                .hasStackTraceContaining("integration 'x'")
                .hasStackTraceContaining(reason);
        assertThat(ScmChecksGlobalConfiguration.get().getIntegrations()).isEmpty();
    }

    @Test
    void shouldRefuseTwoOfOneName(JenkinsConfiguredWithCodeRule jenkins, @TempDir Path folder) throws Exception {
        Path yaml = Files.writeString(folder.resolve("x.yml"), """
                unclassified:
                  scmChecks:
                    integrations:
                      - gitHub: {name: acme}
                      - gitHub: {name: ACME}
                """);

        assertThatThrownBy(() -> ConfigurationAsCode.get().configure(yaml.toString()))
                .isInstanceOf(ConfiguratorException.class)
                .hasStackTraceContaining("two integrations have the name 'ACME'");
        assertThat(ScmChecksGlobalConfiguration.get().getIntegrations()).isEmpty();
    }
}

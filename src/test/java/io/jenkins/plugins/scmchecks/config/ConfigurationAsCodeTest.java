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
import io.jenkins.plugins.scmchecks.engine.webhook.WebhookTrust;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
                .containsExactly("acme", "enterprise");
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
                .contains("gitHubAppKey", "acme-app")
                .doesNotContain("canary")
                .doesNotContain("a webhook secret");
        Path saved = jenkins.jenkins.getRootDir().toPath().resolve(ScmChecksGlobalConfiguration.class.getName() + ".xml");
        assertThat(Files.readString(saved)).contains("acme-webhook").doesNotContain("a webhook secret");
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

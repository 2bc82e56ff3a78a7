package io.jenkins.plugins.scmchecks.engine.scm;

import io.jenkins.plugins.scmchecks.engine.webhook.WebhookTrust;
import java.net.URI;
import java.util.Objects;

/**
 * One connection to one organization of a provider.
 *
 * @param name unique among the integrations; part of the webhook's address
 * @param kind of the provider
 * @param apiUrl the only address that the credential is ever sent to: {@code https://api.github.com},
 *     {@code https://HOST/api/v3}, {@code https://gitlab.com/api/v4} …
 * @param organization the organization, group, workspace, project or collection; may be empty where the provider
 *     needs none
 * @param credential to sign in with
 * @param trust how webhooks prove who sent them; null when none are accepted
 */
public record Integration(
        String name,
        ProviderKind kind,
        URI apiUrl,
        String organization,
        ScmCredential credential,
        WebhookTrust trust) {

    public Integration {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(apiUrl, "apiUrl");
        Objects.requireNonNull(credential, "credential");
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
            throw new IllegalArgumentException("'" + name
                    + "' is not a name for an integration: use letters, digits, '.', '_' and '-', 64 at most");
        }
        if (!"https".equals(apiUrl.getScheme()) && !"http".equals(apiUrl.getScheme())
                || apiUrl.getHost() == null
                || apiUrl.getUserInfo() != null) {
            throw new IllegalArgumentException(
                    "'" + apiUrl + "' is not an API address: write http(s)://host/path, without a user in it");
        }
        organization = organization == null ? "" : organization;
    }
}

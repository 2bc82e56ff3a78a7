package io.jenkins.plugins.scmchecks.config;

import com.cloudbees.plugins.credentials.CredentialsMatcher;
import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import hudson.security.ACL;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.scmchecks.engine.scm.ScmCredential;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/**
 * Finds the credentials that an integration names: those of Jenkins itself, in the domain of the API's address, and
 * only at the moment they are used.
 */
final class CredentialLookup {

    private static final CredentialsMatcher SECRET_TEXT = CredentialsMatchers.instanceOf(StringCredentials.class);
    private static final CredentialsMatcher SIGN_IN = CredentialsMatchers.anyOf(
            CredentialsMatchers.instanceOf(GitHubAppKey.class),
            SECRET_TEXT,
            CredentialsMatchers.instanceOf(StandardUsernamePasswordCredentials.class));

    private final List<DomainRequirement> domain;

    /** @param apiUrl by which credentials are restricted to hosts; null or not an address for no restriction */
    CredentialLookup(String apiUrl) {
        this.domain = URIRequirementBuilder.fromUri(apiUrl).build();
    }

    /** {@return what to sign in with, or empty when there is no such credential here} */
    Optional<ScmCredential> signIn(String id) {
        return find(id, SIGN_IN).map(CredentialLookup::convert);
    }

    /** {@return the text of a secret, or empty when there is no such credential here or it is blank} */
    Optional<String> secret(String id) {
        return find(id, SECRET_TEXT)
                .map(c -> ((StringCredentials) c).getSecret().getPlainText())
                .filter(s -> !s.isBlank());
    }

    ListBoxModel signInChoices(String current) {
        return choices(SIGN_IN, current);
    }

    ListBoxModel secretChoices(String current) {
        return choices(SECRET_TEXT, current);
    }

    /** Ids tell an attacker what there is to steal, so only an administrator gets more than what is set already. */
    private ListBoxModel choices(CredentialsMatcher kind, String current) {
        String value = current == null ? "" : current;
        StandardListBoxModel result = new StandardListBoxModel();
        if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
            return result.includeCurrentValue(value);
        }
        return result.includeEmptyValue()
                .includeMatchingAs(ACL.SYSTEM2, Jenkins.get(), StandardCredentials.class, domain, kind)
                .includeCurrentValue(value);
    }

    private Optional<StandardCredentials> find(String id, CredentialsMatcher kind) {
        if (id == null || id.isBlank()) {
            return Optional.empty();
        }
        return CredentialsProvider.lookupCredentialsInItemGroup(
                        StandardCredentials.class, Jenkins.get(), ACL.SYSTEM2, domain)
                .stream()
                .filter(c -> c.getId().equals(id) && kind.matches(c))
                .findFirst();
    }

    private static ScmCredential convert(StandardCredentials credential) {
        if (credential instanceof GitHubAppKey app) {
            return new ScmCredential.AppKey(app.getAppId(), app.getPrivateKey().getPlainText());
        }
        if (credential instanceof StringCredentials text) {
            return new ScmCredential.Token(text.getSecret().getPlainText());
        }
        var user = (StandardUsernamePasswordCredentials) credential;
        return new ScmCredential.UserToken(user.getUsername(), user.getPassword().getPlainText());
    }
}

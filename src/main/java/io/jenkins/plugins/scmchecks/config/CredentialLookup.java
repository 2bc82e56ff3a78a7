package io.jenkins.plugins.scmchecks.config;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import hudson.security.ACL;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.scmchecks.engine.scm.ScmCredential;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jenkins.model.Jenkins;

/**
 * Finds the credentials that an integration names: those of Jenkins itself, in the domain of the API's address, and
 * only at the moment they are used.
 */
final class CredentialLookup {

    private final List<DomainRequirement> domain;

    /** @param apiUrl by which credentials are restricted to hosts; null or not an address for no restriction */
    CredentialLookup(String apiUrl) {
        this.domain = URIRequirementBuilder.fromUri(apiUrl).build();
    }

    /**
     * {@return the credential, or empty when there is none of these kinds and that id here}
     *
     * @throws IllegalArgumentException when it cannot be read, saying why
     */
    Optional<ScmCredential> find(String id, Set<CredentialKind> kinds) {
        if (id == null || id.isBlank()) {
            return Optional.empty();
        }
        return CredentialsProvider.lookupCredentialsInItemGroup(
                        StandardCredentials.class, Jenkins.get(), ACL.SYSTEM2, domain)
                .stream()
                .filter(c -> c.getId().equals(id))
                .flatMap(c -> kinds.stream().filter(k -> k.matches(c)).limit(1).map(k -> k.read(c)))
                .findFirst();
    }

    /** Ids tell an attacker what there is to steal, so only an administrator gets more than what is set already. */
    ListBoxModel choices(Set<CredentialKind> kinds, String current) {
        String value = current == null ? "" : current;
        StandardListBoxModel result = new StandardListBoxModel();
        if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
            return result.includeCurrentValue(value);
        }
        return result.includeEmptyValue()
                .includeMatchingAs(
                        ACL.SYSTEM2,
                        Jenkins.get(),
                        StandardCredentials.class,
                        domain,
                        c -> c instanceof StandardCredentials s && kinds.stream().anyMatch(k -> k.matches(s)))
                .includeCurrentValue(value);
    }
}

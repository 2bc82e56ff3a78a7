package io.jenkins.plugins.scmchecks.engine.scm;

/**
 * Told when a provider has given out a new refresh token for one that it no longer takes. Whoever keeps the credential
 * has to store the new one, or the connection ends with this process.
 */
@FunctionalInterface
public interface CredentialRenewal {

    /** Keeps nothing, for connections that live no longer than a build. */
    CredentialRenewal NONE = (integration, credential) -> {};

    /**
     * Called on the thread of a request, before that is made.
     *
     * @param integration with the credential as it was configured
     * @param credential to use from now on
     */
    void renewed(Integration integration, ScmCredential.OAuthClient credential);
}

package io.jenkins.plugins.scmchecks.engine.scm;

/**
 * A repository as its provider lists it.
 *
 * @param path at the provider
 * @param id the provider's own id, which stays when the repository is renamed
 * @param defaultBranch or null when the repository is empty
 * @param cloneUrl over HTTP(S), without credentials
 * @param webUrl for people
 * @param archived whether it is read-only
 */
public record RepositoryInfo(
        RepositoryPath path, String id, String defaultBranch, String cloneUrl, String webUrl, boolean archived) {}

package io.jenkins.plugins.scmchecks.config;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import io.jenkins.plugins.scmchecks.engine.scm.RepositoryPath;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** Knows which repositories somebody in Jenkins waits for events of. */
public interface ListenedRepositories extends ExtensionPoint {

    /** {@return those of the integration of that name} */
    Collection<RepositoryPath> of(String integration);

    /** {@return those that anybody knows} */
    static Set<RepositoryPath> all(String integration) {
        Set<RepositoryPath> all = new LinkedHashSet<>();
        ExtensionList.lookup(ListenedRepositories.class).forEach(known -> all.addAll(known.of(integration)));
        return all;
    }
}

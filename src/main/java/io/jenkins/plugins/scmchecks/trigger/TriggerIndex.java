package io.jenkins.plugins.scmchecks.trigger;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Item;
import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.scmchecks.config.ListenedRepositories;
import io.jenkins.plugins.scmchecks.engine.scm.RepositoryPath;
import io.jenkins.plugins.scmchecks.engine.webhook.SourceIndex;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Which triggers wait for which repository: kept as triggers come and go, so that an event finds its jobs by one
 * look-up, however many jobs there are.
 */
@Extension
public final class TriggerIndex extends ItemListener {

    private final SourceIndex<ScmChecksTrigger> triggers = new SourceIndex<>();

    static TriggerIndex get() {
        return ExtensionList.lookupSingleton(TriggerIndex.class);
    }

    void add(ScmChecksTrigger trigger) {
        trigger.repositories().forEach(repository -> triggers.add(trigger.getIntegration(), repository, trigger));
    }

    void remove(ScmChecksTrigger trigger) {
        trigger.repositories().forEach(repository -> triggers.remove(trigger.getIntegration(), repository, trigger));
    }

    /** {@return the triggers of living jobs that wait for a repository} */
    List<ScmChecksTrigger> find(String integration, RepositoryPath repository) {
        List<ScmChecksTrigger> found = triggers.find(integration, repository);
        found.stream().filter(t -> !t.isCurrent()).forEach(this::remove);
        return found.stream().filter(ScmChecksTrigger::isCurrent).toList();
    }

    @Extension
    public static final class Repositories implements ListenedRepositories {

        @Override
        public Collection<RepositoryPath> of(String integration) {
            return get().triggers.repositories(integration).stream()
                    .filter(repository -> !get().find(integration, repository).isEmpty())
                    .sorted(Comparator.comparing(RepositoryPath::value))
                    .toList();
        }
    }

    /** A deleted job's triggers are not stopped by all kinds of jobs. */
    @Override
    public void onDeleted(Item item) {
        triggers.all().stream()
                .filter(trigger -> trigger.job() == item)
                .forEach(ScmChecksTrigger::stop);
    }
}

package io.jenkins.plugins.scmchecks.trigger;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Item;
import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.scmchecks.config.ListenedRepositories;
import io.jenkins.plugins.scmchecks.engine.scm.RepositoryPath;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which triggers wait for which repository: kept as triggers come and go, so that an event finds its jobs by one
 * look-up, however many jobs there are.
 */
@Extension
public final class TriggerIndex extends ItemListener {

    private record Key(String integration, RepositoryPath repository) {}

    private final Map<Key, Set<ScmChecksTrigger>> triggers = new ConcurrentHashMap<>();

    static TriggerIndex get() {
        return ExtensionList.lookupSingleton(TriggerIndex.class);
    }

    void add(ScmChecksTrigger trigger) {
        for (RepositoryPath repository : trigger.repositories()) {
            triggers.compute(new Key(trigger.getIntegration(), repository), (key, waiting) -> {
                Set<ScmChecksTrigger> more = waiting == null ? ConcurrentHashMap.newKeySet() : waiting;
                more.add(trigger);
                return more;
            });
        }
    }

    void remove(ScmChecksTrigger trigger) {
        for (RepositoryPath repository : trigger.repositories()) {
            triggers.computeIfPresent(new Key(trigger.getIntegration(), repository), (key, waiting) -> {
                waiting.remove(trigger);
                return waiting.isEmpty() ? null : waiting;
            });
        }
    }

    /** {@return the triggers of living jobs that wait for a repository} */
    List<ScmChecksTrigger> find(String integration, RepositoryPath repository) {
        Set<ScmChecksTrigger> waiting = triggers.get(new Key(integration, repository));
        if (waiting == null) {
            return List.of();
        }
        waiting.stream().filter(t -> !t.isCurrent()).toList().forEach(this::remove);
        return List.copyOf(waiting);
    }

    @Extension
    public static final class Repositories implements ListenedRepositories {

        @Override
        public Collection<RepositoryPath> of(String integration) {
            return get().triggers.keySet().stream()
                    .filter(key -> key.integration().equals(integration))
                    .map(Key::repository)
                    .filter(repository -> !get().find(integration, repository).isEmpty())
                    .sorted(Comparator.comparing(RepositoryPath::value))
                    .toList();
        }
    }

    /** A deleted job's triggers are not stopped by all kinds of jobs. */
    @Override
    public void onDeleted(Item item) {
        triggers.values().stream()
                .flatMap(Set::stream)
                .filter(trigger -> trigger.job() == item)
                .distinct()
                .toList()
                .forEach(ScmChecksTrigger::stop);
    }
}

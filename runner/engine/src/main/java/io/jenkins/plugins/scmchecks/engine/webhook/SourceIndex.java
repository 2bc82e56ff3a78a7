package io.jenkins.plugins.scmchecks.engine.webhook;

import io.jenkins.plugins.scmchecks.engine.scm.RepositoryPath;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who waits for events of which repository. An event finds them by one look-up, however many there are. Thread-safe.
 *
 * @param <S> who waits
 */
public final class SourceIndex<S> {

    private record Key(String integration, RepositoryPath repository) {}

    private final Map<Key, Set<S>> waiting = new ConcurrentHashMap<>();

    public void add(String integration, RepositoryPath repository, S source) {
        waiting.compute(new Key(integration, repository), (key, others) -> {
            Set<S> all = others == null ? ConcurrentHashMap.newKeySet() : others;
            all.add(source);
            return all;
        });
    }

    public void remove(String integration, RepositoryPath repository, S source) {
        waiting.computeIfPresent(new Key(integration, repository), (key, all) -> {
            all.remove(source);
            return all.isEmpty() ? null : all;
        });
    }

    /** {@return those who wait for the repository, in no order} */
    public List<S> find(String integration, RepositoryPath repository) {
        Set<S> found = waiting.get(new Key(integration, repository));
        return found == null ? List.of() : List.copyOf(found);
    }

    /** {@return the repositories of an integration that somebody waits for} */
    public Collection<RepositoryPath> repositories(String integration) {
        return waiting.keySet().stream()
                .filter(key -> key.integration().equals(integration))
                .map(Key::repository)
                .toList();
    }

    /** {@return all who wait, each once} */
    public List<S> all() {
        return waiting.values().stream().flatMap(Set::stream).distinct().toList();
    }
}

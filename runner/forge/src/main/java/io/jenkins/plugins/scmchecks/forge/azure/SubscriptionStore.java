package io.jenkins.plugins.scmchecks.forge.azure;

import io.jenkins.plugins.scmchecks.forge.model.ForgeState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** The service hooks of the collection. */
final class SubscriptionStore {

    private final Map<Long, Subscription> subscriptions = new ConcurrentSkipListMap<>();
    private final ForgeState state;

    SubscriptionStore(ForgeState state) {
        this.state = state;
    }

    long nextId() {
        return state.nextId();
    }

    Subscription save(Subscription subscription) {
        subscriptions.put(subscription.id(), subscription);
        return subscription;
    }

    void delete(Subscription subscription) {
        subscriptions.remove(subscription.id());
    }

    List<Subscription> all() {
        return List.copyOf(subscriptions.values());
    }

    /** {@return those of a repository} */
    List<Subscription> of(String repository) {
        return all().stream().filter(s -> repository.equals(s.publisherInputs().get("repository"))).toList();
    }

    Optional<Subscription> find(String guid) {
        return all().stream().filter(s -> Json.guid(s.id()).equals(guid)).findFirst();
    }
}

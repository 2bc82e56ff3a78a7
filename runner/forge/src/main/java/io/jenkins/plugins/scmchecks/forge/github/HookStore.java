package io.jenkins.plugins.scmchecks.forge.github;

import io.jenkins.plugins.scmchecks.forge.model.ForgeState;
import io.jenkins.plugins.scmchecks.forge.webhook.Hook;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;

/** The webhooks of repositories and organizations. */
final class HookStore {

    private final ForgeState state;
    private final Map<Long, Hook> hooks = new ConcurrentSkipListMap<>();

    HookStore(ForgeState state) {
        this.state = state;
    }

    Hook create(Hook.Target target, long targetId, URI url, String secret, boolean form, Set<String> events,
            boolean active) {
        Instant now = state.now();
        return save(new Hook(state.nextId(), target, targetId, url, secret, form, events, active, now, now));
    }

    Hook save(Hook hook) {
        hooks.put(hook.id(), hook);
        return hook;
    }

    void delete(Hook hook) {
        hooks.remove(hook.id());
    }

    List<Hook> of(Hook.Target target, long targetId) {
        return hooks.values().stream()
                .filter(hook -> hook.target() == target && hook.targetId() == targetId)
                .toList();
    }

    Optional<Hook> find(Hook.Target target, long targetId, long id) {
        return of(target, targetId).stream().filter(hook -> hook.id() == id).findFirst();
    }
}

package io.jenkins.plugins.scmchecks.forge.gitlab;

import io.jenkins.plugins.scmchecks.forge.model.ForgeState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** The webhooks of projects. */
final class HookStore {

    static final List<String> EVENTS = List.of("push_events", "tag_push_events", "merge_requests_events",
            "issues_events", "note_events", "job_events", "pipeline_events", "wiki_page_events", "releases_events");

    private final Map<Long, GitLabHook> hooks = new ConcurrentSkipListMap<>();
    private final ForgeState state;

    HookStore(ForgeState state) {
        this.state = state;
    }

    long nextId() {
        return state.nextId();
    }

    GitLabHook save(GitLabHook hook) {
        hooks.put(hook.id(), hook);
        return hook;
    }

    void delete(GitLabHook hook) {
        hooks.remove(hook.id());
    }

    List<GitLabHook> of(long projectId) {
        return hooks.values().stream().filter(hook -> hook.projectId() == projectId).toList();
    }

    Optional<GitLabHook> find(long projectId, long id) {
        return of(projectId).stream().filter(hook -> hook.id() == id).findFirst();
    }
}

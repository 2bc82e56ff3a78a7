package io.jenkins.plugins.scmchecks.forge.gitlab;

import io.jenkins.plugins.scmchecks.forge.model.ForgeState;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The pipelines of commits: statuses belong to one, and make one where there is none. */
final class Pipelines {

    record Pipeline(long id, String sha, String ref) {}

    private final ForgeState state;
    private final Map<Long, List<Pipeline>> byProject = new HashMap<>();
    private final Map<Long, Pipeline> byStatus = new HashMap<>();

    Pipelines(ForgeState state) {
        this.state = state;
    }

    Pipeline create(Repo repo, String sha, String ref) {
        Pipeline pipeline = new Pipeline(state.nextId(), sha, ref);
        byProject.computeIfAbsent(repo.id(), id -> new ArrayList<>()).add(0, pipeline);
        return pipeline;
    }

    /** {@return a commit's pipelines, the newest first} */
    List<Pipeline> of(Repo repo, String sha) {
        return byProject.getOrDefault(repo.id(), List.of()).stream().filter(p -> p.sha().equals(sha)).toList();
    }

    void attach(long status, Pipeline pipeline) {
        byStatus.put(status, pipeline);
    }

    Pipeline ofStatus(long status) {
        return byStatus.get(status);
    }
}

package io.jenkins.plugins.scmchecks.trigger;

import hudson.EnvVars;
import hudson.Util;
import java.io.Serial;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What a build is about: a commit, and the pull request it belongs to if any. Kept with the build, so a plain class:
 * Jenkins' XML cannot hold records. Texts may be null; all of them come from outside and are untrusted.
 */
public final class Coordinates implements Serializable {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String integration;
    private final String repository;
    private final String event;
    private final String branch;
    private final String headSha;
    private final String baseSha;
    private final long pullRequest;
    private final String sourceBranch;
    private final String targetBranch;
    private final String ref;
    private final String cloneUrl;
    private final boolean fork;
    private final String actor;

    private Coordinates(Builder builder) {
        this.integration = Objects.requireNonNull(builder.integration, "integration");
        this.repository = Objects.requireNonNull(builder.repository, "repository");
        this.event = builder.event;
        this.branch = Util.fixEmpty(builder.branch);
        this.headSha = Util.fixEmpty(builder.headSha);
        this.baseSha = Util.fixEmpty(builder.baseSha);
        this.pullRequest = builder.pullRequest;
        this.sourceBranch = Util.fixEmpty(builder.sourceBranch);
        this.targetBranch = Util.fixEmpty(builder.targetBranch);
        this.ref = Util.fixEmpty(builder.ref);
        this.cloneUrl = Util.fixEmpty(builder.cloneUrl);
        this.fork = builder.fork;
        this.actor = Util.fixEmpty(builder.actor);
    }

    public static Builder of(String integration, String repository) {
        return new Builder(integration, repository);
    }

    public String integration() {
        return integration;
    }

    public String repository() {
        return repository;
    }

    /** {@return what happened, such as {@code push} or {@code pull_request_opened}; null when no event started it} */
    public String event() {
        return event;
    }

    /** {@return the branch that was pushed, or the pull request's own} */
    public String branch() {
        return branch;
    }

    public String headSha() {
        return headSha;
    }

    /** {@return the commit before a push, or the target branch's newest commit of a pull request} */
    public String baseSha() {
        return baseSha;
    }

    /** {@return its number, or 0 for none} */
    public long pullRequest() {
        return pullRequest;
    }

    public String targetBranch() {
        return targetBranch;
    }

    /** {@return whether the commit comes from a fork, so that nothing in it may be trusted} */
    public boolean fork() {
        return fork;
    }

    public String actor() {
        return actor;
    }

    /** {@return the environment variables of the build; those that nothing is known for are left out} */
    public Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("SCM_CHECKS_INTEGRATION", integration);
        variables.put("SCM_CHECKS_REPOSITORY", repository);
        variables.put("SCM_CHECKS_EVENT", event);
        variables.put("SCM_CHECKS_BRANCH", branch);
        variables.put("SCM_CHECKS_HEAD_SHA", headSha);
        variables.put("SCM_CHECKS_BASE_SHA", baseSha);
        variables.put("SCM_CHECKS_PULL_REQUEST", pullRequest == 0 ? null : Long.toString(pullRequest));
        variables.put("SCM_CHECKS_SOURCE_BRANCH", sourceBranch);
        variables.put("SCM_CHECKS_TARGET_BRANCH", targetBranch);
        variables.put("SCM_CHECKS_REF", ref);
        variables.put("SCM_CHECKS_CLONE_URL", cloneUrl);
        variables.put("SCM_CHECKS_FORK", Boolean.toString(fork));
        variables.put("SCM_CHECKS_ACTOR", actor);
        variables.values().removeIf(Objects::isNull);
        return variables;
    }

    void addTo(EnvVars environment) {
        environment.putAll(variables());
    }

    /** {@return whether a build for the other would do the same work} */
    boolean sameWorkAs(Coordinates other) {
        return integration.equals(other.integration)
                && repository.equalsIgnoreCase(other.repository)
                && pullRequest == other.pullRequest
                && Objects.equals(headSha, other.headSha)
                && Objects.equals(targetBranch, other.targetBranch)
                && Objects.equals(pullRequest == 0 ? branch : null, other.pullRequest == 0 ? other.branch : null);
    }

    /** {@return whether this is the push of the commit that is the pull request's newest} */
    boolean isPushOf(Coordinates other) {
        return pullRequest == 0
                && headSha != null
                && headSha.equals(other.headSha)
                && integration.equals(other.integration)
                && repository.equalsIgnoreCase(other.repository);
    }

    /** Takes what is known; all of it but integration and repository is optional. */
    public static final class Builder {
        private final String integration;
        private final String repository;
        private String event;
        private String branch;
        private String headSha;
        private String baseSha;
        private long pullRequest;
        private String sourceBranch;
        private String targetBranch;
        private String ref;
        private String cloneUrl;
        private boolean fork;
        private String actor;

        private Builder(String integration, String repository) {
            this.integration = integration;
            this.repository = repository;
        }

        public Builder event(String value) {
            event = value;
            return this;
        }

        public Builder branch(String value) {
            branch = value;
            return this;
        }

        public Builder headSha(String value) {
            headSha = value;
            return this;
        }

        public Builder baseSha(String value) {
            baseSha = value;
            return this;
        }

        public Builder pullRequest(long number, String source, String target, boolean fromFork) {
            pullRequest = number;
            sourceBranch = source;
            targetBranch = target;
            fork = fromFork;
            return this;
        }

        public Builder ref(String value) {
            ref = value;
            return this;
        }

        public Builder cloneUrl(String value) {
            cloneUrl = value;
            return this;
        }

        public Builder actor(String value) {
            actor = value;
            return this;
        }

        public Coordinates build() {
            return new Coordinates(this);
        }
    }
}

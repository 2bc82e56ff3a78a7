package io.jenkins.plugins.scmchecks.engine.scm;

/** What a connection can do at its provider; what it cannot do is told to people instead of failing. */
public enum Capability {
    /** There are pull requests. */
    PULL_REQUESTS,
    /** A check of its own, with annotations. */
    CHECKS,
    /** A commit status, or build status. */
    STATUSES,
    /** Comments on lines of a pull request. */
    INLINE_COMMENTS,
    /** Threads of inline comments can be resolved and reopened. */
    RESOLVE_THREADS,
    /** A suggested change that is applied by a click. */
    SUGGESTIONS,
    /** A comment on the pull request as a whole. */
    SUMMARY_COMMENT,
    /** Webhooks can be registered by us; otherwise a person does it once. */
    REGISTER_WEBHOOKS
}

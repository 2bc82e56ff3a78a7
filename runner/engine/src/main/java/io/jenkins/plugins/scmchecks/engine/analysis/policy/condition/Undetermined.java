package io.jenkins.plugins.scmchecks.engine.analysis.policy.condition;

/**
 * The third truth value: what depends on it is not decided, so no policy fails by it.
 *
 * @param why for people who write policies: an unknown value, or an operation that makes no sense
 */
public record Undetermined(String why) {}

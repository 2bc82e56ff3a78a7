package io.jenkins.plugins.scmchecks.engine.analysis.policy.condition;

/**
 * {@code name in list}, as in a policy's {@code each}.
 *
 * @param variable that takes each element in turn
 * @param range the list
 */
public record Binding(String variable, Expression range) {}

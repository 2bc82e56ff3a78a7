package io.jenkins.plugins.scmchecks.forge.azure;

import java.util.Map;

/**
 * A service hook: one kind of event, told to one address.
 *
 * @param event such as {@code git.push}
 * @param publisherInputs what events it is for
 * @param consumerInputs where and how they are told
 * @param status {@code enabled}, {@code onProbation}, {@code disabledByUser}, {@code disabledBySystem} …
 */
public record Subscription(
        long id, String event, Map<String, String> publisherInputs, Map<String, String> consumerInputs, String status) {

    public Subscription {
        publisherInputs = Map.copyOf(publisherInputs);
        consumerInputs = Map.copyOf(consumerInputs);
    }

    Subscription with(String newStatus) {
        return new Subscription(id, event, publisherInputs, consumerInputs, newStatus);
    }

    /** @param change the kind of update, or empty for one that no filter knows */
    boolean wants(String told, String change, String branch) {
        String only = publisherInputs.getOrDefault("notificationType", "");
        String onlyBranch = publisherInputs.getOrDefault("branch", "");
        return status.equals("enabled")
                && event.equals(told)
                && (only.isEmpty() || only.equals(change))
                && (onlyBranch.isEmpty() || onlyBranch.equals(branch));
    }
}

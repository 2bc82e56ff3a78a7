package io.jenkins.plugins.scmchecks.engine.analysis.policy;

import java.util.List;

/**
 * The policies of one file.
 *
 * @param name unique, like {@code kubernetes-pods}
 * @param title the heading in the documentation
 * @param platform of all its policies
 * @param path of the file, for messages
 */
public record PolicyPack(String name, String title, String platform, String path, List<Policy> policies) {

    public PolicyPack {
        policies = List.copyOf(policies);
    }
}

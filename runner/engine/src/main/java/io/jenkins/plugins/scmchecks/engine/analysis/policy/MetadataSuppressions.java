package io.jenkins.plugins.scmchecks.engine.analysis.policy;

import io.jenkins.plugins.scmchecks.engine.finding.Suppression;
import java.util.List;

/**
 * Decisions that stand in a CloudFormation resource's {@code Metadata}, where cfn_nag
 * ({@code cfn_nag.rules_to_suppress}, each with {@code id} and {@code reason}) and checkov ({@code checkov.skip}, each
 * with {@code id} and {@code comment}) look for them. Their ids are looked up among the policy's aliases.
 */
final class MetadataSuppressions {

    /** The entry of a body that a reader puts the resource's metadata under. */
    private static final String METADATA = "_metadata";

    private MetadataSuppressions() {}

    /**
     * {@return the decision about a policy, or null}
     *
     * @param resource that the finding is about, or null when it stands in another file
     */
    static Suppression about(Policy policy, Resource resource) {
        if (resource == null) {
            return null;
        }
        Suppression decision = in(list(resource, "cfn_nag", "rules_to_suppress"), "reason", policy);
        return decision != null ? decision : in(list(resource, "checkov", "skip"), "comment", policy);
    }

    private static List<Node> list(Resource resource, String tool, String key) {
        return resource.body().get(METADATA) instanceof Node.Mapping metadata
                        && metadata.get(tool) instanceof Node.Mapping settings
                        && settings.get(key) instanceof Node.Sequence decisions
                ? decisions.items()
                : List.of();
    }

    private static Suppression in(List<Node> decisions, String reason, Policy policy) {
        for (Node node : decisions) {
            String id = node instanceof Node.Mapping decision ? text(decision.get("id")) : "";
            if (!id.isEmpty() && policy.isKnownAs(id)) {
                return new Suppression("inSource", text(((Node.Mapping) node).get(reason)));
            }
        }
        return null;
    }

    private static String text(Node node) {
        return node instanceof Node.Scalar scalar && scalar.value() != null ? scalar.value().toString().strip() : "";
    }
}

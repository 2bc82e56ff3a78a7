package io.jenkins.plugins.scmchecks.engine.analysis.policy.cloudformation;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.Resource;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.document.LocalPath;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A template that another one uses, with the parameters that it gives: {@code AWS::CloudFormation::Stack} and
 * {@code AWS::Serverless::Application}, when they name a file of the tree.
 *
 * @param path of the template
 * @param parameters by their names; those that are not given have their defaults
 */
record NestedStack(String path, Map<String, Node> parameters) {

    /** {@return what a resource uses, or empty when that is no file of the tree} */
    static Optional<NestedStack> of(Resource resource) {
        String property = switch (resource.type()) {
            case "AWS::CloudFormation::Stack" -> "TemplateURL";
            case "AWS::Serverless::Application" -> "Location";
            default -> null;
        };
        String written = property == null ? null : Values.text(resource.body().get(property));
        return written == null
                ? Optional.empty()
                : LocalPath.resolve(resource.path(), written).map(path -> new NestedStack(path, parameters(resource)));
    }

    private static Map<String, Node> parameters(Resource resource) {
        Map<String, Node> given = new HashMap<>();
        if (resource.body().get("Parameters") instanceof Node.Mapping parameters) {
            parameters.entries().forEach((name, entry) -> given.put(name, entry.value()));
        }
        return given;
    }
}

package io.jenkins.plugins.scmchecks.engine.analysis.policy.azure;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import java.util.List;

/**
 * The {@code copy} elements of ARM templates: of a resource one loop, of properties and variables a list of loops each
 * of which makes a property. (Azure Resource Manager, "Resource iteration in ARM templates".)
 */
final class ArmLoops {

    private ArmLoops() {}

    /** {@return the name under which an evaluation finds a loop's number; of the innermost loop when the name is ""} */
    static String index(String name) {
        return "copyIndex(" + name + ")";
    }

    /** {@return the loop that a resource stands in, or null} */
    static Expr.LoopHead ofResource(Node.Mapping resource) {
        return resource.get("copy") instanceof Node.Mapping copy && copy.get("count") != null ? head(copy) : null;
    }

    /** {@return the properties or variables that a {@code copy} makes, or null when it is no list of loops} */
    static List<Expr.Field> fields(Node copy) {
        boolean loops = copy instanceof Node.Sequence list
                && !list.items().isEmpty()
                && list.items().stream().allMatch(ArmLoops::isLoop);
        return loops
                ? ((Node.Sequence) copy).items().stream().map(item -> field((Node.Mapping) item)).toList()
                : null;
    }

    private static boolean isLoop(Node node) {
        return node instanceof Node.Mapping loop
                && loop.get("name") instanceof Node.Scalar
                && loop.get("count") != null
                && loop.get("input") != null;
    }

    private static Expr.Field field(Node.Mapping loop) {
        Node.Entry input = loop.entries().get("input");
        Region key = input.key();
        return new Expr.Field(
                new Expr.Literal(loop.get("name")),
                key,
                new Expr.Loop(head(loop), ArmExpressions.of(input.value()), key));
    }

    private static Expr.LoopHead head(Node.Mapping loop) {
        Region at = loop.get("count").region();
        String name = String.valueOf(Functions.text(loop.get("name")));
        Expr zero = new Expr.Literal(new Node.Scalar(0L, at));
        Expr numbers = new Expr.Call("range", List.of(zero, ArmExpressions.of(loop.get("count"))), at);
        return new Expr.LoopHead(index(""), index(name), numbers);
    }
}

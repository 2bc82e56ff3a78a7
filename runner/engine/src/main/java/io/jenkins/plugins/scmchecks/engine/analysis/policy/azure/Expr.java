package io.jenkins.plugins.scmchecks.engine.analysis.policy.azure;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import java.util.List;

/** An expression of an Azure template; those of ARM and Bicep have the same parts. */
sealed interface Expr {

    Region region();

    /** A text, number, truth value or null, or a value that is known to be unknown. */
    record Literal(Node value) implements Expr {
        @Override
        public Region region() {
            return value.region();
        }
    }

    /** Texts and expressions put together. */
    record Text(List<Expr> parts, Region region) implements Expr {}

    record Array(List<Expr> items, Region region) implements Expr {}

    record Obj(List<Field> fields, Region region) implements Expr {}

    record Field(Expr name, Region key, Expr value) {}

    /** A parameter, variable or resource by its name. */
    record Name(String name, Region region) implements Expr {}

    record Call(String function, List<Expr> arguments, Region region) implements Expr {}

    record Member(Expr target, String field, Region region) implements Expr {}

    record Index(Expr target, Expr index, Region region) implements Expr {}

    record Choice(Expr condition, Expr then, Expr otherwise, Region region) implements Expr {}

    /** One element for each of a list's. */
    record Loop(LoopHead head, Expr item, Region region) implements Expr {}

    /**
     * What a loop goes through.
     *
     * @param element the name of each element, or null
     * @param index the name of its number from 0, or null
     */
    record LoopHead(String element, String index, Expr list) {}

    /** Everything else that is not computed: its parts are looked through for references only. */
    record Opaque(String why, List<Expr> parts, Region region) implements Expr {}
}

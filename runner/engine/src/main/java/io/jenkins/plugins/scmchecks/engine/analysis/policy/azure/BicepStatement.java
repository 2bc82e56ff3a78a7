package io.jenkins.plugins.scmchecks.engine.analysis.policy.azure;

import io.jenkins.plugins.scmchecks.engine.finding.Region;
import java.util.List;

/** What a Bicep file declares, as far as policies need it. */
sealed interface BicepStatement {

    /**
     * A parameter.
     *
     * @param type its first word, such as {@code string}
     * @param value the default, or null
     */
    record Parameter(String name, String type, boolean secure, Expr value, Region head) implements BicepStatement {}

    record Variable(String name, Expr value) implements BicepStatement {}

    /** The template that a file of parameters ({@code .bicepparam}) is for. */
    record Using(String path) implements BicepStatement {}

    /**
     * A template that is used.
     *
     * @param path as written; of a registry such as {@code br:…} too
     * @param loop that it stands in, or null
     */
    record Module(String path, Expr.Obj body, Expr.LoopHead loop) implements BicepStatement {}

    /**
     * A resource.
     *
     * @param type as written, without the version
     * @param version of the API, or ""
     * @param existing whether it is only referred to
     * @param loop that it stands in, or null
     * @param nested resources that are declared within it
     * @param head its first line
     */
    record Declaration(
            String name,
            String type,
            String version,
            boolean existing,
            Expr.Obj body,
            Expr.LoopHead loop,
            List<Declaration> nested,
            Region head)
            implements BicepStatement {}
}

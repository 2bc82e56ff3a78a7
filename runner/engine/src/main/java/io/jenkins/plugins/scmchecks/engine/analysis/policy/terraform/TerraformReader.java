package io.jenkins.plugins.scmchecks.engine.analysis.policy.terraform;

import io.jenkins.plugins.scmchecks.engine.analysis.AnalysisContext;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.ResourceReader;

/**
 * Reads Terraform: native and JSON syntax, variables' values, modules in the tree, and plans in JSON. Files are only
 * read, each on its own; nothing is opened, called or asked that they mention. A folder that another one in the tree
 * calls as a module is looked at as it is called; every other folder is a root module.
 *
 * <p>Types are those of Terraform ({@code aws_s3_bucket}); a data source's is {@code data.aws_iam_policy_document}, a
 * provider's {@code provider.aws}, and there are {@code module} and {@code terraform}.
 */
public final class TerraformReader implements ResourceReader {

    static final String PLATFORM = "terraform";

    @Override
    public String platform() {
        return PLATFORM;
    }

    @Override
    public Session open(AnalysisContext context) {
        return new TreeSession(context);
    }
}

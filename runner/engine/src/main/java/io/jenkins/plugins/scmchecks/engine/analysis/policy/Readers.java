package io.jenkins.plugins.scmchecks.engine.analysis.policy;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.azure.ArmReader;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.cloudformation.CloudFormationReader;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.compose.ComposeReader;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.dockerfile.DockerfileReader;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.kubernetes.KubernetesReader;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.pipeline.GithubActionsReader;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.pipeline.GitlabCiReader;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.pipeline.JenkinsfileReader;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.terraform.TerraformReader;
import java.util.List;

/** The readers of all platforms. */
public final class Readers {

    private Readers() {}

    /** {@return a reader for each platform that is understood} */
    public static List<ResourceReader> all() {
        return List.of(
                new TerraformReader(),
                new KubernetesReader(),
                new DockerfileReader(),
                new CloudFormationReader(),
                new ComposeReader(),
                new GithubActionsReader(),
                new GitlabCiReader(),
                new JenkinsfileReader(),
                new ArmReader());
    }
}

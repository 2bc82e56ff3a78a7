package io.jenkins.plugins.scmchecks.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.scmchecks.ForgeFixture;
import io.jenkins.plugins.scmchecks.forge.http.Fault;
import io.jenkins.plugins.scmchecks.forge.http.RequestMatcher;
import io.jenkins.plugins.scmchecks.forge.model.PullRequest;
import java.time.Duration;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

class RestartTest {

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @Test
    void shouldDoTheCheckAgainAfterARestartInItsMiddle() throws Throwable {
        try (ForgeFixture forge = new ForgeFixture()) {
            // Given
            PullRequest pullRequest = forge.openPullRequest();
            forge.forge.fail(
                    RequestMatcher.of("GET", "/api/v3/repos/acme/shop/commits/**"), Fault.delay(Duration.ofMinutes(5)), 1);
            sessions.then(jenkins -> {
                forge.connect(jenkins.jenkins);
                WorkflowJob job = jenkins.createProject(WorkflowJob.class, "shop");
                job.setDefinition(new CpsFlowDefinition("""
                        node {
                            git url: '%s', branch: 'feature'
                            scmCheck reports: 'report.sarif', pullRequest: 1, unstable: true
                            echo 'went on'
                        }
                        """.formatted(forge.forge.cloneUrl(forge.shop)), true));
                WorkflowRun build = job.scheduleBuild2(0).waitForStart();
                jenkins.waitForMessage("Checking acme/shop, pull request #1", build);
            });
            // When
            sessions.then(jenkins -> {
                WorkflowRun build = jenkins.jenkins.getItemByFullName("shop", WorkflowJob.class).getBuildByNumber(1);
                jenkins.waitForCompletion(build);
                // Then
                jenkins.assertBuildStatus(Result.UNSTABLE, build);
                jenkins.assertLogContains("Jenkins was restarted in the middle", build);
                jenkins.assertLogContains("went on", build);
            });
            assertThat(forge.shop.checks(pullRequest.headSha()))
                    .singleElement()
                    .satisfies(check -> assertThat(check.conclusion()).isEqualTo("failure"));
            assertThat(pullRequest.threads()).hasSize(1);
            assertThat(pullRequest.comments()).hasSize(1);
        }
    }
}

package io.jenkins.plugins.scmchecks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.model.Result;
import hudson.util.FormValidation;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.scmchecks.config.ScmChecksGlobalConfiguration;
import io.jenkins.plugins.scmchecks.config.ScmIntegration;
import io.jenkins.plugins.scmchecks.forge.Forge;
import io.jenkins.plugins.scmchecks.forge.google.ServiceAccount;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.PullRequest;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import io.jenkins.plugins.scmchecks.forge.model.ReviewThread;
import io.jenkins.plugins.scmchecks.page.ReportAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * Every provider but GitHub, which has {@link WholeLoopTest}: configured as code, tested, its webhook registered by
 * Jenkins, a pull request analysed and answered, and its next push as well.
 */
@WithJenkins
class ProvidersLoopTest {

    @ParameterizedTest
    @EnumSource
    void shouldAnswerAPullRequestAndThenItsNextPush(LoopProvider provider, JenkinsRule jenkins, @TempDir Path folder)
            throws Exception {
        try (Forge forge = Forge.start()) {
            // Given
            Account bot = forge.user("scm-checks");
            Account alice = forge.user("alice");
            Account acme = forge.organization("acme")
                    .member(bot, Account.Role.ADMIN)
                    .member(alice, Account.Role.WRITE);
            Repo shop = forge.repository(acme, "shop");
            shop.commit("main", "Start", files("one\ntwo\n"));
            Path yaml = Files.writeString(folder.resolve("jenkins.yaml"), provider.configuration(forge, bot));
            ConfigurationAsCode.get().configure(yaml.toString());
            assertConnected();
            letNobodyIn(jenkins);
            // When
            WorkflowJob job = createJob(jenkins, forge.cloneUrl(shop), "PULL_REQUEST_OPENED', 'PULL_REQUEST_UPDATED");
            // Then
            await().atMost(Duration.ofSeconds(30)).until(() -> provider.hooks(forge, shop) > 0);
            // When
            shop.commit("feature", "Shout", files("one\nTWO\n", 2));
            PullRequest pullRequest = shop.openPullRequest("Change two", "feature", "main", alice);
            WorkflowRun first = waitForBuild(jenkins, job, 2);
            // Then
            jenkins.assertBuildStatus(Result.FAILURE, first);
            jenkins.assertLogContains("the gate failed: 1 new finding of severity high or worse", first);
            assertThat(provider.check(shop, pullRequest.headSha())).isEqualTo("failure");
            assertThat(pullRequest.threads()).singleElement().satisfies(thread -> {
                assertThat(thread.original().path()).isEqualTo("a.txt");
                assertThat(thread.original().line()).isEqualTo(2);
                assertThat(thread.resolved()).isFalse();
            });
            assertThat(pullRequest.comments()).hasSize(1);
            // When
            shop.commit("feature", "Calm down", files("one\nTwo\n"));
            WorkflowRun second = waitForBuild(jenkins, job, 3);
            // Then
            jenkins.assertBuildStatus(Result.SUCCESS, second);
            assertThat(provider.check(shop, pullRequest.headSha())).isEqualTo("success");
            assertThat(pullRequest.threads()).singleElement().returns(true, ReviewThread::resolved);
            assertThat(pullRequest.comments()).hasSize(1);
        }
    }

    /** Google has no pull requests: a push is analysed, and its report stays in Jenkins. */
    @Test
    void shouldReportAPushToGoogleSourceRepositories(JenkinsRule jenkins, @TempDir Path folder) throws Exception {
        try (Forge forge = Forge.start()) {
            // Given
            ServiceAccount reader = forge.google().serviceAccount("reader@acme.iam.gserviceaccount.com");
            Account acme = forge.organization("acme").member(reader.account(), Account.Role.READ);
            Repo shop = forge.repository(acme, "shop");
            shop.commit("main", "Start", files("one\ntwo\n"));
            Path key = Files.writeString(folder.resolve("key.json"), reader.keyJson());
            Path yaml = Files.writeString(folder.resolve("jenkins.yaml"), """
                    credentials:
                      system:
                        domainCredentials:
                          - credentials:
                              - file: {scope: SYSTEM, id: key, fileName: key.json, secretBytes: "${readFileBase64:%s}"}
                    unclassified:
                      scmChecks:
                        integrations:
                          - googleSourceRepositories:
                              name: acme
                              apiUrl: %s
                              organization: acme
                              credentialsId: key
                              pushServiceAccount: push@acme.iam.gserviceaccount.com
                              keysUrl: %s
                    """.formatted(key, forge.google().apiUrl(), forge.google().keysUrl()));
            ConfigurationAsCode.get().configure(yaml.toString());
            assertConnected();
            letNobodyIn(jenkins);
            String address = integration().getWebhookAddress();
            forge.google().pubSub().subscribe(shop, address, address, "push@acme.iam.gserviceaccount.com");
            WorkflowJob job = createJob(jenkins, forge.cloneUrl(shop), "PUSH");
            // When
            shop.commit("main", "Shout", files("one\nTWO\n", 2));
            WorkflowRun build = waitForBuild(jenkins, job, 2);
            // Then
            jenkins.assertBuildStatus(Result.FAILURE, build);
            jenkins.assertLogContains("the gate failed: 1 new finding of severity high or worse", build);
            assertThat(build.getAction(ReportAction.class).getEntries()).singleElement().satisfies(entry -> {
                assertThat(entry.getNewFindings()).isEqualTo(1);
                assertThat(entry.getPublished().getProblems()).isEmpty();
            });
        }
    }

    private static void letNobodyIn(JenkinsRule jenkins) {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(
                new MockAuthorizationStrategy().grant(Jenkins.ADMINISTER).everywhere().to("admin"));
    }

    private static void assertConnected() {
        ScmIntegration integration = integration();
        FormValidation answer = integration.getDescriptor()
                .test(Map.of(
                        "name", "acme",
                        "apiUrl", integration.getApiUrl(),
                        "organization", integration.getOrganization(),
                        "credentialsId", integration.getCredentialsId())::get);
        assertThat(answer.renderHtml()).contains("Active").doesNotContain("Missing");
    }

    private static ScmIntegration integration() {
        return ScmChecksGlobalConfiguration.get().integration("acme").orElseThrow();
    }

    /** Its first build sets the trigger, by which the webhook is registered. */
    private static WorkflowJob createJob(JenkinsRule jenkins, String cloneUrl, String events)
            throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "shop");
        job.setDefinition(new CpsFlowDefinition("""
                properties([pipelineTriggers([scmChecks(integration: 'acme', repository: 'acme/shop',
                    events: ['%s'])])])
                if (env.SCM_CHECKS_HEAD_SHA) {
                    node {
                        checkout scmGit(branches: [[name: env.SCM_CHECKS_HEAD_SHA]], userRemoteConfigs: [[url: '%s',
                            refspec: '+refs/heads/*:refs/remotes/origin/*']])
                        scmCheck(reports: 'report.sarif')
                    }
                }
                """.formatted(events, cloneUrl), true));
        jenkins.buildAndAssertSuccess(job);
        return job;
    }

    private static Map<String, String> files(String text, int... shouting) {
        return Map.of("a.txt", text, ForgeFixture.REPORT, ForgeFixture.sarif(shouting));
    }

    private static WorkflowRun waitForBuild(JenkinsRule jenkins, WorkflowJob job, int number) throws Exception {
        await().atMost(Duration.ofSeconds(60)).until(() -> job.getBuildByNumber(number) != null);
        return jenkins.waitForCompletion(job.getBuildByNumber(number));
    }
}

package io.jenkins.plugins.scmchecks.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.plugins.git.BranchSpec;
import hudson.plugins.git.GitSCM;
import hudson.plugins.git.UserRemoteConfig;
import io.jenkins.plugins.scmchecks.ForgeFixture;
import io.jenkins.plugins.scmchecks.config.GitHubIntegration;
import io.jenkins.plugins.scmchecks.config.ScmChecksGlobalConfiguration;
import io.jenkins.plugins.scmchecks.config.ScmIntegration;
import io.jenkins.plugins.scmchecks.engine.webhook.ScmEvent;
import io.jenkins.plugins.scmchecks.forge.http.Fault;
import io.jenkins.plugins.scmchecks.forge.http.RequestMatcher;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.Check;
import io.jenkins.plugins.scmchecks.forge.model.PullRequest;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import io.jenkins.plugins.scmchecks.page.ReportAction;
import io.jenkins.plugins.scmchecks.trigger.ScmChecksTrigger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jenkins.branch.BranchSource;
import jenkins.plugins.git.GitSCMSource;
import jenkins.plugins.git.traits.BranchDiscoveryTrait;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class ScmCheckStepTest {

    private final ForgeFixture forge = new ForgeFixture();
    private JenkinsRule jenkins;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        jenkins.jenkins.setQuietPeriod(0);
        forge.connect(jenkins.jenkins);
    }

    @AfterEach
    void tearDown() {
        forge.close();
    }

    @Test
    void shouldSurviveTheForm() throws Exception {
        // Given
        ScmCheckStep step = new ScmCheckStep();
        step.setName("Another");
        step.setFailOn("critical");
        step.setScope("all");
        step.setIntegration("acme");
        step.setRepository("acme/shop");
        step.setPullRequest(7);
        step.setBase("main");
        step.setAnalyzers("policy");
        step.setReports("**/*.sarif");
        step.setFailOnErrors(false);
        step.setPublish(false);
        step.setFailOnPublishError(true);
        step.setUnstable(true);
        // When / Then
        for (ScmCheckStep options : List.of(step, new ScmCheckStep())) {
            FreeStyleProject job = jenkins.createFreeStyleProject();
            job.getBuildersList().add(new ScmCheckBuilder(options));
            jenkins.configRoundtrip(job);
            jenkins.assertEqualDataBoundBeans(
                    options, job.getBuildersList().get(ScmCheckBuilder.class).getOptions());
        }
    }

    @Test
    void shouldAnswerFromAFreestyleJob() throws Exception {
        // Given
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.setScm(new GitSCM(
                List.of(new UserRemoteConfig(
                        forge.forge.cloneUrl(forge.shop), "origin",
                        "+refs/heads/*:refs/remotes/origin/* +refs/pull/*/head:refs/remotes/origin/pull/*", null)),
                List.of(new BranchSpec("${SCM_CHECKS_HEAD_SHA}")), null, null, List.of()));
        ScmCheckStep options = new ScmCheckStep();
        options.setReports("report.sarif");
        options.setUnstable(true);
        job.getBuildersList().add(new ScmCheckBuilder(options));
        ScmChecksTrigger trigger = new ScmChecksTrigger("acme", "acme/shop");
        job.addTrigger(trigger);
        trigger.start(job, true);
        // When
        PullRequest pullRequest = forge.openPullRequest();
        await().atMost(Duration.ofSeconds(60)).until(() -> job.getBuildByNumber(1) != null);
        FreeStyleBuild build = jenkins.waitForCompletion(job.getBuildByNumber(1));
        // Then
        jenkins.assertBuildStatus(Result.UNSTABLE, build);
        assertThat(onlyCheck(pullRequest.headSha()).conclusion()).isEqualTo("failure");
        assertThat(pullRequest.threads()).hasSize(1);
        assertThat(build.getAction(ReportAction.class)).isNotNull();
    }

    @Test
    void shouldReturnWhatItFoundAndPublishACommitWithoutAPullRequest() throws Exception {
        // Given
        String head = forge.shop.commit("main", "Shout", Map.of("report.sarif", ForgeFixture.sarif(1)));
        // When
        WorkflowRun build = jenkins.buildAndAssertSuccess(createJob("""
                node {
                    git url: '%s', branch: 'main'
                    def result = scmCheck reports: 'report.sarif', failOn: 'never', name: 'Lint'
                    echo "passed=${result.passed} new=${result.newFindings} published=${result.published}"
                }
                """.formatted(forge.forge.cloneUrl(forge.shop))));
        // Then
        jenkins.assertLogContains("passed=true new=1 published=true", build);
        Check check = onlyCheck(head);
        assertThat(check.name()).isEqualTo("Lint");
        assertThat(check.conclusion()).isEqualTo("success");
    }

    @Test
    void shouldNotFailABuildBecauseTheProviderIsDown() throws Exception {
        // Given
        forge.shop.commit("main", "Shout", Map.of("report.sarif", ForgeFixture.sarif(1)));
        forge.installation.suspend();
        String script = """
                node {
                    git url: '%s', branch: 'main'
                    scmCheck reports: 'report.sarif', failOn: 'never', failOnPublishError: %s
                }
                """;
        // When
        WorkflowRun lenient = jenkins.buildAndAssertSuccess(
                createJob(script.formatted(forge.forge.cloneUrl(forge.shop), "false")));
        WorkflowRun strict = jenkins.buildAndAssertStatus(
                Result.FAILURE, createJob(script.formatted(forge.forge.cloneUrl(forge.shop), "true")));
        // Then
        jenkins.assertLogContains("published", lenient);
        jenkins.assertLogContains("suspended", lenient);
        jenkins.assertLogContains("suspended", strict);
        assertThat(lenient.getAction(ReportAction.class).getEntries()).hasSize(1);
    }

    @Test
    void shouldAnalyseWithoutAnyIntegration() throws Exception {
        // Given
        ScmChecksGlobalConfiguration.get().setIntegrations(List.of());
        // When
        WorkflowRun build = jenkins.buildAndAssertStatus(Result.FAILURE, createJob("""
                node {
                    writeFile file: 'report.sarif', text: '''%s'''
                    scmCheck reports: 'report.sarif'
                }
                """.formatted(ForgeFixture.sarif(1))));
        // Then
        jenkins.assertLogContains("Not published: nothing tells which repository this is", build);
        jenkins.assertLogContains("the gate failed: 1 new finding of severity high or worse", build);
    }

    @Test
    void shouldSayWhatAnOptionMayBe() throws Exception {
        WorkflowRun build =
                jenkins.buildAndAssertStatus(Result.FAILURE, createJob("node { scmCheck failOn: 'terrible' }"));

        jenkins.assertLogContains("failOn: unknown severity 'terrible'; use one of critical, high", build);

        WorkflowRun other =
                jenkins.buildAndAssertStatus(Result.FAILURE, createJob("node { scmCheck integration: 'gone', repository: 'a/b' }"));

        jenkins.assertLogContains("there is no SCM integration 'gone'; those under Manage Jenkins › System are: acme", other);
    }

    @Test
    void shouldAskWhichOfTwoIntegrations() throws Exception {
        // Given
        List<ScmIntegration> two =
                new ArrayList<>(ScmChecksGlobalConfiguration.get().getIntegrations());
        GitHubIntegration twin = new GitHubIntegration("twin", forge.forge.apiUrl());
        two.add(twin);
        ScmChecksGlobalConfiguration.get().setIntegrations(two);
        // When
        WorkflowRun build = jenkins.buildAndAssertSuccess(createJob("""
                node {
                    git url: '%s', branch: 'main'
                    scmCheck()
                }
                """.formatted(forge.forge.cloneUrl(forge.shop))));
        // Then
        jenkins.assertLogContains("choose one with the step's option integration", build);
        jenkins.assertLogContains("acme, twin", build);
    }

    @Test
    void shouldWorkInAMultibranchBuildOfAnotherBranchSource() throws Exception {
        // Given
        forge.shop.commit("main", "Pipeline", Map.of("Jenkinsfile", """
                node {
                    checkout scm
                    withEnv(env.BRANCH_NAME == 'feature' ? ['CHANGE_ID=1', 'CHANGE_TARGET=main'] : []) {
                        scmCheck(reports: 'report.sarif')
                    }
                }
                """));
        String main = forge.shop.sha("main");
        PullRequest pullRequest = forge.openPullRequest();
        WorkflowMultiBranchProject project = jenkins.createProject(WorkflowMultiBranchProject.class, "multi");
        GitSCMSource source = new GitSCMSource(forge.forge.cloneUrl(forge.shop));
        source.setTraits(List.of(new BranchDiscoveryTrait()));
        project.getSourcesList().add(new BranchSource(source));
        // When
        project.scheduleBuild2(0).getFuture().get();
        jenkins.waitUntilNoActivity();
        // Then
        WorkflowRun ofMain = project.getItem("main").getLastBuild();
        WorkflowRun ofFeature = project.getItem("feature").getLastBuild();
        jenkins.assertBuildStatusSuccess(ofMain);
        assertThat(onlyCheck(main).conclusion()).isEqualTo("success");
        jenkins.assertBuildStatus(Result.FAILURE, ofFeature);
        jenkins.assertLogContains("pull request #1", ofFeature);
        assertThat(onlyCheck(pullRequest.headSha()).conclusion()).isEqualTo("failure");
        assertThat(pullRequest.threads()).hasSize(1);
    }

    @Test
    void shouldNotTrustAForksOwnConfiguration() throws Exception {
        // Given
        Account bob = forge.forge.user("bob");
        Repo fork = forge.shop.fork(bob);
        String head = fork.commit("loose", "Loosen", Map.of(
                ".scm-checks.yml", "fail-on: never\n", "a.txt", "one\nTWO\n", "report.sarif", ForgeFixture.sarif(2)));
        PullRequest pullRequest = forge.shop.openPullRequest("Loosen", "", fork, "loose", "main", bob);
        // When
        WorkflowRun build = jenkins.buildAndAssertStatus(Result.FAILURE, createJob("""
                node {
                    checkout scmGit(branches: [[name: '%s']], userRemoteConfigs: [[url: '%s',
                        refspec: '+refs/heads/*:refs/remotes/origin/* +refs/pull/*/head:refs/remotes/origin/pull/*']])
                    scmCheck reports: 'report.sarif', pullRequest: %d
                }
                """.formatted(head, forge.forge.cloneUrl(forge.shop), pullRequest.number())));
        // Then
        jenkins.assertLogContains("the gate failed", build);
        assertThat(onlyCheck(head).conclusion()).isEqualTo("failure");
    }

    /** Where the pull request's event comes late, both are built, and whichever ends last must not decide. */
    @Test
    void shouldLeaveTheAnswerToThePullRequestOfTheSameCommit() throws Exception {
        // Given
        forge.shop.commit("feature", "Begin", Map.of("b.txt", "one\n"));
        WorkflowJob job = createJob("""
                if (!env.SCM_CHECKS_PULL_REQUEST) {
                    sleep 6
                }
                node {
                    git url: '%s', branch: 'feature'
                    scmCheck reports: 'report.sarif', failOn: env.SCM_CHECKS_PULL_REQUEST ? 'high' : 'never'
                }
                """.formatted(forge.forge.cloneUrl(forge.shop)));
        ScmChecksTrigger trigger = new ScmChecksTrigger("acme", "acme/shop");
        trigger.setEvents(List.of(ScmEvent.Type.PUSH, ScmEvent.Type.PULL_REQUEST_OPENED));
        job.addTrigger(trigger);
        // When
        forge.shop.commit("feature", "Shout", Map.of("a.txt", "one\nTWO\nthree\n", "report.sarif", ForgeFixture.sarif(2)));
        await().atMost(Duration.ofSeconds(60)).until(() -> job.getBuildByNumber(1) != null);
        PullRequest pullRequest = forge.shop.openPullRequest("Change two", "feature", "main", forge.alice);
        await().atMost(Duration.ofSeconds(60)).until(() -> job.getBuildByNumber(2) != null);
        jenkins.waitUntilNoActivity();
        // Then
        jenkins.assertLogContains("the build of pull request #1 answers for this commit", job.getBuildByNumber(1));
        assertThat(onlyCheck(pullRequest.headSha()).conclusion()).isEqualTo("failure");
    }

    @Test
    void shouldEndTheCheckOfAStoppedBuildAsCancelled() throws Exception {
        // Given
        PullRequest pullRequest = forge.openPullRequest();
        forge.forge.fail(RequestMatcher.of("GET", "/api/v3/repos/acme/shop/commits/**"), Fault.delay(Duration.ofSeconds(3)), 1);
        WorkflowJob job = createJob("""
                node {
                    git url: '%s', branch: 'feature'
                    scmCheck reports: 'report.sarif', pullRequest: 1
                }
                """.formatted(forge.forge.cloneUrl(forge.shop)));
        WorkflowRun build = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("Checking acme/shop, pull request #1", build);
        // When
        build.doStop();
        // Then
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(onlyCheck(pullRequest.headSha()).status()).isEqualTo("completed");
            assertThat(onlyCheck(pullRequest.headSha()).conclusion()).isEqualTo("cancelled");
        });
        assertThat(pullRequest.threads()).isEmpty();
    }

    @Test
    void shouldEndTheCheckOfABrokenAnalysis() throws Exception {
        // Given
        PullRequest pullRequest = forge.openPullRequest();
        // When
        WorkflowRun build = jenkins.buildAndAssertStatus(Result.FAILURE, createJob("""
                node {
                    git url: '%s', branch: 'feature'
                    scmCheck pullRequest: 1, base: 'no-such-branch'
                }
                """.formatted(forge.forge.cloneUrl(forge.shop))));
        // Then
        jenkins.assertLogContains("'no-such-branch' is not in this clone; fetch it first", build);
        Check check = onlyCheck(pullRequest.headSha());
        assertThat(check.status()).isEqualTo("completed");
        assertThat(check.summary()).contains("no-such-branch");
    }

    private WorkflowJob createJob(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    private Check onlyCheck(String sha) {
        assertThat(forge.shop.checks(sha)).hasSize(1);
        return forge.shop.checks(sha).get(0);
    }
}

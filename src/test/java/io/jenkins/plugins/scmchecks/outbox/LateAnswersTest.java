package io.jenkins.plugins.scmchecks.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.ExtensionList;
import hudson.model.Result;
import io.jenkins.plugins.scmchecks.ForgeFixture;
import io.jenkins.plugins.scmchecks.config.ScmChecksGlobalConfiguration;
import io.jenkins.plugins.scmchecks.forge.http.Fault;
import io.jenkins.plugins.scmchecks.forge.http.RequestMatcher;
import io.jenkins.plugins.scmchecks.forge.model.Check;
import io.jenkins.plugins.scmchecks.forge.model.PullRequest;
import io.jenkins.plugins.scmchecks.page.ReportAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

class LateAnswersTest {

    private static final RequestMatcher CHANGES = RequestMatcher.of("PATCH", "/api/v3/repos/acme/shop/check-runs/*");

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private final ForgeFixture forge = new ForgeFixture();

    @AfterEach
    void tearDown() {
        forge.close();
    }

    @Test
    void shouldAnswerAfterARestartWhatTheProviderCouldNotTake() throws Throwable {
        // Given
        PullRequest pullRequest = forge.openPullRequest();
        sessions.then(jenkins -> {
            forge.connect(jenkins.jenkins);
            forge.forge.fail(CHANGES, Fault.retryAfter(403, Duration.ofMinutes(20)), 1);
            WorkflowRun build = check(jenkins, "pullRequest: 1, base: 'origin/main', failOn: 'never'");
            // Then
            jenkins.assertBuildStatus(Result.SUCCESS, build);
            jenkins.assertLogContains("Not published: ", build);
            jenkins.assertLogContains(Outbox.TRIED_AGAIN, build);
            assertThat(onlyCheck(pullRequest).status()).isEqualTo("in_progress");
            assertThat(problems(build)).hasSize(2);
        });
        // When
        sessions.then(jenkins -> {
            give(Duration.ofMinutes(10));
            assertThat(onlyCheck(pullRequest).status()).isEqualTo("in_progress");
            give(Duration.ofMinutes(21));
            // Then
            assertThat(onlyCheck(pullRequest).conclusion()).isEqualTo("success");
            assertThat(pullRequest.threads()).hasSize(1);
            assertThat(pullRequest.comments()).hasSize(1);
            assertThat(problems(build(jenkins))).isEmpty();
            assertThat(files(jenkins)).isEmpty();
        });
    }

    @Test
    void shouldAnswerWhenTheProviderWasDownAllTheTime() throws Throwable {
        // Given
        PullRequest pullRequest = forge.openPullRequest();
        sessions.then(jenkins -> {
            forge.connect(jenkins.jenkins);
            forge.forge.fail(RequestMatcher.any(), 503, 1_000);
            WorkflowRun build = check(jenkins, "pullRequest: 1, base: 'origin/main', failOn: 'never'");
            jenkins.assertLogContains(Outbox.TRIED_AGAIN, build);
            // When
            give(Duration.ofMinutes(2));
            forge.forge.heal();
            give(Duration.ofMinutes(30));
            // Then
            assertThat(onlyCheck(pullRequest).conclusion()).isEqualTo("success");
            assertThat(pullRequest.threads()).hasSize(1);
            assertThat(problems(build)).isEmpty();
        });
    }

    @Test
    void shouldEndTheCheckThatTheProviderCouldNotBeAskedAbout() throws Throwable {
        // Given
        PullRequest pullRequest = forge.openPullRequest();
        sessions.then(jenkins -> {
            forge.connect(jenkins.jenkins);
            forge.forge.fail(RequestMatcher.any(), 503, 1_000);
            // Where nothing is known of a pull request it may come from a fork, which needs a base.
            jenkins.assertBuildStatus(Result.FAILURE, check(jenkins, "pullRequest: 1"));
            // When
            forge.forge.heal();
            give(Duration.ZERO);
            // Then
            assertThat(onlyCheck(pullRequest).conclusion()).isEqualTo("cancelled");
            assertThat(onlyCheck(pullRequest).summary()).contains("The build ended before its check did.");
        });
    }

    @Test
    void shouldEndTheCheckOfABuildThatIsNoMore() throws Throwable {
        // Given
        PullRequest pullRequest = forge.openPullRequest();
        sessions.then(jenkins -> {
            forge.connect(jenkins.jenkins);
            Outbox.get().begin(OwedAnswer.begun(
                    "acme", "acme/shop", 1, pullRequest.headSha(), "SCM Checks", "gone#1", null));
            // When
            give(Duration.ZERO);
            // Then
            assertThat(onlyCheck(pullRequest).conclusion()).isEqualTo("cancelled");
            assertThat(onlyCheck(pullRequest).summary()).contains("The build was deleted.");
            assertThat(pullRequest.threads()).isEmpty();
        });
    }

    @Test
    void shouldLeaveTheCommentsAloneWhenThePullRequestHasGoneOn() throws Throwable {
        // Given
        PullRequest pullRequest = forge.openPullRequest();
        String older = pullRequest.headSha();
        sessions.then(jenkins -> {
            forge.connect(jenkins.jenkins);
            forge.forge.fail(CHANGES, Fault.retryAfter(403, Duration.ofMinutes(20)), 1);
            check(jenkins, "pullRequest: 1, base: 'origin/main', failOn: 'never'");
            forge.shop.commit("feature", "Calm down", Map.of("a.txt", "one\nTwo\nthree\n"));
            // When
            give(Duration.ofMinutes(21));
            // Then
            assertThat(forge.shop.checks(older)).singleElement().returns("success", Check::conclusion);
            assertThat(forge.shop.checks(pullRequest.headSha())).isEmpty();
            assertThat(pullRequest.threads()).isEmpty();
            assertThat(pullRequest.comments()).isEmpty();
        });
    }

    @Test
    void shouldGiveUpAfterADayAndSaySo() throws Throwable {
        // Given
        forge.openPullRequest();
        sessions.then(jenkins -> {
            forge.connect(jenkins.jenkins);
            forge.forge.fail(RequestMatcher.any(), 503, 1_000);
            WorkflowRun build = check(jenkins, "pullRequest: 1, base: 'origin/main', failOn: 'never'");
            // When
            give(Duration.ofHours(25));
            // Then
            assertThat(Outbox.get().all()).isEmpty();
            assertThat(problems(build)).singleElement().asString().contains("503");
        });
    }

    @Test
    void shouldNotAskAProviderThatIsDownForEveryAnswer() throws Throwable {
        // Given
        PullRequest pullRequest = forge.openPullRequest();
        sessions.then(jenkins -> {
            forge.connect(jenkins.jenkins);
            for (int i = 0; i < 5; i++) {
                Outbox.get().begin(OwedAnswer.begun(
                        "acme", "acme/shop", 1, pullRequest.headSha(), "Check " + i, "gone#" + i, null));
            }
            forge.forge.fail(RequestMatcher.any(), 503, 1_000);
            forge.forge.resetRequests();
            // When
            give(Duration.ZERO);
            // Then
            assertThat(forge.forge.requests()).hasSizeLessThan(5);
            assertThat(Outbox.get().all()).hasSize(5);
        });
    }

    @Test
    void shouldForgetTheAnswersOfAnIntegrationThatIsGone() throws Throwable {
        // Given
        sessions.then(jenkins -> {
            forge.connect(jenkins.jenkins);
            Outbox.get().begin(OwedAnswer.begun("acme", "acme/shop", 0, "0".repeat(40), "SCM Checks", "gone#1", null));
            ScmChecksGlobalConfiguration.get().setIntegrations(List.of());
            // When
            give(Duration.ZERO);
            // Then
            assertThat(Outbox.get().all()).isEmpty();
        });
    }

    @Test
    void shouldNotMistakeAnotherFileForAnAnswer() throws Throwable {
        // Given
        sessions.then(jenkins -> Files.writeString(Files.createDirectories(folder(jenkins)).resolve("a.json"), "{"));
        // When / Then
        sessions.then(jenkins -> {
            assertThat(Outbox.get().all()).isEmpty();
            assertThat(files(jenkins)).hasSize(1);
        });
    }

    private WorkflowRun check(JenkinsRule jenkins, String options) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "shop");
        job.setDefinition(new CpsFlowDefinition("""
                node {
                    git url: '%s', branch: 'feature'
                    scmCheck reports: 'report.sarif', %s
                }
                """.formatted(forge.forge.cloneUrl(forge.shop), options), true));
        return jenkins.waitForCompletion(job.scheduleBuild2(0).waitForStart());
    }

    private static void give(Duration later) throws InterruptedException {
        ExtensionList.lookupSingleton(LateAnswers.class).give(Instant.now().plus(later));
    }

    private static WorkflowRun build(JenkinsRule jenkins) {
        return jenkins.jenkins.getItemByFullName("shop", WorkflowJob.class).getBuildByNumber(1);
    }

    private static List<String> problems(WorkflowRun build) {
        return build.getAction(ReportAction.class).getEntries().get(0).getPublished().getProblems();
    }

    private Check onlyCheck(PullRequest pullRequest) {
        assertThat(forge.shop.checks(pullRequest.headSha())).hasSize(1);
        return forge.shop.checks(pullRequest.headSha()).get(0);
    }

    private static Path folder(JenkinsRule jenkins) {
        return jenkins.jenkins.getRootDir().toPath().resolve("scm-checks").resolve("outbox");
    }

    private static List<Path> files(JenkinsRule jenkins) throws Exception {
        try (var all = Files.list(folder(jenkins))) {
            return all.toList();
        }
    }
}

package io.jenkins.plugins.scmchecks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.model.Label;
import hudson.model.Result;
import hudson.slaves.DumbSlave;
import io.jenkins.plugins.scmchecks.forge.model.Check;
import io.jenkins.plugins.scmchecks.forge.model.PullRequest;
import io.jenkins.plugins.scmchecks.forge.model.ReviewThread;
import io.jenkins.plugins.scmchecks.page.ReportAction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Map;
import java.util.logging.Level;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.LogRecorder;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** From the provider's webhook, over HTTP, to the answer on the provider's page. */
@WithJenkins
class WholeLoopTest {

    private static final String CHECKOUT = """
            checkout scmGit(branches: [[name: env.SCM_CHECKS_HEAD_SHA]], userRemoteConfigs: [[url: env.SCM_CHECKS_CLONE_URL,
                refspec: '+refs/heads/*:refs/remotes/origin/* +refs/pull/*/head:refs/remotes/origin/pull/*']])
            """;

    private final LogRecorder logs = new LogRecorder()
            .record("io.jenkins.plugins.scmchecks", Level.ALL)
            // Its FINEST prints whole answers, tokens among them; that is for the library to mend.
            .record("org.kohsuke.github", Level.FINER)
            .record("okhttp3", Level.ALL)
            .capture(100_000);
    private final ForgeFixture forge = new ForgeFixture();
    private JenkinsRule jenkins;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        forge.connect(jenkins.jenkins);
    }

    @AfterEach
    void tearDown() {
        logs.close();
        forge.close();
    }

    @Test
    void shouldAnswerAPullRequestAndThenItsNextPush() throws Exception {
        // Given
        DumbSlave agent = jenkins.createOnlineSlave(Label.get("agent"));
        WorkflowJob job = createJob("""
                properties([pipelineTriggers([scmChecks(integration: 'acme', repository: 'acme/shop')])])
                if (env.SCM_CHECKS_HEAD_SHA) {
                    node('agent') {
                """ + CHECKOUT + """
                        scmCheck(reports: 'report.sarif')
                    }
                }
                """);
        jenkins.buildAndAssertSuccess(job);
        // When
        PullRequest pullRequest = forge.openPullRequest();
        WorkflowRun first = waitForBuild(job, 2);
        // Then
        jenkins.assertBuildStatus(Result.FAILURE, first);
        assertThat(first.getCauses().get(0).getShortDescription())
                .isEqualTo("Started by pull request #" + pullRequest.number() + " (opened) in acme/shop by alice, via acme");
        Check check = onlyCheck(pullRequest.headSha());
        assertThat(check.status()).isEqualTo("completed");
        assertThat(check.conclusion()).isEqualTo("failure");
        assertThat(check.detailsUrl()).isEqualTo(first.getAbsoluteUrl() + "scm-checks/");
        assertThat(check.annotations()).hasSize(1);
        assertThat(pullRequest.threads()).singleElement().satisfies(t -> assertThat(t.resolved()).isFalse());
        assertThat(pullRequest.comments()).hasSize(1);
        jenkins.assertLogContains("high", first);
        jenkins.assertLogContains("a.txt:2", first);
        jenkins.assertLogContains("the gate failed: 1 new finding of severity high or worse", first);
        assertThat(first.getAction(ReportAction.class).getEntries()).singleElement().satisfies(e -> {
            assertThat(e.getNewFindings()).isEqualTo(1);
            assertThat(e.isPassed()).isFalse();
        });
        // When
        forge.shop.commit("feature", "Calm down", Map.of("a.txt", "one\nTwo\nTHREE\n", ForgeFixture.REPORT, ForgeFixture.sarif(3)));
        WorkflowRun second = waitForBuild(job, 3);
        // Then
        jenkins.assertBuildStatus(Result.FAILURE, second);
        assertThat(pullRequest.threads()).hasSize(2).extracting(ReviewThread::resolved).containsExactly(true, false);
        assertThat(pullRequest.comments()).hasSize(1);
        assertThat(onlyCheck(pullRequest.headSha()).conclusion()).isEqualTo("failure");
        assertNoSecretIn(jenkins.jenkins.getRootDir().toPath());
        assertNoSecretIn(Path.of(agent.getRemoteFS()));
        assertThat(logs.getMessages()).noneMatch(this::isSecret);
    }

    private void assertNoSecretIn(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                try {
                    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                    assertThat(isSecret(text)).as(file.toString()).isFalse();
                } catch (NoSuchFileException e) {
                    // Jenkins goes on working: what it wrote for a moment only is gone again.
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException e) {
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private boolean isSecret(String text) {
        String key = forge.app.privateKeyPkcs1().lines().skip(2).findFirst().orElseThrow();
        return text.contains(ForgeFixture.WEBHOOK_SECRET) || text.contains(key) || text.contains("ghs_");
    }

    private WorkflowJob createJob(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "shop");
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    private WorkflowRun waitForBuild(WorkflowJob job, int number) throws Exception {
        await().atMost(Duration.ofSeconds(60)).until(() -> job.getBuildByNumber(number) != null);
        return jenkins.waitForCompletion(job.getBuildByNumber(number));
    }

    private Check onlyCheck(String sha) {
        assertThat(forge.shop.checks(sha)).hasSize(1);
        return forge.shop.checks(sha).get(0);
    }
}

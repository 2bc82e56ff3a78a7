package io.jenkins.plugins.scmchecks.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Queue;
import hudson.model.StringParameterDefinition;
import hudson.model.TaskListener;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.FormValidation;
import io.jenkins.plugins.scmchecks.config.GitHubIntegration;
import io.jenkins.plugins.scmchecks.config.ScmChecksGlobalConfiguration;
import io.jenkins.plugins.scmchecks.engine.scm.PullRequest;
import io.jenkins.plugins.scmchecks.engine.scm.RepositoryPath;
import io.jenkins.plugins.scmchecks.engine.webhook.ScmEvent;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import javax.xml.transform.stream.StreamSource;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class ScmChecksTriggerTest {

    private static final RepositoryPath SHOP = new RepositoryPath("acme/shop");
    private static final String BEFORE = "b".repeat(40);
    private static final String HEAD = "a".repeat(40);

    private JenkinsRule jenkins;
    private final GitHubIntegration acme = new GitHubIntegration("acme", "https://github.example.org/api/v3");

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        jenkins.jenkins.setQuietPeriod(0);
        ScmChecksGlobalConfiguration.get().setIntegrations(List.of(acme));
    }

    @AfterEach
    void tearDown() throws Exception {
        jenkins.jenkins.getQueue().clear();
        jenkins.waitUntilNoActivity();
    }

    @Test
    void shouldSurviveTheForm() throws Exception {
        // Given
        ScmChecksTrigger trigger = new ScmChecksTrigger("acme", "acme/shop acme/web");
        trigger.setBranches("main release/*");
        trigger.setEvents(List.of(ScmEvent.Type.PUSH, ScmEvent.Type.TAG_CREATED));
        FreeStyleProject job = createJob(trigger);
        // When
        jenkins.configRoundtrip(job);
        // Then
        ScmChecksTrigger saved = job.getTrigger(ScmChecksTrigger.class);
        jenkins.assertEqualDataBoundBeans(trigger, saved);
        assertThat(saved).isNotSameAs(trigger);
        assertThat(TriggerIndex.get().find("acme", SHOP)).containsExactly(saved);
    }

    @Test
    void shouldShowTheDefaultEventsInTheForm() throws Exception {
        FreeStyleProject job = createJob(new ScmChecksTrigger("acme", "acme/shop"));

        jenkins.configRoundtrip(job);

        assertThat(job.getTrigger(ScmChecksTrigger.class).getEvents())
                .containsExactlyInAnyOrderElementsOf(ScmChecksTrigger.DEFAULT_EVENTS);
    }

    @Test
    void shouldTellTheBuildWhatItIsAbout() throws Exception {
        // Given
        FreeStyleProject job = createJob(new ScmChecksTrigger("acme", "Acme/Shop"));
        job.addProperty(new ParametersDefinitionProperty(
                new StringParameterDefinition("SCM_CHECKS_HEAD_SHA", "none"), new StringParameterDefinition("OTHER", "default")));
        // When
        int builds = EventDispatcher.get().dispatch(acme, opened(7, "feature", "main", true));
        // Then
        assertThat(builds).isEqualTo(1);
        FreeStyleBuild build = waitForBuild(job, 1);
        assertThat(build.getEnvironment(TaskListener.NULL))
                .containsAllEntriesOf(Map.of(
                        "SCM_CHECKS_INTEGRATION", "acme",
                        "SCM_CHECKS_REPOSITORY", "acme/shop",
                        "SCM_CHECKS_EVENT", "pull_request_opened",
                        "SCM_CHECKS_BRANCH", "feature",
                        "SCM_CHECKS_SOURCE_BRANCH", "feature",
                        "SCM_CHECKS_TARGET_BRANCH", "main",
                        "SCM_CHECKS_HEAD_SHA", HEAD,
                        "SCM_CHECKS_BASE_SHA", BEFORE,
                        "SCM_CHECKS_PULL_REQUEST", "7",
                        "SCM_CHECKS_FORK", "true"))
                .containsEntry("SCM_CHECKS_REF", "refs/pull/7/head")
                .containsEntry("SCM_CHECKS_CLONE_URL", "https://github.example.org/acme/shop.git");
        ParametersAction parameters = build.getAction(ParametersAction.class);
        assertThat(parameters.getParameter("SCM_CHECKS_HEAD_SHA").getValue()).isEqualTo(HEAD);
        assertThat(parameters.getParameter("OTHER").getValue()).isEqualTo("default");
        assertThat(parameters.getParameters()).as("only what the job declares").hasSize(2);
    }

    @Test
    void shouldBuildOnlyWhatWasAskedFor() throws Exception {
        // Given
        ScmChecksTrigger trigger = new ScmChecksTrigger("acme", "acme/shop");
        trigger.setBranches("main release/*");
        createJob(trigger);
        GitHubIntegration other = new GitHubIntegration("other", "");
        // When / Then
        assertThat(dispatch(push("feature"))).isZero();
        assertThat(dispatch(opened(1, "main", "develop", false))).as("it is the target that counts").isZero();
        assertThat(dispatch(new ScmEvent.RefChange(SHOP, ScmEvent.Type.BRANCH_DELETED, "main", null, ""))).isZero();
        assertThat(dispatch(new ScmEvent.Push(new RepositoryPath("acme/other"), "main", BEFORE, HEAD, ""))).isZero();
        assertThat(dispatch(new ScmEvent.Ping())).isZero();
        assertThat(EventDispatcher.get().dispatch(other, push("main"))).isZero();
        assertThat(dispatch(push("release/1.0"))).isEqualTo(1);
        assertThat(dispatch(new ScmEvent.RerunRequested(SHOP, HEAD, "feature", "x", 4, "alice"))).isEqualTo(1);
        assertThat(dispatch(new ScmEvent.RerunRequested(SHOP, HEAD, "feature", "x", 0, "alice"))).isZero();
    }

    @Test
    void shouldBuildAPushOfAPullRequestOnce() throws Exception {
        // Given
        FreeStyleProject job = createJob(new ScmChecksTrigger("acme", "acme/shop"));
        FreeStyleProject pushesOnly = jenkins.createFreeStyleProject("pushes-only");
        ScmChecksTrigger pushes = new ScmChecksTrigger("acme", "acme/shop");
        pushes.setEvents(List.of(ScmEvent.Type.PUSH));
        start(pushesOnly, pushes);
        // When
        dispatch(push("feature"));
        assertThat(job.isInQueue()).as("the push waits for the pull request's event").isTrue();
        dispatch(updated(7, "feature"));
        dispatch(push("feature"));
        // Then
        FreeStyleBuild build = waitForBuild(job, 1);
        jenkins.waitUntilNoActivity();
        assertThat(build.getAction(ScmEventAction.class).coordinates().pullRequest()).isEqualTo(7);
        assertThat(job.getBuilds()).hasSize(1);
        assertThat(pushesOnly.getLastBuild()).as("a job that does not listen to pull requests gets its push").isNotNull();
    }

    /** Such as a new title, or a vote. */
    @Test
    void shouldNotBuildAnUpdateThatBringsNothingNew() throws Exception {
        // Given
        FreeStyleProject job = createJob(new ScmChecksTrigger("acme", "acme/shop"));
        // When
        dispatch(opened(7, "feature", "main", false));
        waitForBuild(job, 1);
        int again = dispatch(updated(7, "feature", "main", HEAD));
        int pushed = dispatch(updated(7, "feature", "main", "c".repeat(40)));
        waitForBuild(job, 2);
        int back = dispatch(updated(7, "feature", "main", HEAD));
        waitForBuild(job, 3);
        int retargeted = dispatch(updated(7, "feature", "release", HEAD));
        // Then
        assertThat(List.of(again, pushed, back, retargeted)).containsExactly(0, 1, 1, 1);
        waitForBuild(job, 4);
    }

    @Test
    void shouldWaitLongerForThePullRequestsEventWhereThereIsAPullRequest() throws Exception {
        // Given
        FreeStyleProject job = createJob(new ScmChecksTrigger("acme", "acme/shop"));
        dispatch(opened(7, "feature", "main", false));
        waitForBuild(job, 1);
        // When
        dispatch(new ScmEvent.Push(SHOP, "feature", HEAD, "c".repeat(40), ""));
        // Then
        assertThat(wait(job)).isGreaterThan(30);
        // When
        jenkins.jenkins.getQueue().clear();
        dispatch(new ScmEvent.PullRequestChange(
                SHOP, ScmEvent.Type.PULL_REQUEST_MERGED, pullRequest(7, "feature", "main", false), ""));
        dispatch(new ScmEvent.Push(SHOP, "feature", HEAD, "d".repeat(40), ""));
        // Then
        assertThat(wait(job)).isLessThan(30);
        jenkins.jenkins.getQueue().clear();
    }

    private static long wait(FreeStyleProject job) {
        Queue.WaitingItem item = (Queue.WaitingItem) job.getQueueItem();
        return (item.timestamp.getTimeInMillis() - System.currentTimeMillis()) / 1000;
    }

    @Test
    void shouldBuildEveryCommitAndEveryPullRequest() throws Exception {
        // Given
        FreeStyleProject job = createJob(new ScmChecksTrigger("acme", "acme/shop"));
        job.setQuietPeriod(3600);
        // When
        dispatch(opened(1, "one", "main", false));
        dispatch(opened(2, "two", "main", false));
        dispatch(opened(2, "two", "main", false));
        dispatch(new ScmEvent.Push(SHOP, "main", BEFORE, "c".repeat(40), ""));
        dispatch(new ScmEvent.Push(SHOP, "main", "c".repeat(40), "d".repeat(40), ""));
        // Then
        assertThat(jenkins.jenkins.getQueue().getItems(job)).as("none of them swallows another").hasSize(4);
        jenkins.jenkins.getQueue().clear();
    }

    @Test
    void shouldForgetWhatJobsNoLongerWant() throws Exception {
        // Given
        FreeStyleProject changed = createJob(new ScmChecksTrigger("acme", "acme/shop"));
        String xml = changed.getConfigFile().asString().replace("acme/shop", "acme/web");
        FreeStyleProject deleted = jenkins.createFreeStyleProject("deleted");
        start(deleted, new ScmChecksTrigger("acme", "acme/shop"));
        FreeStyleProject disabled = jenkins.createFreeStyleProject("disabled");
        start(disabled, new ScmChecksTrigger("acme", "acme/shop"));
        assertThat(TriggerIndex.get().find("acme", SHOP)).hasSize(3);
        // When
        changed.updateByXml(new StreamSource(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8))));
        deleted.delete();
        disabled.disable();
        // Then
        assertThat(TriggerIndex.get().find("acme", SHOP)).extracting(t -> t.job().getName()).containsExactly("disabled");
        assertThat(TriggerIndex.get().find("acme", new RepositoryPath("acme/web"))).hasSize(1);
        assertThat(dispatch(push("main"))).as("a disabled job is not built").isZero();
    }

    @Test
    void shouldStillKnowItsJobsAfterTheyAreReloadedAndRenamed() throws Exception {
        // Given
        FreeStyleProject job = createJob(new ScmChecksTrigger("acme", "acme/shop"));
        // When
        jenkins.jenkins.reload();
        FreeStyleProject reloaded = (FreeStyleProject) jenkins.jenkins.getItem(job.getName());
        reloaded.renameTo("renamed");
        // Then
        assertThat(reloaded).isNotSameAs(job);
        assertThat(TriggerIndex.get().find("acme", SHOP)).extracting(t -> (Object) t.job()).containsExactly(reloaded);
        assertThat(dispatch(opened(1, "feature", "main", false))).isEqualTo(1);
    }

    @Test
    void shouldBeWrittenInADeclarativePipeline() throws Exception {
        // Given
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "declarative");
        job.setDefinition(new CpsFlowDefinition("""
                pipeline {
                    agent none
                    triggers {
                        scmChecks(integration: 'acme', repository: 'acme/shop', branches: 'main', events: ['PUSH', 'PULL_REQUEST_OPENED'])
                    }
                    stages { stage('s') { steps { echo "head=${env.SCM_CHECKS_HEAD_SHA}" } } }
                }
                """, true));
        // When
        jenkins.buildAndAssertSuccess(job);
        // Then
        assertThat(TriggerIndex.get().find("acme", SHOP)).singleElement().satisfies(trigger -> {
            assertThat(trigger.getBranches()).isEqualTo("main");
            assertThat(trigger.getEvents()).containsExactly(ScmEvent.Type.PUSH, ScmEvent.Type.PULL_REQUEST_OPENED);
        });
        assertThat(dispatch(opened(1, "feature", "main", false))).isEqualTo(1);
        await().until(() -> job.getBuildByNumber(2) != null);
        jenkins.assertLogContains("head=" + HEAD, jenkins.waitForCompletion(job.getBuildByNumber(2)));
    }

    @Test
    void shouldNotLetNamesFromOutsideIntoThePage() throws Exception {
        // Given
        FreeStyleProject job = createJob(new ScmChecksTrigger("acme", "acme/shop"));
        String evil = "<img/src=x/onerror=alert(1)>";
        // When
        dispatch(new ScmEvent.PullRequestChange(
                SHOP, ScmEvent.Type.PULL_REQUEST_OPENED, pullRequest(1, evil, "main", true), evil));
        FreeStyleBuild build = waitForBuild(job, 1);
        // Then
        try (JenkinsRule.WebClient web = jenkins.createWebClient()) {
            String page = web.getPage(build).getWebResponse().getContentAsString();

            assertThat(page).contains("&lt;img/src=x/onerror=alert(1)").doesNotContain("<img/src=x");
        }
    }

    @Test
    void shouldTellIntegrationsOnlyToThoseWhoConfigure() throws Exception {
        // Given
        FreeStyleProject job = jenkins.createFreeStyleProject();
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ).everywhere().to("reader")
                .grant(Jenkins.READ, Item.READ, Item.CONFIGURE).everywhere().to("author"));
        var descriptor = jenkins.jenkins.getDescriptorByType(ScmChecksTrigger.DescriptorImpl.class);
        // When / Then
        try (ACLContext ignored = ACL.as2(User.getOrCreateByIdOrFullName("reader").impersonate2())) {
            assertThat(descriptor.doFillIntegrationItems(job, "mine")).extracting(o -> o.value).containsExactly("mine");
            assertThat(descriptor.doFillIntegrationItems(null, "")).isEmpty();
            assertThat(descriptor.doCheckRepository(job, "nonsense").kind).isEqualTo(FormValidation.Kind.OK);
        }
        try (ACLContext ignored = ACL.as2(User.getOrCreateByIdOrFullName("author").impersonate2())) {
            assertThat(descriptor.doFillIntegrationItems(job, "")).extracting(o -> o.value).containsExactly("acme");
            assertThat(descriptor.doFillIntegrationItems(null, "")).isEmpty();
            assertThat(descriptor.doCheckRepository(job, "nonsense").kind).isEqualTo(FormValidation.Kind.ERROR);
            assertThat(descriptor.doCheckRepository(job, "a/b c/d").kind).isEqualTo(FormValidation.Kind.OK);
        }
    }

    private int dispatch(ScmEvent event) {
        return EventDispatcher.get().dispatch(acme, event);
    }

    private FreeStyleProject createJob(ScmChecksTrigger trigger) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        start(job, trigger);
        return job;
    }

    private static void start(FreeStyleProject job, ScmChecksTrigger trigger) throws Exception {
        job.addTrigger(trigger);
        trigger.start(job, true);
    }

    private FreeStyleBuild waitForBuild(FreeStyleProject job, int number) throws Exception {
        await().until(() -> job.getBuildByNumber(number) != null);
        return jenkins.waitForCompletion(job.getBuildByNumber(number));
    }

    private static ScmEvent push(String branch) {
        return new ScmEvent.Push(SHOP, branch, BEFORE, HEAD, "alice");
    }

    private static ScmEvent opened(long number, String source, String target, boolean fork) {
        return new ScmEvent.PullRequestChange(
                SHOP, ScmEvent.Type.PULL_REQUEST_OPENED, pullRequest(number, source, target, fork), "alice");
    }

    private static ScmEvent updated(long number, String source) {
        return new ScmEvent.PullRequestChange(
                SHOP, ScmEvent.Type.PULL_REQUEST_UPDATED, pullRequest(number, source, "main", false), "alice");
    }

    private static ScmEvent updated(long number, String source, String target, String head) {
        return new ScmEvent.PullRequestChange(
                SHOP,
                ScmEvent.Type.PULL_REQUEST_UPDATED,
                pullRequest(number, source, target, false, head),
                "alice");
    }

    private static PullRequest pullRequest(long number, String source, String target, boolean fork) {
        return pullRequest(number, source, target, fork, HEAD);
    }

    private static PullRequest pullRequest(long number, String source, String target, boolean fork, String head) {
        return new PullRequest(
                number, "Title", source, target, head, BEFORE, SHOP, "alice", fork, "https://github.example.org/x");
    }
}

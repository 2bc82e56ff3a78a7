package io.jenkins.plugins.scmchecks.page;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.scmchecks.engine.change.ChangeSet;
import io.jenkins.plugins.scmchecks.engine.finding.Finding;
import io.jenkins.plugins.scmchecks.engine.finding.Gate;
import io.jenkins.plugins.scmchecks.engine.finding.Location;
import io.jenkins.plugins.scmchecks.engine.finding.Notice;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import io.jenkins.plugins.scmchecks.engine.finding.Rule;
import io.jenkins.plugins.scmchecks.engine.finding.Severity;
import io.jenkins.plugins.scmchecks.engine.finding.TrackedFinding;
import io.jenkins.plugins.scmchecks.engine.finding.TrackedFinding.State;
import io.jenkins.plugins.scmchecks.engine.publish.CheckReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.htmlunit.html.DomNode;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class ReportActionTest {

    private static final String EVIL = "<script>alert('x')</script><img src=x onerror=alert(1)>\"'${1+1}";

    private JenkinsRule jenkins;
    private FreeStyleBuild build;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        FreeStyleProject job = jenkins.createFreeStyleProject("shop");
        build = jenkins.buildAndAssertSuccess(job);
    }

    @Test
    void shouldShowWhatWasFound() throws Exception {
        // Given
        ReportAction.of(build).add(createReport("SCM Checks", "a message"), new ReportAction.Published("https://github.example.org/pull/1", List.of("a comment was refused")));
        // When
        HtmlPage page = page("scm-checks");
        // Then
        assertThat(page.asNormalizedText())
                .contains("The gate failed", "1 new finding", "a message", "main.tf:3", "aws_s3_bucket.logs", "R1", "high")
                .contains("New (1)", "Fixed (1)", "x: could not be read", "Not published: a comment was refused");
        assertThat(page.getAnchorByHref("https://github.example.org/pull/1")).isNotNull();
        assertThat(page("").asNormalizedText()).contains("SCM Checks: failed, 1 new, 0 unchanged, 1 fixed");
    }

    @Test
    void shouldKeepTheReportBesideTheBuild() throws Exception {
        // Given
        ReportAction.of(build).add(createReport("One", "first"), new ReportAction.Published());
        ReportAction.of(build).add(createReport("Two", "other"), new ReportAction.Published());
        ReportAction.of(build).add(createReport("One", "again"), new ReportAction.Published());
        // When
        jenkins.jenkins.reload();
        // Then
        FreeStyleBuild reloaded = jenkins.jenkins.getItemByFullName("shop", FreeStyleProject.class).getLastBuild();
        ReportAction action = reloaded.getAction(ReportAction.class);
        assertThat(action.getEntries()).extracting(ReportAction.Entry::getName).containsExactly("Two", "One");
        assertThat(action.getReports()).flatExtracting(ReportView::getNewRows).extracting(ReportView.Row::getMessage)
                .containsExactly("other", "again");
        assertThat(Files.readString(reloaded.getRootDir().toPath().resolve("build.xml"))).doesNotContain("again");
    }

    @Test
    void shouldEscapeWhateverComesFromOutside() throws Exception {
        // Given
        ReportAction.of(build).add(createReport(EVIL, EVIL), new ReportAction.Published("javascript:alert(1)", List.of(EVIL)));
        // When
        for (String path : List.of("scm-checks", "")) {
            HtmlPage page = page(path);
            // Then
            assertThat(page.getWebResponse().getContentAsString()).doesNotContain("<script>alert").doesNotContain("<img src=x");
            assertThat(page.asNormalizedText()).contains("${1+1}");
            assertThat(page.querySelectorAll("a[href^='javascript']")).isEmpty();
        }
    }

    @Test
    void shouldHaveNothingInlineThatAContentSecurityPolicyForbids() throws Exception {
        // Given
        ReportAction.of(build).add(createReport("SCM Checks", "a message"), new ReportAction.Published());
        // When
        DomNode content = page("scm-checks").querySelector("#main-panel");
        // Then
        assertThat(content.querySelectorAll("section *").stream().map(DomNode::asXml))
                .noneMatch(xml -> xml.contains("<script") || xml.contains(" style=") || xml.matches("(?s).*\\son[a-z]+=.*"));
    }

    @Test
    void shouldSayWhenTheReportIsGone() throws Exception {
        // Given
        ReportAction action = ReportAction.of(build);
        action.add(createReport("SCM Checks", "a message"), new ReportAction.Published());
        Path folder = build.getRootDir().toPath().resolve("scm-checks");
        Files.writeString(folder.resolve(action.getEntries().get(0).getId() + ".json"), "not a report");
        // When / Then
        assertThat(page("scm-checks").asNormalizedText()).contains("The report beside the build cannot be read");
    }

    private HtmlPage page(String path) throws Exception {
        try (JenkinsRule.WebClient web = jenkins.createWebClient()) {
            return web.getPage(build, path);
        }
    }

    private static CheckReport createReport(String name, String message) {
        Rule rule = new Rule("R1", "Rule one", "Why: " + message, "javascript:alert(1)", Severity.HIGH, List.of("CWE-1"));
        Finding finding = Finding.of("tool", rule, message, new Location("main.tf", Region.line(3)))
                .withResource("aws_s3_bucket.logs");
        TrackedFinding fresh = new TrackedFinding(finding, State.NEW, true);
        TrackedFinding fixed = new TrackedFinding(finding, State.FIXED, false);
        return new CheckReport(
                name,
                ChangeSet.withoutBase("head"),
                List.of(fresh, fixed),
                List.of(Notice.error("x", "could not be read")),
                new Gate.Result(false, List.of("1 new finding of severity high or worse"), List.of(fresh)),
                null);
    }
}

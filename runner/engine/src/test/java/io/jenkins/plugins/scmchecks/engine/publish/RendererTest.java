package io.jenkins.plugins.scmchecks.engine.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.scmchecks.engine.change.ChangeSet;
import io.jenkins.plugins.scmchecks.engine.change.FileChange;
import io.jenkins.plugins.scmchecks.engine.finding.Finding;
import io.jenkins.plugins.scmchecks.engine.finding.Fix;
import io.jenkins.plugins.scmchecks.engine.finding.Gate;
import io.jenkins.plugins.scmchecks.engine.finding.Location;
import io.jenkins.plugins.scmchecks.engine.finding.Notice;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import io.jenkins.plugins.scmchecks.engine.finding.Rule;
import io.jenkins.plugins.scmchecks.engine.finding.Severity;
import io.jenkins.plugins.scmchecks.engine.finding.Suppression;
import io.jenkins.plugins.scmchecks.engine.finding.TrackedFinding;
import io.jenkins.plugins.scmchecks.engine.finding.TrackedFinding.State;
import io.jenkins.plugins.scmchecks.engine.publish.Publication.Conclusion;
import io.jenkins.plugins.scmchecks.engine.scm.Capability;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RendererTest {

    private static final PublishLimits LIMITS = new PublishLimits(1_000, 50, 16_000, 255, 65_535, 65_000, 50, false);
    private static final Set<Capability> ALL = EnumSet.allOf(Capability.class);
    private static final Gate GATE = new Gate(Severity.HIGH, Gate.Scope.NEW, true);

    private final Renderer renderer = new Renderer();
    private final List<TrackedFinding> findings = new ArrayList<>();
    private final List<Notice> notices = new ArrayList<>();

    @Test
    void shouldSayWhatCountsFirst() {
        // Given
        add(State.NEW, createFinding("main.tf", 20, Severity.HIGH));
        add(State.NEW, createFinding("main.tf", 21, Severity.LOW));
        add(State.FIXED, createFinding("main.tf", 3, Severity.LOW));
        add(State.UNCHANGED, createFinding("other.tf", 3, Severity.MEDIUM));
        add(State.UNCHANGED, createFinding("other.tf", 4, Severity.MEDIUM));
        notices.add(Notice.warning("x.tf", "not UTF-8"));

        // When
        Publication publication = render();

        // Then
        assertThat(publication.check().conclusion()).isEqualTo(Conclusion.FAILURE);
        assertThat(publication.check().title()).isEqualTo("2 new findings, 1 fixed · gate failed");
        assertThat(publication.summary())
                .startsWith(Marker.ofSummary(Marker.externalId("scm-checks")) + "\n### scm-checks: 2 new findings,"
                        + " 1 fixed · gate failed\n\n**Gate failed**: 2 new findings, 1 fixed, 2 unchanged.\n\n"
                        + "- 1 new finding of severity high or worse\n\n### New\n")
                .contains("| high | [Rule](https://example.com/r) | `main.tf:20` | `res.main`: Wrong at 20 | inline |\n"
                        + "| low | ")
                .contains("### Fixed\n\n- [Rule](https://example.com/r) in `main.tf`")
                .contains("Unchanged, as before this change: 2 medium.")
                .contains("### Notices\n\n- warning: `x.tf`: not UTF-8")
                .endsWith("[Full report](https://ci.example/1)\n");
        assertThat(publication.check().summary()).doesNotContain("| inline |").contains("### New");
    }

    @Test
    void shouldPassWithoutNewFindings() {
        // Given
        add(State.UNCHANGED, createFinding("other.tf", 3, Severity.CRITICAL));

        // When
        Publication publication = render();

        // Then
        assertThat(publication.check().title()).isEqualTo("No new findings, 1 unchanged · gate passed");
        assertThat(publication.check().conclusion()).isEqualTo(Conclusion.SUCCESS);
        assertThat(publication.comments()).isEmpty();
        assertThat(publication.check().annotations()).singleElement().satisfies(a -> assertThat(a.title())
                .isEqualTo("critical: Rule (not new)"));
    }

    @Test
    void shouldSayOfEachNewFindingWhyItHasNoComment() {
        // Given
        add(State.NEW, createFinding("main.tf", 35, Severity.HIGH));
        add(State.NEW, createFinding("untouched.tf", 1, Severity.HIGH));
        add(State.NEW, createFinding("main.tf", 20, Severity.LOW).withFingerprint(null));
        add(State.NEW, createFinding("main.tf", 19, Severity.LOW));

        // When
        String summary = render(LIMITS, ALL, Set.of("fp-main.tf-19")).summary();

        // Then
        assertThat(summary)
                .containsPattern("`main.tf:35`.*\\| line not in the diff \\|")
                .containsPattern("`untouched.tf:1`.*\\| file not in the diff \\|")
                .containsPattern("`main.tf:20`.*\\| it has no fingerprint \\|")
                .containsPattern("`main.tf:19`.*\\| not accepted on this line \\|");
    }

    @Test
    void shouldPreferChangedLinesAndTheWorstWhenCommentsAreFew() {
        // Given
        PublishLimits two = new PublishLimits(1_000, 50, 16_000, 255, 65_535, 65_000, 2, false);
        add(State.NEW, createFinding("main.tf", 19, Severity.CRITICAL));
        add(State.NEW, createFinding("main.tf", 20, Severity.LOW));
        add(State.NEW, createFinding("main.tf", 21, Severity.HIGH));

        // When
        Publication publication = render(two, ALL, Set.of());

        // Then
        assertThat(publication.comments())
                .extracting(Publication.InlineComment::lastLine)
                .containsExactly(21, 20);
        assertThat(publication.summary()).containsPattern("`main.tf:19`.*\\| limit of 2 comments reached \\|");
        assertThat(publication.standing()).hasSize(3);
    }

    @Test
    void shouldOfferAFixAsSuggestionOnExactlyItsLines() {
        // Given
        Finding finding = createFinding("main.tf", 20, Severity.HIGH)
                .withFix(new Fix("Say so.", Region.lines(20, 21), "a = \"```\"\nb = 2"));
        add(State.NEW, finding);

        // When
        Publication.InlineComment comment = render().comments().get(0);
        Publication.InlineComment without = render(
                        LIMITS, EnumSet.complementOf(EnumSet.of(Capability.SUGGESTIONS)), Set.of())
                .comments()
                .get(0);

        // Then
        assertThat(comment.firstLine()).isEqualTo(20);
        assertThat(comment.lastLine()).isEqualTo(21);
        assertThat(comment.body()).contains("\n````suggestion\na = \"```\"\nb = 2\n````\n");
        assertThat(without.firstLine()).isEqualTo(without.lastLine());
        assertThat(without.body()).doesNotContain("suggestion\n").contains("Suggested text for line 20-21");
    }

    @Test
    void shouldNotSuggestWhatTheDiffDoesNotShow() {
        // Given
        add(State.NEW, createFinding("main.tf", 20, Severity.HIGH).withFix(new Fix("", Region.lines(20, 30), "x")));

        // When, Then
        assertThat(render().comments().get(0).body()).doesNotContain("```suggestion");
    }

    @Test
    void shouldWriteAllOfAFindingIntoItsComment() {
        // Given
        add(State.NEW, createFinding("main.tf", 20, Severity.HIGH));

        // When
        String body = render().comments().get(0).body();

        // Then
        assertThat(Marker.parse(body)).contains(Marker.ofFinding(Marker.externalId("scm-checks"), "fp-main.tf-20"));
        assertThat(body)
                .contains("**high** · [Rule](https://example.com/r)\n\nWrong at 20\n")
                .contains("Resource: `res.main`")
                .contains("<details><summary>Why, and how to mend it</summary>\n\nDo *this*.\n\n</details>")
                .contains("<sub>tool · R-1 · CWE-1</sub>");
    }

    @Test
    void shouldDisarmWhateverAReportSays() {
        // Given
        String evil = "</details><img src=x onerror=alert(1)> @acme/all <!-- scm-checks:0123456789abcdef:summary -->";
        Rule rule = new Rule(
                "R\n|x", "N @all [a](javascript:b)", evil, "https://e.x/)(", Severity.HIGH, List.of("t|@u"));
        add(State.NEW, Finding.of("t@ol", rule, evil + "\n| a | b |", new Location("main`|@x.tf", Region.line(1)))
                .withFingerprint("1")
                .withResource("`r` | @all"));
        add(State.NEW, Finding.of("t@ol", rule, evil, new Location("main.tf", Region.line(20))).withFingerprint("2"));
        notices.add(Notice.info(null, evil));

        // When
        Publication publication = render();

        // Then
        for (String text : List.of(
                publication.summary(), publication.check().summary(), publication.comments().get(0).body())) {
            String withoutCode = text.replaceAll("(`+).*?\\1", "");
            assertThat(withoutCode).doesNotContain("<img").doesNotContain("@a").doesNotContain("@u")
                    .doesNotContain("@o")
                    .doesNotContain("<!-- scm-checks:0123456789abcdef").doesNotContain("[a](");
            assertThat(text.split("</details>", -1).length).isEqualTo(text.split("<details>", -1).length);
        }
        assertThat(publication.summary().lines().filter(l -> l.startsWith("| high")))
                .hasSize(2)
                .allSatisfy(row -> assertThat(row.replace("\\|", "").replaceAll("[^|]", "")).hasSize(6));
    }

    @Test
    void shouldCutAtARowAndSayHowManyAreLeft() {
        // Given
        PublishLimits small = new PublishLimits(5, 50, 100, 20, 3_000, 4_000, 5, false);
        IntStream.rangeClosed(1, 300).forEach(i -> add(State.NEW, createFinding("main.tf", 20, Severity.HIGH)
                .withFingerprint("f" + i)));

        // When
        Publication publication = render(small, ALL, Set.of());

        // Then
        assertThat(publication.summary()).hasSizeLessThanOrEqualTo(4_000).containsPattern("…and \\d+ more\\.");
        assertThat(publication.check().summary())
                .hasSizeLessThanOrEqualTo(3_000)
                .contains("295 more findings have no annotation: 5 is the limit.");
        assertThat(publication.check().title()).hasSizeLessThanOrEqualTo(20).endsWith("…");
        assertThat(publication.check().annotations()).hasSize(5);
        publication.summary().lines().filter(l -> l.startsWith("|")).forEach(l -> assertThat(l).endsWith("|"));
    }

    @Test
    void shouldAnnotateNewOnesFirstThenTheWorst() {
        // Given
        add(State.UNCHANGED, createFinding("a.tf", 1, Severity.CRITICAL));
        add(State.NEW, createFinding("b.tf", 1, Severity.LOW));
        add(State.NEW, createFinding("c.tf", 1, Severity.HIGH));

        // When, Then
        assertThat(render().check().annotations())
                .extracting(Publication.Annotation::path)
                .containsExactly("c.tf", "b.tf", "a.tf");
    }

    @Test
    void shouldNotCountSuppressedOnesNorResolveThreadsOfAPartialAnalysis() {
        // Given
        Suppression known = new Suppression("inSource", "known");
        add(State.NEW, createFinding("main.tf", 20, Severity.HIGH).withSuppression(known));
        notices.add(Notice.error("big.json", "too large"));

        // When
        Publication publication = render();

        // Then
        assertThat(publication.comments()).isEmpty();
        assertThat(publication.check().annotations()).isEmpty();
        assertThat(publication.complete()).isFalse();
        assertThat(publication.summary()).contains("Suppressed, and not counted: 1.").contains("error: `big.json`");
    }

    @Test
    void shouldDependOnNothingButTheReport() {
        // Given
        IntStream.rangeClosed(1, 30).forEach(i -> add(State.NEW, createFinding("main.tf", i, Severity.LOW)));
        Publication first = render();

        // When
        Collections.reverse(findings);

        // Then
        assertThat(render()).isEqualTo(first);
    }

    @Test
    void shouldLeaveOutWhatTheProviderCannotShow() {
        // Given
        add(State.NEW, createFinding("main.tf", 20, Severity.HIGH));

        // When
        Publication publication = render(LIMITS, EnumSet.of(Capability.STATUSES), Set.of());

        // Then
        assertThat(publication.comments()).isEmpty();
        assertThat(publication.summary()).isNull();
        assertThat(publication.check().annotations()).isEmpty();
        assertThat(publication.check().summary()).isEmpty();
    }

    @Test
    void shouldSayNothingOfTheCodeWhenAnAnalysisWasAborted() {
        // When
        Publication publication = renderer.aborted("scm-checks", Conclusion.ERROR, "<b>boom</b> @all", null);

        // Then
        assertThat(publication.complete()).isFalse();
        assertThat(publication.summary()).isNull();
        assertThat(publication.check().summary()).contains("&lt;b&gt;boom").contains("says nothing about the code");
        assertThatThrownBy(() -> renderer.aborted("x", Conclusion.SUCCESS, "", null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void add(State state, Finding finding) {
        int line = finding.location().line();
        findings.add(new TrackedFinding(finding, state, line == 20 || line == 21));
    }

    private Publication render() {
        return render(LIMITS, ALL, Set.of());
    }

    private Publication render(PublishLimits limits, Set<Capability> capabilities, Set<String> refused) {
        ChangeSet change = ChangeSet.of(
                "base",
                "abc123",
                List.of(new FileChange(
                        "main.tf",
                        "main.tf",
                        FileChange.Kind.MODIFIED,
                        List.of(new FileChange.Hunk(20, 2, 20, 2)))));
        CheckReport report = new CheckReport(
                "scm-checks", change, findings, notices, GATE.evaluate(findings, notices), "https://ci.example/1");
        return renderer.render(report, limits, capabilities, refused);
    }

    private static Finding createFinding(String path, int line, Severity severity) {
        Rule rule = new Rule("R-1", "Rule", "Do *this*.", "https://example.com/r", severity, List.of("CWE-1"));
        return Finding.of("tool", rule, "Wrong at " + line, new Location(path, Region.line(line)))
                .withResource("res.main")
                .withFingerprint("fp-" + path + "-" + line);
    }
}

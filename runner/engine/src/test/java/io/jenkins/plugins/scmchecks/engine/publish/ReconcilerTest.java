package io.jenkins.plugins.scmchecks.engine.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.scmchecks.engine.publish.Publication.InlineComment;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReconcilerTest {

    private final Reconciler reconciler = new Reconciler();

    @Test
    void shouldCreateWhatIsMissing() {
        assertThat(reconciler.plan(createPublication("a", "b"), new Observed(null, List.of(), null)))
                .extracting(PlanAction::describe)
                .containsExactly(
                        "create the check \"c\" with 0 annotations",
                        "write 2 inline comments",
                        "write the summary comment");
    }

    @Test
    void shouldDoNothingWhenAllIsThere() {
        // Given
        Publication desired = createPublication("a");
        Observed observed = new Observed(
                new Observed.Check("1", Digest.of(desired.check()), true),
                List.of(createThread("t", "a", false, false)),
                new Observed.Summary("s", "summary\r\n"));

        // When, Then
        assertThat(reconciler.plan(desired, observed)).isEmpty();
    }

    @Test
    void shouldResolveWhatIsGoneButOnlyWhenEverythingWasAnalysed() {
        // Given
        List<Observed.Thread> threads = List.of(
                createThread("t1", "gone", false, false), createThread("t2", "b", false, false));
        Observed observed = createObserved(threads);
        Publication partial = new Publication(createPublication("b").check(), List.of(), Set.of("b"), false, null);
        Publication whole = new Publication(createPublication("b").check(), List.of(), Set.of("b"), true, null);

        // When, Then: "b" stands, although it has no comment now
        assertThat(comments(reconciler.plan(partial, observed))).isEmpty();
        assertThat(comments(reconciler.plan(whole, observed)))
                .containsExactly(new PlanAction.ResolveThread(threads.get(0)));
    }

    @Test
    void shouldLeaveWhatAPersonClosedAndReopenWhatWeClosed() {
        // Given
        Observed.Thread byPerson = createThread("t1", "a", true, false);
        Observed.Thread byUs = createThread("t2", "b", true, true);

        // When
        List<PlanAction> plan = reconciler.plan(createPublication("a", "b"), createObserved(List.of(byPerson, byUs)));

        // Then
        assertThat(comments(plan)).containsExactly(new PlanAction.ReopenThread(byUs));
    }

    @Test
    void shouldUpdateATextThatChanged() {
        // Given
        Observed.Thread old = new Observed.Thread("t", "c", "a", "old text", false, false, false, 0);

        // When, Then
        assertThat(comments(reconciler.plan(createPublication("a"), createObserved(List.of(old)))))
                .containsExactly(new PlanAction.UpdateComment(old, createComment("a")));
    }

    @Test
    void shouldKeepOneOfTwoThreadsAboutTheSame() {
        // Given
        Observed.Thread one = createThread("t1", "a", false, false);
        Observed.Thread two = createThread("t2", "a", false, false);
        Observed.Thread closed = createThread("t0", "a", true, true);

        // When, Then
        assertThat(comments(reconciler.plan(createPublication("a"), createObserved(List.of(closed, one, two)))))
                .containsExactly(new PlanAction.ResolveThread(two));
    }

    @Test
    void shouldNotWriteTwoCommentsAboutTheSame() {
        assertThat(comments(reconciler.plan(createPublication("a", "a"), createObserved(List.of()))))
                .containsExactly(new PlanAction.CreateComments(List.of(createComment("a"))));
    }

    private static List<PlanAction> comments(List<PlanAction> plan) {
        return plan.stream()
                .filter(a -> !(a instanceof PlanAction.CreateCheck) && !(a instanceof PlanAction.CreateSummary))
                .toList();
    }

    private static Observed createObserved(List<Observed.Thread> threads) {
        return new Observed(null, threads, null);
    }

    private static Observed.Thread createThread(String id, String fingerprint, boolean resolved, boolean byUs) {
        return new Observed.Thread(id, id, fingerprint, "body " + fingerprint, resolved, byUs, false, 0);
    }

    private static InlineComment createComment(String fingerprint) {
        return new InlineComment(fingerprint, "p", "p", 1, 1, 0, "body " + fingerprint);
    }

    private static Publication createPublication(String... fingerprints) {
        Publication.Check check = new Publication.Check(
                "c", "id", Publication.Conclusion.SUCCESS, "title", "text", List.of(), null);
        return new Publication(
                check,
                java.util.Arrays.stream(fingerprints).map(ReconcilerTest::createComment).toList(),
                "summary");
    }
}

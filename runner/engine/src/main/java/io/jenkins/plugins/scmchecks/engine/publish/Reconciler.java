package io.jenkins.plugins.scmchecks.engine.publish;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Computes what has to be done. Pure: the same input gives the same plan, and a plan that was applied gives none. */
public final class Reconciler {

    /** {@return the steps that lead from what is there to what should be, in the order to do them} */
    public List<PlanAction> plan(Publication desired, Observed observed) {
        List<PlanAction> plan = new ArrayList<>();
        planCheck(desired.check(), observed.check(), plan);
        planComments(desired.comments(), observed.threads(), plan);
        planSummary(desired.summary(), observed.summary(), plan);
        return plan;
    }

    private static void planCheck(Publication.Check desired, Observed.Check observed, List<PlanAction> plan) {
        if (observed == null) {
            plan.add(new PlanAction.CreateCheck(desired));
        } else if (!Digest.of(desired).equals(observed.digest())) {
            plan.add(new PlanAction.UpdateCheck(observed, desired));
        }
    }

    private static void planComments(
            List<Publication.InlineComment> desired, List<Observed.Thread> threads, List<PlanAction> plan) {
        Map<String, Observed.Thread> byFingerprint = new HashMap<>();
        threads.forEach(t -> byFingerprint.merge(t.fingerprint(), t, Reconciler::preferred));
        Set<String> wanted = new HashSet<>();
        List<Publication.InlineComment> create = new ArrayList<>();
        for (Publication.InlineComment comment : desired) {
            if (!wanted.add(comment.fingerprint())) {
                continue;
            }
            Observed.Thread thread = byFingerprint.get(comment.fingerprint());
            if (thread == null) {
                create.add(comment);
                continue;
            }
            if (thread.resolved() && thread.resolvedByUs()) {
                plan.add(new PlanAction.ReopenThread(thread));
            }
            if (!sameText(thread.body(), comment.body())) {
                plan.add(new PlanAction.UpdateComment(thread, comment));
            }
        }
        if (!create.isEmpty()) {
            plan.add(new PlanAction.CreateComments(create));
        }
        for (Observed.Thread thread : threads) {
            if (!thread.resolved() && !wanted.contains(thread.fingerprint())) {
                plan.add(new PlanAction.ResolveThread(thread));
            }
        }
    }

    private static void planSummary(String desired, Observed.Summary observed, List<PlanAction> plan) {
        if (desired == null) {
            return;
        }
        if (observed == null) {
            plan.add(new PlanAction.CreateSummary(desired));
        } else if (!sameText(observed.body(), desired)) {
            plan.add(new PlanAction.UpdateSummary(observed, desired));
        }
    }

    /** Of two threads about one finding, the open one counts: a crash between two writes may have left both. */
    private static Observed.Thread preferred(Observed.Thread one, Observed.Thread other) {
        return one.resolved() && !other.resolved() ? other : one;
    }

    /** Providers trim what they store, and some change line breaks. */
    private static boolean sameText(String one, String other) {
        return one.replace("\r\n", "\n").strip().equals(other.replace("\r\n", "\n").strip());
    }
}

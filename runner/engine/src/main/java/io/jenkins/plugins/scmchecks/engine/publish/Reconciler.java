package io.jenkins.plugins.scmchecks.engine.publish;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Computes what has to be done. Pure: the same input gives the same plan, and a plan that was applied gives none. */
public final class Reconciler {

    /** {@return the steps that lead from what is there to what should be, in the order to do them} */
    public List<PlanAction> plan(Publication desired, Observed observed) {
        return plan(desired, observed, Digest::of);
    }

    /**
     * @param digest of what the provider keeps of a check: {@link Publisher#digest}
     * @return the steps that lead from what is there to what should be, in the order to do them
     */
    public List<PlanAction> plan(
            Publication desired, Observed observed, Function<Publication.Check, String> digest) {
        List<PlanAction> plan = new ArrayList<>();
        planCheck(desired.check(), observed.check(), digest, plan);
        planComments(desired, observed.threads(), plan);
        planSummary(desired.summary(), observed.summary(), plan);
        return plan;
    }

    private static void planCheck(
            Publication.Check desired,
            Observed.Check observed,
            Function<Publication.Check, String> digest,
            List<PlanAction> plan) {
        if (observed == null) {
            plan.add(new PlanAction.CreateCheck(desired));
        } else if (!digest.apply(desired).equals(observed.digest())) {
            plan.add(new PlanAction.UpdateCheck(observed, desired));
        }
    }

    private static void planComments(Publication desired, List<Observed.Thread> threads, List<PlanAction> plan) {
        Map<String, Observed.Thread> byFingerprint = new HashMap<>();
        threads.forEach(t -> byFingerprint.merge(t.fingerprint(), t, Reconciler::preferred));
        Set<String> wanted = new HashSet<>();
        List<Publication.InlineComment> create = new ArrayList<>();
        for (Publication.InlineComment comment : desired.comments()) {
            if (!wanted.add(comment.fingerprint())) {
                continue;
            }
            Observed.Thread thread = byFingerprint.get(comment.fingerprint());
            if (thread == null) {
                create.add(comment);
            } else {
                planExisting(comment, thread, plan);
            }
        }
        if (!create.isEmpty()) {
            plan.add(new PlanAction.CreateComments(create));
        }
        wanted.addAll(desired.standing());
        for (Observed.Thread thread : threads) {
            boolean gone = desired.complete() && !wanted.contains(thread.fingerprint());
            boolean duplicate = byFingerprint.get(thread.fingerprint()) != thread;
            if (!thread.resolved() && (gone || duplicate)) {
                plan.add(new PlanAction.ResolveThread(thread));
            }
        }
    }

    private static void planExisting(
            Publication.InlineComment comment, Observed.Thread thread, List<PlanAction> plan) {
        if (thread.resolved() && !thread.resolvedByUs()) {
            return; // a person closed it
        }
        if (thread.resolved()) {
            plan.add(new PlanAction.ReopenThread(thread));
        }
        if (!sameText(thread.body(), comment.body())) {
            plan.add(new PlanAction.UpdateComment(thread, comment));
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

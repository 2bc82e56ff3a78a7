package io.jenkins.plugins.scmchecks.engine.analysis.policy;

import io.jenkins.plugins.scmchecks.engine.analysis.AnalysisContext;
import io.jenkins.plugins.scmchecks.engine.analysis.Analyzer;
import io.jenkins.plugins.scmchecks.engine.analysis.FindingSink;
import io.jenkins.plugins.scmchecks.engine.analysis.SourceFile;
import io.jenkins.plugins.scmchecks.engine.analysis.SourceTree;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.condition.Scope;
import io.jenkins.plugins.scmchecks.engine.analysis.store.ResultKey;
import io.jenkins.plugins.scmchecks.engine.analysis.store.StoredFindings;
import io.jenkins.plugins.scmchecks.engine.finding.Finding;
import io.jenkins.plugins.scmchecks.engine.finding.Location;
import io.jenkins.plugins.scmchecks.engine.finding.Notice;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** One analysis of one tree by policies. */
final class PolicySession implements Analyzer.Session {

    /** No resource gets more findings of one policy; past that they say nothing new. */
    private static final int MAX_FINDINGS = 500;

    private final AnalysisContext context;
    private final StoredFindings findings;
    private final List<ResourceReader.Session> readers;
    private final PolicySet policies;
    private final Queue<String> mistakes = new ConcurrentLinkedQueue<>();
    private final Map<String, InSourceSuppressions> suppressions = new ConcurrentHashMap<>();
    private final Queue<Resource> waiting = new ConcurrentLinkedQueue<>();
    private final RelatedResources related = new RelatedResources();
    /** Files with resources that others are judged by, or that are judged by others. */
    private final Set<String> involved = ConcurrentHashMap.newKeySet();
    /** What tells the policies from others. */
    private final String packs;

    /** What one finding says to a reader of the file: instances of one block say it once. */
    private record Told(String rule, Location location, String message) {}

    /** The judging of some resources: where its findings go, and what was told already. */
    private static final class Judging implements FindingSink {
        private final FindingSink sink;
        private final Set<Told> told = ConcurrentHashMap.newKeySet();
        /** Files with resources that others are judged by, or that are judged by others. */
        private final Set<String> involved = ConcurrentHashMap.newKeySet();

        Judging(FindingSink sink) {
            this.sink = sink;
        }

        boolean isFirst(Finding finding) {
            Location location = finding.location();
            return location.region() == null
                    || told.add(new Told(finding.rule().id(), location, finding.message()));
        }

        /** Takes what was judged apart. */
        @Override
        public void finding(Finding finding) {
            if (isFirst(finding)) {
                sink.finding(finding);
            }
        }

        @Override
        public void notice(Notice notice) {
            sink.notice(notice);
        }
    }

    PolicySession(
            AnalysisContext context, List<ResourceReader> readers, boolean builtIn, List<PolicyPack> packs) {
        this.context = context;
        this.findings = new StoredFindings(context.results());
        this.readers = readers.stream().map(reader -> reader.open(context)).toList();
        this.policies = new PolicySet(builtIn, packs, mistakes::add);
        this.packs = builtIn + " " + (packs.isEmpty() ? "" : ResultKey.of(packs.toString())) + "\n";
    }

    @Override
    public boolean wants(String path) {
        for (ResourceReader.Session reader : readers) {
            if (reader.wants(path)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Optional<Predicate<String>> needs() {
        Predicate<String> any = null;
        for (ResourceReader.Session reader : readers) {
            Predicate<String> its = reader.needs().map(needs -> needs.and(reader::wants)).orElse(null);
            any = any == null ? its : its == null ? any : any.or(its);
        }
        return Optional.ofNullable(any);
    }

    @Override
    public Optional<String> basis(String path) {
        StringBuilder all = new StringBuilder(packs);
        for (ResourceReader.Session reader : readers) {
            Optional<String> its = reader.wants(path) ? reader.basis(path) : Optional.of("");
            if (its.isEmpty()) {
                return its;
            }
            all.append(its.get()).append('\n');
        }
        return Optional.of(all.toString());
    }

    /** A mistake in a policy is told each time; and what is judged by other files is judged with them. */
    @Override
    public boolean remembers(String path) {
        return !mistakes.isEmpty()
                || involved.contains(path)
                || readers.stream().anyMatch(reader -> reader.remembers(path));
    }

    @Override
    public boolean skips(SourceTree.Entry file) {
        boolean skipped = true;
        for (ResourceReader.Session reader : readers) {
            skipped &= !reader.wants(file.path()) || reader.skips(file);
        }
        return skipped;
    }

    @Override
    public void visit(SourceFile file, FindingSink sink) {
        suppressions.put(file.path(), InSourceSuppressions.of(file));
        Judging judging = new Judging(sink);
        for (ResourceReader.Session reader : readers) {
            if (reader.wants(file.path())) {
                reader.read(file, resource -> take(resource, judging), sink);
            }
        }
        involved.addAll(judging.involved);
    }

    @Override
    public void finish(FindingSink sink) throws InterruptedException {
        Judging judging = new Judging(sink);
        for (ResourceReader.Session reader : readers) {
            reader.finish(resource -> take(resource, judging), sink, (basis, work) -> judge(basis, work, judging));
        }
        for (Resource resource : waiting) {
            judge(resource, policy -> !policy.policy().with().isEmpty(), judging);
        }
        mistakes.forEach(mistake -> sink.notice(Notice.error(null, mistake)));
    }

    /** Of parts that have files in common, each has those files' findings; to a reader of the file they are one. */
    private void judge(Optional<String> basis, ResourceReader.Parts.Work work, Judging all) {
        if (basis.isEmpty() || !context.results().outlastsTheRun()) {
            work.read(resource -> take(resource, all), all.sink);
            return;
        }
        ResultKey key = ResultKey.of("part", packs, basis.get());
        if (findings.replay(key, all)) {
            return;
        }
        StoredFindings.Recording recording = new StoredFindings.Recording(all);
        Judging part = new Judging(recording);
        boolean whole = work.read(resource -> take(resource, part), recording);
        if (whole && mistakes.isEmpty() && part.involved.isEmpty()) {
            findings.put(key, recording);
        }
    }

    private void take(Resource resource, Judging judging) {
        List<CompiledPolicy> compiled = policies.judging(resource.platform(), resource.type());
        if (policies.isRelated(resource.platform(), resource.type())) {
            judging.involved.add(resource.path());
            related.add(resource);
        }
        if (compiled.stream().anyMatch(policy -> !policy.policy().with().isEmpty())) {
            judging.involved.add(resource.path());
            waiting.add(resource);
        }
        judge(resource, policy -> policy.policy().with().isEmpty(), judging);
    }

    private interface Choice {
        boolean takes(CompiledPolicy policy);
    }

    private void judge(Resource resource, Choice choice, Judging judging) {
        for (CompiledPolicy policy : policies.judging(resource.platform(), resource.type())) {
            if (choice.takes(policy)) {
                judge(resource, policy, judging);
            }
        }
    }

    private void judge(Resource resource, CompiledPolicy policy, Judging judging) {
        int[] count = {0};
        Consumer<Finding> found = finding -> {
            if (judging.isFirst(finding) && count[0]++ < MAX_FINDINGS) {
                judging.sink.finding(withDecision(finding, policy.policy(), resource));
            }
        };
        try {
            policy.judge(resource, related.to(resource), found);
        } catch (Scope.TooManySteps e) {
            judging.notice(Notice.error(resource.path(), "policy " + policy.policy().id() + " was not judged for "
                    + resource.address() + ": " + e.getMessage()));
        }
        if (count[0] > MAX_FINDINGS) {
            judging.notice(Notice.warning(resource.path(), "policy " + policy.policy().id() + " found "
                    + count[0] + " times in " + resource.address() + "; the first " + MAX_FINDINGS + " are reported"));
        }
    }

    private Finding withDecision(Finding finding, Policy policy, Resource resource) {
        String path = finding.location().path();
        InSourceSuppressions decisions = suppressions.computeIfAbsent(path, this::suppressionsOf);
        Resource whole = path.equals(resource.path()) ? resource : null;
        return finding.withSuppression(decisions.about(policy, finding.location().region(), whole));
    }

    /** Of a file that was not visited, as a resource's other parts may stand in one that the change does not touch. */
    private InSourceSuppressions suppressionsOf(String path) {
        try {
            return context.tree().read(path)
                    .map(content -> InSourceSuppressions.of(SourceFile.of(path, content)))
                    .orElse(InSourceSuppressions.NONE);
        } catch (IOException e) {
            return InSourceSuppressions.NONE;
        }
    }
}

package io.jenkins.plugins.scmchecks.engine.analysis.policy;

import io.jenkins.plugins.scmchecks.engine.analysis.AnalysisContext;
import io.jenkins.plugins.scmchecks.engine.analysis.Analyzer;
import io.jenkins.plugins.scmchecks.engine.analysis.FindingSink;
import io.jenkins.plugins.scmchecks.engine.analysis.SourceFile;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.condition.Scope;
import io.jenkins.plugins.scmchecks.engine.finding.Finding;
import io.jenkins.plugins.scmchecks.engine.finding.Location;
import io.jenkins.plugins.scmchecks.engine.finding.Notice;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/** One analysis of one tree by policies. */
final class PolicySession implements Analyzer.Session {

    /** No resource gets more findings of one policy; past that they say nothing new. */
    private static final int MAX_FINDINGS = 500;

    private final AnalysisContext context;
    private final List<ResourceReader.Session> readers;
    private final PolicySet policies;
    private final Queue<String> mistakes = new ConcurrentLinkedQueue<>();
    private final Map<String, InSourceSuppressions> suppressions = new ConcurrentHashMap<>();
    private final Queue<Resource> waiting = new ConcurrentLinkedQueue<>();
    private final RelatedResources related = new RelatedResources();
    private final Set<Told> told = ConcurrentHashMap.newKeySet();

    /** What one finding says to a reader of the file: instances of one block say it once. */
    private record Told(String rule, Location location, String message) {}

    PolicySession(
            AnalysisContext context, List<ResourceReader> readers, boolean builtIn, List<PolicyPack> packs) {
        this.context = context;
        this.readers = readers.stream().map(reader -> reader.open(context)).toList();
        this.policies = new PolicySet(builtIn, packs, mistakes::add);
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
    public boolean needs(String path) {
        for (ResourceReader.Session reader : readers) {
            if (reader.wants(path) && reader.needs(path)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void visit(SourceFile file, FindingSink sink) {
        suppressions.put(file.path(), InSourceSuppressions.of(file));
        for (ResourceReader.Session reader : readers) {
            if (reader.wants(file.path())) {
                reader.read(file, resource -> take(resource, sink), sink);
            }
        }
    }

    @Override
    public void finish(FindingSink sink) throws InterruptedException {
        for (ResourceReader.Session reader : readers) {
            reader.finish(resource -> take(resource, sink), sink);
        }
        for (Resource resource : waiting) {
            judge(resource, policy -> !policy.policy().with().isEmpty(), sink);
        }
        mistakes.forEach(mistake -> sink.notice(Notice.error(null, mistake)));
    }

    private void take(Resource resource, FindingSink sink) {
        List<CompiledPolicy> judging = policies.judging(resource.platform(), resource.type());
        if (policies.isRelated(resource.platform(), resource.type())) {
            related.add(resource);
        }
        if (judging.stream().anyMatch(policy -> !policy.policy().with().isEmpty())) {
            waiting.add(resource);
        }
        judge(resource, policy -> policy.policy().with().isEmpty(), sink);
    }

    private interface Choice {
        boolean takes(CompiledPolicy policy);
    }

    private void judge(Resource resource, Choice choice, FindingSink sink) {
        for (CompiledPolicy policy : policies.judging(resource.platform(), resource.type())) {
            if (choice.takes(policy)) {
                judge(resource, policy, sink);
            }
        }
    }

    private void judge(Resource resource, CompiledPolicy policy, FindingSink sink) {
        int[] count = {0};
        Consumer<Finding> findings = finding -> {
            Told said = new Told(finding.rule().id(), finding.location(), finding.message());
            boolean first = finding.location().region() == null || told.add(said);
            if (first && count[0]++ < MAX_FINDINGS) {
                sink.finding(withDecision(finding, policy.policy(), resource));
            }
        };
        try {
            policy.judge(resource, related.to(resource), findings);
        } catch (Scope.TooManySteps e) {
            sink.notice(Notice.error(resource.path(), "policy " + policy.policy().id() + " was not judged for "
                    + resource.address() + ": " + e.getMessage()));
        }
        if (count[0] > MAX_FINDINGS) {
            sink.notice(Notice.warning(resource.path(), "policy " + policy.policy().id() + " found "
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
                    .map(content -> InSourceSuppressions.of(new SourceFile(path, content)))
                    .orElse(InSourceSuppressions.NONE);
        } catch (IOException e) {
            return InSourceSuppressions.NONE;
        }
    }
}

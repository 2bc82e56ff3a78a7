package io.jenkins.plugins.scmchecks.engine.analysis.policy;

import io.jenkins.plugins.scmchecks.engine.analysis.AnalysisContext;
import io.jenkins.plugins.scmchecks.engine.analysis.FindingSink;
import io.jenkins.plugins.scmchecks.engine.analysis.Progress;
import io.jenkins.plugins.scmchecks.engine.analysis.SourceFile;
import io.jenkins.plugins.scmchecks.engine.analysis.SourceTree;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.condition.ConditionException;
import io.jenkins.plugins.scmchecks.engine.change.ChangeSet;
import io.jenkins.plugins.scmchecks.engine.finding.Finding;
import io.jenkins.plugins.scmchecks.engine.finding.Notice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Runs a pack's own tests: what its examples say must pass or fail, does. */
public final class PackTest {

    private final List<ResourceReader> readers;

    /**
     * What came of one example.
     *
     * @param policy it belongs to
     * @param name for people, such as {@code SCM-K8S-001 fail 2}
     * @param path of the pack
     * @param line at which the example begins there
     * @param problem what is not as it should be, or null when all is well
     */
    public record Result(Policy policy, String name, String path, int line, String problem) {

        public boolean passed() {
            return problem == null;
        }
    }

    private record Outcome(List<Finding> findings, List<Notice> notices) implements FindingSink {
        @Override
        public void finding(Finding finding) {
            findings.add(finding);
        }

        @Override
        public void notice(Notice notice) {
            notices.add(notice);
        }
    }

    /** @param readers that read the examples, usually {@link Readers#all} */
    public PackTest(List<ResourceReader> readers) {
        this.readers = List.copyOf(readers);
    }

    /** {@return one result for each example, and a failed one for each policy that cannot be compiled or has none} */
    public List<Result> run(PolicyPack pack) throws InterruptedException {
        List<Result> results = new ArrayList<>();
        for (Policy policy : pack.policies()) {
            try {
                CompiledPolicy.of(policy);
            } catch (ConditionException e) {
                results.add(new Result(policy, policy.id(), pack.path(), policy.line(), e.getMessage()));
                continue;
            }
            boolean both = policy.examples().stream().anyMatch(Policy.Example::passes)
                    && !policy.examples().stream().allMatch(Policy.Example::passes);
            if (!both) {
                results.add(new Result(policy, policy.id(), pack.path(), policy.line(),
                        "give at least one example that passes and one that fails"));
            }
            int number = 0;
            for (Policy.Example example : policy.examples()) {
                String name = policy.id() + (example.passes() ? " pass " : " fail ") + ++number;
                results.add(new Result(policy, name, pack.path(), example.line(), problem(policy, example)));
            }
        }
        return results;
    }

    private String problem(Policy policy, Policy.Example example) throws InterruptedException {
        Outcome outcome = judge(policy, example.files());
        List<Integer> lines = outcome.findings().stream()
                .sorted((a, b) -> a.location().path().equals(b.location().path())
                        ? Integer.compare(a.location().line(), b.location().line())
                        : a.location().path().compareTo(b.location().path()))
                .map(finding -> finding.location().line())
                .toList();
        String notices = outcome.notices().isEmpty() ? "" : "; notices: " + outcome.notices();
        if (example.passes()) {
            boolean read = outcome.notices().stream().noneMatch(notice -> notice.level() == Notice.Level.ERROR);
            return lines.isEmpty() && read
                    ? null
                    : "found in lines " + lines + " of what should pass: " + outcome.findings() + notices;
        }
        if (lines.isEmpty()) {
            return "found nothing in what should fail" + notices;
        }
        return example.lines().isEmpty() || example.lines().equals(lines)
                ? null
                : "found in lines " + lines + ", expected " + example.lines();
    }

    private Outcome judge(Policy policy, Map<String, String> files) throws InterruptedException {
        PolicyPack only = new PolicyPack("test", "test", policy.platform(), "test", List.of(policy));
        AnalysisContext context =
                new AnalysisContext(new Examples(files), ChangeSet.withoutBase(null), false, Progress.NONE);
        PolicySession session = new PolicySession(context, readers, false, List.of(only));
        Outcome outcome = new Outcome(new ArrayList<>(), new ArrayList<>());
        new TreeMap<>(files).forEach((name, text) -> {
            if (session.wants(name)) {
                session.visit(new SourceFile(name, text.getBytes(StandardCharsets.UTF_8)), outcome);
            }
        });
        session.finish(outcome);
        return outcome;
    }

    /** An example's files as a tree, for readers that look at other files than the one they are given. */
    private record Examples(Map<String, String> files) implements SourceTree {
        @Override
        public void walk(Consumer<Entry> entries) {
            new TreeMap<>(files).forEach((name, text) -> entries.accept(
                    new Entry(name, text.getBytes(StandardCharsets.UTF_8).length)));
        }

        @Override
        public Optional<byte[]> read(String path) {
            return Optional.ofNullable(files.get(path)).map(text -> text.getBytes(StandardCharsets.UTF_8));
        }
    }
}

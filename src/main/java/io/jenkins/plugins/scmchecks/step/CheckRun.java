package io.jenkins.plugins.scmchecks.step;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.Node;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.scmchecks.config.ScmChecksGlobalConfiguration;
import io.jenkins.plugins.scmchecks.engine.publish.CheckReport;
import io.jenkins.plugins.scmchecks.engine.publish.Publication.Conclusion;
import io.jenkins.plugins.scmchecks.engine.scm.PullRequest;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException;
import io.jenkins.plugins.scmchecks.outbox.Outbox;
import io.jenkins.plugins.scmchecks.outbox.OwedAnswer;
import io.jenkins.plugins.scmchecks.page.ReportAction;
import io.jenkins.plugins.scmchecks.page.ReportCodec;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import jenkins.model.Jenkins;

/**
 * One check in one build: find what the build is about, say that it runs, analyse on the agent, keep the report, answer
 * the provider. Done again after a restart it does no harm, since answering is a reconciliation.
 */
final class CheckRun {

    private final ScmCheckStep options;
    private final Run<?, ?> run;
    private final FilePath workspace;
    private final EnvVars environment;
    private final TaskListener listener;
    private final PrintStream log;
    private final List<String> notTold = new ArrayList<>();
    private boolean worthAnotherTry;

    CheckRun(ScmCheckStep options, Run<?, ?> run, FilePath workspace, EnvVars environment, TaskListener listener) {
        this.options = options;
        this.run = run;
        this.workspace = workspace;
        this.environment = environment;
        this.listener = listener;
        this.log = listener.getLogger();
    }

    /**
     * @return what came of it; a gate that failed is no exception
     * @throws AbortException when an option cannot be used, or publishing failed and was asked to count
     * @throws IOException when the workspace cannot be analysed
     */
    ScmCheckResult perform() throws IOException, InterruptedException {
        StepGate gate;
        CheckSubject subject;
        WorkspaceFacts facts = workspace.act(new WorkspaceFacts.Read(agentRoot()));
        try {
            gate = new StepGate(options.getFailOn(), options.getScope(), options.isFailOnErrors());
            subject = CheckSubject.find(
                    options, run, environment, facts, ScmChecksGlobalConfiguration.get().getIntegrations());
        } catch (IllegalArgumentException e) {
            throw new AbortException("scmCheck: " + e.getMessage());
        }
        Answer answer = open(subject, facts);
        try {
            CheckReport report = analyse(gate, subject, answer);
            new FindingTable(report).lines().forEach(line -> log.println("[scmCheck] " + line));
            if (answer == null && worthAnotherTry) {
                answer = open(subject, facts);
            }
            if (answer != null) {
                answer.report(report);
            }
            ReportAction.of(run)
                    .add(report, answer == null ? new ReportAction.Published(null, notTold) : answer.published());
            settle(answer);
            return new ScmCheckResult(report, answer != null && answer.problems().isEmpty());
        } finally {
            if (answer != null) {
                answer.close();
            }
        }
    }

    private Answer open(CheckSubject subject, WorkspaceFacts facts) {
        if (!options.isPublish()) {
            return null;
        }
        if (subject.missing() != null) {
            notTold(subject.missing());
            return null;
        }
        try {
            Answer answer = Answer.open(subject, run, log);
            PullRequest pullRequest = answer.pullRequest();
            String expected = subject.headSha() == null && pullRequest != null ? pullRequest.headSha() : subject.headSha();
            String commit = facts.reported(expected);
            if (commit == null) {
                answer.close();
                notTold("nothing tells which commit this is: check it out with git");
                return null;
            }
            if (expected != null && !commit.equals(expected)) {
                log.println("[scmCheck] The build is about " + expected + ", and " + commit + " is checked out: the answer"
                        + " is for that one");
            }
            answer.about(commit);
            log.println("[scmCheck] Checking " + subject.repository()
                    + (pullRequest == null ? "" : ", pull request #" + pullRequest.number()) + ", commit " + commit);
            return answer;
        } catch (ScmException e) {
            // What is down for a moment may be up when the analysis has ended; the second time it is as it is.
            worthAnotherTry = e.isTransient() && !worthAnotherTry;
            String commit = e.isTransient() ? facts.reported(subject.headSha()) : null;
            OwedAnswer owed = commit == null ? null : subject.owed(commit, options.getName(), run, detailsUrl());
            if (worthAnotherTry) {
                log.println("[scmCheck] The provider cannot be told yet: " + FindingTable.plain(e.getMessage()));
                if (owed != null) {
                    Outbox.get().begin(owed);
                }
            } else {
                boolean kept = owed != null && Outbox.get().later(owed, Instant.now(), e.retryAfter());
                notTold(e.getMessage() + (kept ? "; " + Outbox.TRIED_AGAIN : ""));
            }
            return null;
        }
    }

    private CheckReport analyse(StepGate gate, CheckSubject subject, Answer answer)
            throws IOException, InterruptedException {
        AgentAnalysis.Order order = order(gate, subject, answer == null ? null : answer.pullRequest());
        try {
            if (answer != null) {
                answer.running(options.getName(), detailsUrl());
            }
            return ReportCodec.read(workspace.act(new AgentAnalysis(order, listener)));
        } catch (InterruptedException e) {
            if (answer != null) {
                answer.aborted(options.getName(), Conclusion.CANCELLED, "The build was stopped.", detailsUrl());
            }
            throw e;
        } catch (IOException | RuntimeException e) {
            String reason = Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
            if (answer != null) {
                answer.aborted(options.getName(), Conclusion.ERROR, reason, detailsUrl());
            }
            throw e;
        }
    }

    private AgentAnalysis.Order order(StepGate gate, CheckSubject subject, PullRequest pullRequest) {
        // A pull request that the provider could not be asked about may come from a fork.
        boolean unknown = subject.pullRequest() != 0 && pullRequest == null && !subject.originKnown();
        boolean trusted = !subject.fork() && !unknown && (pullRequest == null || !pullRequest.fork());
        String target = pullRequest == null ? subject.targetBranch() : pullRequest.targetBranch();
        List<String> bases = options.getBase() != null
                ? List.of(options.getBase())
                : Stream.of(
                                target == null ? null : "refs/remotes/origin/" + target,
                                pullRequest == null ? null : pullRequest.baseSha(),
                                subject.before())
                        .filter(Objects::nonNull)
                        .toList();
        return new AgentAnalysis.Order(
                options.getName(),
                options.getAnalyzers() == null ? null : words(options.getAnalyzers()),
                words(options.getReports()),
                words(options.getTools()),
                gate,
                bases,
                options.getBase() != null || target != null,
                trusted,
                detailsUrl(),
                agentRoot());
    }

    private void settle(Answer answer) throws AbortException {
        if (answer != null && !answer.problems().isEmpty()) {
            notTold(String.join("; ", answer.problems()));
        }
        if (options.isFailOnPublishError() && !notTold.isEmpty()) {
            throw new AbortException("scmCheck: publishing failed: " + FindingTable.plain(String.join("; ", notTold)));
        }
    }

    private void notTold(String reason) {
        log.println("[scmCheck] Not published: " + FindingTable.plain(reason));
        notTold.add(reason);
    }

    private String detailsUrl() {
        return Jenkins.get().getRootUrl() == null ? null : run.getAbsoluteUrl() + ReportAction.URL + "/";
    }

    private String agentRoot() {
        Computer computer = workspace.toComputer();
        Node node = computer == null ? null : computer.getNode();
        FilePath root = node == null ? null : node.getRootPath();
        return root == null ? null : root.getRemote();
    }

    private static List<String> words(String text) {
        return text == null
                ? List.of()
                : Arrays.stream(text.split("[,\\n]"))
                        .map(String::strip)
                        .filter(w -> !w.isEmpty())
                        .toList();
    }
}

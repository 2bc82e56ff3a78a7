package io.jenkins.plugins.scmchecks.step;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import java.io.IOException;
import java.io.Serial;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.springframework.security.core.Authentication;

/**
 * Runs a check in a pipeline, off the pipeline's own thread. After a restart of the controller the check is done again
 * from its beginning.
 */
final class ScmCheckExecution extends StepExecution {

    @Serial
    private static final long serialVersionUID = 1L;

    /** How long an agent may take to come back after a restart. */
    private static final long AGENT_WAIT = TimeUnit.MINUTES.toNanos(15);

    private final ScmCheckStep step;
    private transient volatile Future<?> task;
    private transient volatile boolean stopped;

    ScmCheckExecution(StepContext context, ScmCheckStep step) {
        super(context);
        this.step = step;
    }

    @Override
    public boolean start() throws Exception {
        begin();
        return false;
    }

    @Override
    public void onResume() {
        try {
            getContext()
                    .get(TaskListener.class)
                    .getLogger()
                    .println("[scmCheck] Jenkins was restarted in the middle: the check is done again");
            begin();
        } catch (IOException | InterruptedException e) {
            getContext().onFailure(e);
        }
    }

    @Override
    public void stop(Throwable cause) throws Exception {
        stopped = true;
        Future<?> running = task;
        if (running != null) {
            running.cancel(true);
        }
        super.stop(cause);
    }

    /** The build's own user is asked of the build, not of the thread: a resumed one has nobody's. */
    private void begin() throws IOException, InterruptedException {
        Authentication user = getContext().get(FlowExecution.class).getAuthentication2();
        task = Computer.threadPoolForRemoting.submit(() -> {
            try (ACLContext ignored = ACL.as2(user)) {
                ScmCheckResult result = check();
                if (!stopped) {
                    end(result);
                }
            } catch (Throwable e) {
                // A step that was stopped has ended already.
                if (!stopped) {
                    getContext().onFailure(e);
                }
            }
        });
    }

    private ScmCheckResult check() throws IOException, InterruptedException {
        FilePath workspace = workspace();
        StepContext context = getContext();
        return new CheckRun(
                        step,
                        context.get(Run.class),
                        workspace,
                        context.get(EnvVars.class),
                        context.get(TaskListener.class))
                .perform();
    }

    private void end(ScmCheckResult result) throws IOException, InterruptedException {
        if (result.isPassed()) {
            getContext().onSuccess(result);
            return;
        }
        String message = "SCM Checks: the gate failed: " + FindingTable.plain(String.join("; ", result.getReasons()));
        if (!step.isUnstable()) {
            getContext().onFailure(new AbortException(message));
            return;
        }
        getContext().get(TaskListener.class).getLogger().println("[scmCheck] " + message);
        getContext()
                .get(FlowNode.class)
                .addOrReplaceAction(new WarningAction(Result.UNSTABLE).withMessage(message));
        getContext().get(Run.class).setResult(Result.UNSTABLE);
        getContext().onSuccess(result);
    }

    /** After a restart the agent is not there yet. */
    private FilePath workspace() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + AGENT_WAIT;
        while (true) {
            FilePath workspace = getContext().get(FilePath.class);
            if (workspace != null) {
                return workspace;
            }
            if (System.nanoTime() > deadline) {
                throw new AbortException("scmCheck: the agent did not come back");
            }
            TimeUnit.MILLISECONDS.sleep(500);
        }
    }
}

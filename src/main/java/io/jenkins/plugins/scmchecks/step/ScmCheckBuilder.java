package io.jenkins.plugins.scmchecks.step;

import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.AbstractProject;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import java.io.IOException;
import jenkins.tasks.SimpleBuildStep;
import org.kohsuke.stapler.DataBoundConstructor;

/** The same as {@link ScmCheckStep}, for freestyle jobs. */
public final class ScmCheckBuilder extends Builder implements SimpleBuildStep {

    private final ScmCheckStep options;

    @DataBoundConstructor
    public ScmCheckBuilder(ScmCheckStep options) {
        this.options = options == null ? new ScmCheckStep() : options;
    }

    public ScmCheckStep getOptions() {
        return options;
    }

    @Override
    public void perform(Run<?, ?> run, FilePath workspace, EnvVars env, Launcher launcher, TaskListener listener)
            throws InterruptedException, IOException {
        ScmCheckResult result = new CheckRun(options, run, workspace, env, listener).perform();
        if (!result.isPassed()) {
            run.setResult(options.isUnstable() ? Result.UNSTABLE : Result.FAILURE);
        }
    }

    @Extension
    public static final class DescriptorImpl extends BuildStepDescriptor<Builder> {

        @Override
        public String getDisplayName() {
            return "Check the workspace and answer at the source-code manager (SCM Checks)";
        }

        @Override
        public boolean isApplicable(Class<? extends AbstractProject> type) {
            return true;
        }
    }
}

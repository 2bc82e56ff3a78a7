package io.jenkins.plugins.scmchecks.step;

import hudson.Extension;
import hudson.FilePath;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.scmchecks.config.ScmChecksGlobalConfiguration;
import io.jenkins.plugins.scmchecks.config.ScmIntegration;
import io.jenkins.plugins.scmchecks.engine.Configuration;
import io.jenkins.plugins.scmchecks.engine.finding.Severity;
import java.io.Serial;
import java.io.Serializable;
import java.util.Set;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code scmCheck}: analyses the workspace and answers at the provider. Its options are the freestyle step's as well. */
public final class ScmCheckStep extends Step implements Serializable {

    @Serial
    private static final long serialVersionUID = 1L;

    private String name;
    private String integration;
    private String repository;
    private long pullRequest;
    private String base;
    private String analyzers;
    private String reports;
    private String tools;
    private String failOn;
    private String scope;
    private boolean failOnErrors = true;
    private boolean publish = true;
    private boolean failOnPublishError;
    private boolean unstable;

    @DataBoundConstructor
    public ScmCheckStep() {
        // All options are setters.
    }

    /** {@return the check's name at the provider; several checks of one commit need different ones} */
    public String getName() {
        return name == null ? Configuration.DEFAULT_NAME : name;
    }

    @DataBoundSetter
    public void setName(String name) {
        String text = Util.fixEmptyAndTrim(name);
        this.name = Configuration.DEFAULT_NAME.equals(text) ? null : text;
    }

    /** {@return the integration's name, or null to find it by what the build is about} */
    public String getIntegration() {
        return integration;
    }

    @DataBoundSetter
    public void setIntegration(String integration) {
        this.integration = Util.fixEmptyAndTrim(integration);
    }

    /** {@return the repository's path, or null to find it by what the build is about} */
    public String getRepository() {
        return repository;
    }

    @DataBoundSetter
    public void setRepository(String repository) {
        this.repository = Util.fixEmptyAndTrim(repository);
    }

    /** {@return the pull request's number, or 0 to find it by what the build is about} */
    public long getPullRequest() {
        return pullRequest;
    }

    @DataBoundSetter
    public void setPullRequest(long pullRequest) {
        this.pullRequest = pullRequest;
    }

    /** {@return a branch or commit to compare with, or null for the pull request's target} */
    public String getBase() {
        return base;
    }

    @DataBoundSetter
    public void setBase(String base) {
        this.base = Util.fixEmptyAndTrim(base);
    }

    /** {@return names of analyzers, separated by commas; null for the built-in ones} */
    public String getAnalyzers() {
        return analyzers;
    }

    @DataBoundSetter
    public void setAnalyzers(String analyzers) {
        this.analyzers = Util.fixEmptyAndTrim(analyzers);
    }

    /** {@return patterns of report files in the workspace, separated by commas or lines; null for none} */
    public String getReports() {
        return reports;
    }

    @DataBoundSetter
    public void setReports(String reports) {
        this.reports = Util.fixEmptyAndTrim(reports);
    }

    /** {@return tools that are installed on the agent, to run, separated by commas or lines; null for none} */
    public String getTools() {
        return tools;
    }

    @DataBoundSetter
    public void setTools(String tools) {
        this.tools = Util.fixEmptyAndTrim(tools);
    }

    /** {@return the least severity that fails, or {@code never}; null for what the repository's own file says} */
    public String getFailOn() {
        return failOn;
    }

    @DataBoundSetter
    public void setFailOn(String failOn) {
        this.failOn = Util.fixEmptyAndTrim(failOn);
    }

    /** {@return {@code new} or {@code all}; null for what the repository's own file says} */
    public String getScope() {
        return scope;
    }

    @DataBoundSetter
    public void setScope(String scope) {
        this.scope = Util.fixEmptyAndTrim(scope);
    }

    public boolean isFailOnErrors() {
        return failOnErrors;
    }

    @DataBoundSetter
    public void setFailOnErrors(boolean failOnErrors) {
        this.failOnErrors = failOnErrors;
    }

    public boolean isPublish() {
        return publish;
    }

    @DataBoundSetter
    public void setPublish(boolean publish) {
        this.publish = publish;
    }

    public boolean isFailOnPublishError() {
        return failOnPublishError;
    }

    @DataBoundSetter
    public void setFailOnPublishError(boolean failOnPublishError) {
        this.failOnPublishError = failOnPublishError;
    }

    /** {@return whether a failed gate makes the build unstable instead of failed} */
    public boolean isUnstable() {
        return unstable;
    }

    @DataBoundSetter
    public void setUnstable(boolean unstable) {
        this.unstable = unstable;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new ScmCheckExecution(context, this);
    }

    @Extension
    public static final class DescriptorImpl extends StepDescriptor {

        private static final String AS_IN_FILE = "(as " + Configuration.FILE + " says, or the default)";

        @Override
        public String getFunctionName() {
            return "scmCheck";
        }

        @Override
        public String getDisplayName() {
            return "Check the workspace and answer at the source-code manager";
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, FlowNode.class, FilePath.class, TaskListener.class);
        }

        public String getDefaultName() {
            return Configuration.DEFAULT_NAME;
        }

        @POST
        public ListBoxModel doFillFailOnItems() {
            ListBoxModel items = new ListBoxModel(new ListBoxModel.Option(AS_IN_FILE, ""));
            for (Severity severity : Severity.values()) {
                items.add(severity.label() + (severity == Severity.CRITICAL ? "" : " or worse"), severity.label());
            }
            items.add("never", StepGate.NEVER);
            return items;
        }

        @POST
        public ListBoxModel doFillScopeItems() {
            return new ListBoxModel(
                    new ListBoxModel.Option(AS_IN_FILE, ""),
                    new ListBoxModel.Option("new findings", "new"),
                    new ListBoxModel.Option("all findings", "all"));
        }

        @POST
        public ListBoxModel doFillIntegrationItems(@AncestorInPath Item item, @QueryParameter String integration) {
            ListBoxModel items = new ListBoxModel(new ListBoxModel.Option("(found by what the build is about)", ""));
            if (item == null
                    ? Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                    : item.hasPermission(Item.CONFIGURE)) {
                for (ScmIntegration each : ScmChecksGlobalConfiguration.get().getIntegrations()) {
                    items.add(each.getName());
                }
            }
            String current = Util.fixNull(integration);
            if (items.stream().noneMatch(o -> o.value.equals(current))) {
                items.add(current);
            }
            return items;
        }

        /** Knows nothing that is not in the question, so anybody may ask. */
        @POST
        public FormValidation doCheckPullRequest(@QueryParameter String value) {
            return Util.fixNull(value).matches("\\s*\\d{0,18}\\s*")
                    ? FormValidation.ok()
                    : FormValidation.error("Enter the pull request's number, or nothing.");
        }
    }
}

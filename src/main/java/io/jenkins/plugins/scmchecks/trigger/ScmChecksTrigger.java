package io.jenkins.plugins.scmchecks.trigger;

import hudson.Extension;
import hudson.Util;
import hudson.init.InitMilestone;
import hudson.model.Item;
import hudson.model.Job;
import hudson.triggers.Trigger;
import hudson.triggers.TriggerDescriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.scmchecks.config.ScmChecksGlobalConfiguration;
import io.jenkins.plugins.scmchecks.config.ScmIntegration;
import io.jenkins.plugins.scmchecks.config.WebhookRegistration;
import io.jenkins.plugins.scmchecks.engine.scm.RepositoryPath;
import io.jenkins.plugins.scmchecks.engine.webhook.ScmEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import jenkins.model.Jenkins;
import jenkins.model.ParameterizedJobMixIn;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Builds a job when something happens in a repository of an integration. */
public final class ScmChecksTrigger extends Trigger<Job<?, ?>> {

    /** What people expect when they say nothing: whatever brings commits to look at, and "re-run". */
    static final Set<ScmEvent.Type> DEFAULT_EVENTS = Collections.unmodifiableSet(EnumSet.of(
            ScmEvent.Type.PUSH,
            ScmEvent.Type.PULL_REQUEST_OPENED,
            ScmEvent.Type.PULL_REQUEST_UPDATED,
            ScmEvent.Type.PULL_REQUEST_RETARGETED,
            ScmEvent.Type.RERUN_REQUESTED));

    private final String integration;
    private final String repository;
    private String branches;
    private List<ScmEvent.Type> events;
    private transient volatile BranchPatterns patterns;

    /**
     * @param integration its name
     * @param repository one, or several separated by white space: {@code owner/name}
     */
    @DataBoundConstructor
    public ScmChecksTrigger(String integration, String repository) {
        this.integration = Util.fixNull(integration).strip();
        this.repository = Util.fixNull(repository).strip();
    }

    public String getIntegration() {
        return integration;
    }

    public String getRepository() {
        return repository;
    }

    /** {@return the branches that are pushed to, or that pull requests want to be merged into; null for all} */
    public String getBranches() {
        return branches;
    }

    @DataBoundSetter
    public void setBranches(String branches) {
        this.branches = Util.fixEmptyAndTrim(branches);
        this.patterns = null;
    }

    public List<ScmEvent.Type> getEvents() {
        return events == null ? List.copyOf(DEFAULT_EVENTS) : Collections.unmodifiableList(events);
    }

    @DataBoundSetter
    public void setEvents(List<ScmEvent.Type> events) {
        boolean none = events == null || events.isEmpty() || EnumSet.copyOf(events).equals(DEFAULT_EVENTS);
        this.events = none ? null : new ArrayList<>(events);
    }

    /** {@return the repositories; what is not one is left out, since the form has said so} */
    Set<RepositoryPath> repositories() {
        Set<RepositoryPath> paths = new LinkedHashSet<>();
        for (String text : repository.split("[\\s,]+")) {
            try {
                paths.add(new RepositoryPath(text));
            } catch (IllegalArgumentException e) {
                continue;
            }
        }
        return paths;
    }

    boolean accepts(ScmEvent.Type type, String branch) {
        BranchPatterns current = patterns;
        if (current == null) {
            current = new BranchPatterns(branches);
            patterns = current;
        }
        return getEvents().contains(type) && current.matches(branch);
    }

    Job<?, ?> job() {
        return job;
    }

    /** Jenkins does not stop triggers of jobs that it reloads or replaces: only what the living job has is real. */
    boolean isCurrent() {
        Job<?, ?> mine = job;
        return mine instanceof ParameterizedJobMixIn.ParameterizedJob<?, ?> parameterized
                && parameterized.getTriggers().containsValue(this)
                && Jenkins.get().getItemByFullName(mine.getFullName()) == mine;
    }

    @Override
    public void start(Job<?, ?> project, boolean newInstance) {
        super.start(project, newInstance);
        TriggerIndex.get().add(this);
        // A pipeline that sets its own triggers does not call them new. Jenkins' start, which loads all, is left out.
        if (newInstance || Jenkins.get().getInitLevel() == InitMilestone.COMPLETED) {
            WebhookRegistration.get().listen(integration, repositories());
        }
    }

    @Override
    public void stop() {
        TriggerIndex.get().remove(this);
        WebhookRegistration.get().unlisten(integration, repositories());
        super.stop();
    }

    @Extension
    @Symbol("scmChecks")
    public static final class DescriptorImpl extends TriggerDescriptor {

        @Override
        public String getDisplayName() {
            return "Build on events of an SCM integration";
        }

        @Override
        public boolean isApplicable(Item item) {
            return item instanceof Job && item instanceof ParameterizedJobMixIn.ParameterizedJob;
        }

        /** {@return the events that a person can choose, for the form} */
        public List<ScmEvent.Type> getChoices() {
            return Arrays.stream(ScmEvent.Type.values())
                    .filter(t -> t != ScmEvent.Type.PING && t != ScmEvent.Type.INSTALLATION_CHANGED)
                    .toList();
        }

        public List<ScmEvent.Type> getDefaultEvents() {
            return List.copyOf(DEFAULT_EVENTS);
        }

        public String label(ScmEvent.Type type) {
            String words = type.name().toLowerCase(Locale.ROOT).replace('_', ' ');
            return Character.toUpperCase(words.charAt(0)) + words.substring(1);
        }

        @POST
        public ListBoxModel doFillIntegrationItems(@AncestorInPath Item item, @QueryParameter String integration) {
            ListBoxModel items = new ListBoxModel();
            if (mayConfigure(item)) {
                for (ScmIntegration each : ScmChecksGlobalConfiguration.get().getIntegrations()) {
                    items.add(each.getName());
                }
            }
            String current = Util.fixNull(integration);
            if (!current.isEmpty() && items.stream().noneMatch(o -> o.value.equals(current))) {
                items.add(current);
            }
            return items;
        }

        @POST
        public FormValidation doCheckRepository(@AncestorInPath Item item, @QueryParameter String value) {
            if (!mayConfigure(item)) {
                return FormValidation.ok();
            }
            for (String text : Util.fixNull(value).strip().split("[\\s,]+")) {
                try {
                    new RepositoryPath(text);
                } catch (IllegalArgumentException e) {
                    return FormValidation.error(e.getMessage());
                }
            }
            return FormValidation.ok();
        }

        private static boolean mayConfigure(Item item) {
            return item == null
                    ? Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                    : item.hasPermission(Item.CONFIGURE);
        }
    }
}

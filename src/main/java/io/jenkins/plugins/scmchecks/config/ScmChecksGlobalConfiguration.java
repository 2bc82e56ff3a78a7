package io.jenkins.plugins.scmchecks.config;

import hudson.Extension;
import hudson.ExtensionList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import jenkins.model.GlobalConfiguration;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/** The integrations of this Jenkins: Manage Jenkins › System › SCM integrations. */
@Extension
@Symbol("scmChecks")
public final class ScmChecksGlobalConfiguration extends GlobalConfiguration {

    private volatile List<ScmIntegration> integrations = new ArrayList<>();
    private volatile boolean allowLinkLocalAddresses;

    public ScmChecksGlobalConfiguration() {
        load();
    }

    public static ScmChecksGlobalConfiguration get() {
        return ExtensionList.lookupSingleton(ScmChecksGlobalConfiguration.class);
    }

    @Override
    public String getDisplayName() {
        return "SCM integrations";
    }

    public List<ScmIntegration> getIntegrations() {
        return Collections.unmodifiableList(integrations);
    }

    /** @throws IllegalArgumentException when two have the same name, or one's name or address cannot be used */
    @DataBoundSetter
    public void setIntegrations(List<ScmIntegration> integrations) {
        List<ScmIntegration> list = integrations == null ? new ArrayList<>() : new ArrayList<>(integrations);
        Set<String> names = new HashSet<>();
        for (ScmIntegration integration : list) {
            String name = integration.getName();
            if (!ScmIntegrationDescriptor.NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("'" + name
                        + "' is not a name for an integration: use letters, digits, '.', '_' and '-', 64 at most");
            }
            if (!names.add(name.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("two integrations have the name '" + name + "'");
            }
            try {
                integration.check();
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("integration '" + name + "': " + e.getMessage(), e);
            }
        }
        this.integrations = list;
        save();
    }

    public boolean isAllowLinkLocalAddresses() {
        return allowLinkLocalAddresses;
    }

    @DataBoundSetter
    public void setAllowLinkLocalAddresses(boolean allow) {
        this.allowLinkLocalAddresses = allow;
        save();
    }

    /** {@return the integration of that very name} */
    public Optional<ScmIntegration> integration(String name) {
        return integrations.stream().filter(i -> i.getName().equals(name)).findFirst();
    }

    @Override
    public boolean configure(StaplerRequest2 request, JSONObject form) throws FormException {
        try {
            setAllowLinkLocalAddresses(form.optBoolean("allowLinkLocalAddresses"));
            // An empty list of the form is no entry at all.
            setIntegrations(request.bindJSONToList(ScmIntegration.class, form.get("integrations")));
            return true;
        } catch (IllegalArgumentException e) {
            throw new FormException(e.getMessage(), e, "integrations");
        }
    }
}

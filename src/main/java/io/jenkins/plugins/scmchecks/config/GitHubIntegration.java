package io.jenkins.plugins.scmchecks.config;

import hudson.Extension;
import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.scmchecks.engine.scm.ProviderKind;
import io.jenkins.plugins.scmchecks.engine.scm.RepositoryPath;
import java.net.URI;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** GitHub, or GitHub Enterprise Server. */
public final class GitHubIntegration extends ScmIntegration {

    static final String GITHUB_COM = "https://api.github.com";

    @DataBoundConstructor
    public GitHubIntegration(String name, String apiUrl) {
        super(name, Util.fixEmptyAndTrim(apiUrl) == null ? GITHUB_COM : apiUrl);
    }

    @Override
    public ProviderKind kind() {
        return ProviderKind.GITHUB;
    }

    @Override
    public boolean servesHost(String host) {
        URI web = web();
        // A clone over ssh has another port than the API, or none.
        return web.getHost().equalsIgnoreCase(host) || web.getRawAuthority().equalsIgnoreCase(host);
    }

    @Override
    public String cloneUrl(RepositoryPath repository) {
        return web() + "/" + repository + ".git";
    }

    @Override
    public String commitUrl(RepositoryPath repository, String sha) {
        return web() + "/" + repository + "/commit/" + sha;
    }

    @Override
    public String pullRequestRef(long number) {
        return "refs/pull/" + number + "/head";
    }

    private URI web() {
        URI api = ApiAddress.parse(getApiUrl());
        return GITHUB_COM.equalsIgnoreCase(api.toString())
                ? URI.create("https://github.com")
                : URI.create(api.getScheme() + "://" + api.getRawAuthority());
    }

    @Extension
    @Symbol("gitHub")
    public static final class DescriptorImpl extends ScmIntegrationDescriptor {

        @Override
        public String getDisplayName() {
            return "GitHub";
        }

        public String getDefaultApiUrl() {
            return GITHUB_COM;
        }

        @POST
        public FormValidation doTestConnection(
                @QueryParameter String name,
                @QueryParameter String apiUrl,
                @QueryParameter String organization,
                @QueryParameter String credentialsId) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            GitHubIntegration candidate = new GitHubIntegration(name, apiUrl);
            candidate.setOrganization(organization);
            candidate.setCredentialsId(credentialsId);
            return test(candidate);
        }
    }
}

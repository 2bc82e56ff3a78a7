package io.jenkins.plugins.scmchecks;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.util.Secret;
import io.jenkins.plugins.scmchecks.config.GitHubAppKey;
import io.jenkins.plugins.scmchecks.config.GitHubIntegration;
import io.jenkins.plugins.scmchecks.config.ScmChecksGlobalConfiguration;
import io.jenkins.plugins.scmchecks.forge.Forge;
import io.jenkins.plugins.scmchecks.forge.github.GitHubApp;
import io.jenkins.plugins.scmchecks.forge.github.Installation;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.PullRequest;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;

/** A forge with one repository and an App on it, and Jenkins connected to it as the integration "acme". */
public final class ForgeFixture implements AutoCloseable {

    /** Stands in no file, log or answer of Jenkins when all is well. */
    public static final String WEBHOOK_SECRET = "canary-webhook-secret";

    /** What every check of ours finds: a report's finding of high severity on a line. */
    public static final String REPORT = "report.sarif";

    public final Forge forge = Forge.start();
    public final Account acme = forge.organization("acme");
    public final Account alice = forge.user("alice");
    public final Repo shop;
    public final GitHubApp app;
    public final Installation installation;

    public ForgeFixture() {
        acme.member(alice, Account.Role.WRITE);
        shop = forge.repository(acme, "shop");
        shop.commit("main", "Start", Map.of("a.txt", "one\ntwo\nthree\n", REPORT, sarif()));
        app = forge.github()
                .createApp(
                        acme,
                        "scm-checks",
                        Map.of("checks", "write", "pull_requests", "write", "issues", "write", "statuses", "write",
                                "contents", "write", "metadata", "read"),
                        Set.of("push", "pull_request", "check_run", "check_suite", "create", "delete", "repository"));
        installation = app.install(acme);
    }

    /** Opens a pull request that brings a finding on a changed line. */
    public PullRequest openPullRequest() {
        shop.commit("feature", "More", Map.of("a.txt", "one\nTWO\nthree\n", REPORT, sarif(2)));
        return shop.openPullRequest("Change two", "feature", "main", alice);
    }

    /** Connects Jenkins, as an administrator would, and the forge's webhooks to it. */
    public GitHubIntegration connect(Jenkins jenkins) throws IOException {
        add(jenkins, new GitHubAppKey(
                CredentialsScope.SYSTEM, "app", null, Long.toString(app.id()), Secret.fromString(app.privateKeyPkcs1())));
        add(jenkins, new StringCredentialsImpl(
                CredentialsScope.SYSTEM, "hook", null, Secret.fromString(WEBHOOK_SECRET)));
        GitHubIntegration integration = new GitHubIntegration("acme", forge.apiUrl());
        integration.setOrganization("acme");
        integration.setCredentialsId("app");
        integration.setWebhookSecretId("hook");
        ScmChecksGlobalConfiguration.get().setIntegrations(List.of(integration));
        app.webhook(URI.create(integration.getWebhookAddress()), WEBHOOK_SECRET);
        return integration;
    }

    public static void add(Jenkins jenkins, StandardCredentials credentials) throws IOException {
        CredentialsStore store = CredentialsProvider.lookupStores(jenkins).iterator().next();
        store.addCredentials(Domain.global(), credentials);
    }

    /** {@return a report with a finding on each of these lines of {@code a.txt}} */
    public static String sarif(int... lines) {
        StringBuilder results = new StringBuilder();
        for (int line : lines) {
            results.append(results.isEmpty() ? "" : ",").append("""
                    {"ruleId": "no-shouting", "level": "error", "message": {"text": "Line %d shouts"},
                     "locations": [{"physicalLocation": {"artifactLocation": {"uri": "a.txt"},
                                    "region": {"startLine": %d}}}]}""".formatted(line, line));
        }
        return """
                {"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "Linter", "rules": [
                   {"id": "no-shouting", "shortDescription": {"text": "Do not shout"}}]}}, "results": [%s]}]}
                """.formatted(results);
    }

    @Override
    public void close() {
        forge.close();
    }
}

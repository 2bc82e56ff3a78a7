package io.jenkins.plugins.scmchecks.config;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.ProxyConfiguration;
import io.jenkins.plugins.okhttp.api.JenkinsOkHttpClient;
import io.jenkins.plugins.scmchecks.engine.scm.Http;
import io.jenkins.plugins.scmchecks.engine.scm.Providers;
import java.time.Clock;
import java.util.Objects;
import jenkins.model.Jenkins;
import okhttp3.OkHttpClient;

/**
 * The providers of all integrations: one pool of connections, Jenkins' proxy as it is set now, Jenkins' trust store.
 * They are kept, since a provider knows the access tokens and public keys that it has fetched.
 */
@Extension
public final class SharedProviders {

    private final OkHttpClient pool = new OkHttpClient();
    private Surroundings surroundings;
    private Providers providers;

    private record Surroundings(ProxyConfiguration proxy, boolean linkLocal) {}

    static Providers get() {
        return ExtensionList.lookupSingleton(SharedProviders.class).current();
    }

    private synchronized Providers current() {
        Surroundings now = new Surroundings(
                Jenkins.get().getProxy(), ScmChecksGlobalConfiguration.get().isAllowLinkLocalAddresses());
        if (!Objects.equals(surroundings, now)) {
            OkHttpClient http = Http.client(JenkinsOkHttpClient.newClientBuilder(pool), now.linkLocal());
            providers = new Providers(http, Clock.systemUTC(), RefreshTokens.get());
            surroundings = now;
        }
        return providers;
    }
}

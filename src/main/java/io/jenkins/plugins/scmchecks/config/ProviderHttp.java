package io.jenkins.plugins.scmchecks.config;

import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.okhttp.api.JenkinsOkHttpClient;
import io.jenkins.plugins.scmchecks.engine.scm.Http;
import okhttp3.OkHttpClient;

/** The HTTP client of all integrations: one pool of connections, Jenkins' proxy as it is set now, Jenkins' trust store. */
@Extension
public final class ProviderHttp {

    private final OkHttpClient pool = new OkHttpClient();

    static OkHttpClient client() {
        OkHttpClient pool = ExtensionList.lookupSingleton(ProviderHttp.class).pool;
        return Http.client(
                JenkinsOkHttpClient.newClientBuilder(pool),
                ScmChecksGlobalConfiguration.get().isAllowLinkLocalAddresses());
    }
}

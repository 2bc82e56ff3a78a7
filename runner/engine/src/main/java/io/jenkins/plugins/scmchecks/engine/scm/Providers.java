package io.jenkins.plugins.scmchecks.engine.scm;

import io.jenkins.plugins.scmchecks.engine.scm.azure.AzureProvider;
import io.jenkins.plugins.scmchecks.engine.scm.bitbucket.CloudProvider;
import io.jenkins.plugins.scmchecks.engine.scm.gitea.GiteaProvider;
import io.jenkins.plugins.scmchecks.engine.scm.bitbucket.DataCenterProvider;
import io.jenkins.plugins.scmchecks.engine.scm.github.GitHubProvider;
import io.jenkins.plugins.scmchecks.engine.scm.gitlab.GitLabProvider;
import io.jenkins.plugins.scmchecks.engine.scm.google.GoogleProvider;
import java.time.Clock;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import okhttp3.OkHttpClient;

/** Every provider there is. */
public final class Providers {

    private final Map<ProviderKind, ScmProvider> byKind = new EnumMap<>(ProviderKind.class);

    /** With a client of {@link Http#client()}. */
    public Providers() {
        this(Http.client(), Clock.systemUTC());
    }

    /**
     * @param http that all providers share, from {@link Http}
     * @param clock to turn a rate limit's end into a duration
     */
    public Providers(OkHttpClient http, Clock clock) {
        this(http, clock, CredentialRenewal.NONE);
    }

    /**
     * @param http that all providers share, from {@link Http}
     * @param clock to turn a rate limit's end into a duration
     * @param renewal stores refresh tokens that a provider has replaced
     */
    public Providers(OkHttpClient http, Clock clock, CredentialRenewal renewal) {
        add(new GitHubProvider(http, clock));
        add(new GitLabProvider(http, clock, renewal));
        add(new CloudProvider(http, clock));
        add(new DataCenterProvider(http, clock));
        add(new AzureProvider(http, clock));
        add(new GoogleProvider(http, clock));
        add(new GiteaProvider(http, clock));
    }

    private void add(ScmProvider provider) {
        byKind.put(provider.kind(), provider);
    }

    /**
     * @throws IllegalArgumentException when this version has no such provider
     */
    public ScmProvider of(ProviderKind kind) {
        ScmProvider provider = byKind.get(kind);
        if (provider == null) {
            throw new IllegalArgumentException(kind.displayName() + " is not supported; use one of "
                    + byKind.keySet().stream().map(ProviderKind::id).toList());
        }
        return provider;
    }

    public Collection<ScmProvider> all() {
        return byKind.values();
    }

    /** Opens a connection; makes no request yet. The caller closes it. */
    public ScmConnection connect(Integration integration) {
        return of(integration.kind()).connect(integration);
    }
}

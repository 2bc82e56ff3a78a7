package io.jenkins.plugins.scmchecks.engine.scm.gitlab;

import io.jenkins.plugins.scmchecks.engine.scm.ProviderContract;
import io.jenkins.plugins.scmchecks.engine.scm.ProviderFixture;

/** GitLab with a signing token, as the newer versions have it. */
class GitLabContractTest extends ProviderContract {

    @Override
    protected ProviderFixture createFixture() {
        return new GitLabFixture(GitLabFixture.SIGNING_TOKEN);
    }
}

package io.jenkins.plugins.scmchecks.engine.scm.gitea;

import io.jenkins.plugins.scmchecks.engine.scm.ProviderContract;
import io.jenkins.plugins.scmchecks.engine.scm.ProviderFixture;

class GiteaContractTest extends ProviderContract {

    @Override
    protected ProviderFixture createFixture() {
        return new GiteaFixture();
    }
}

package io.jenkins.plugins.scmchecks.engine.scm.bitbucket;

import io.jenkins.plugins.scmchecks.engine.scm.ProviderContract;
import io.jenkins.plugins.scmchecks.engine.scm.ProviderFixture;

/** Bitbucket Data Center keeps the contract. */
class DataCenterContractTest extends ProviderContract {

    @Override
    protected ProviderFixture createFixture() {
        return new DataCenterFixture();
    }
}

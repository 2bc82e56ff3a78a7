package io.jenkins.plugins.scmchecks.engine.scm.bitbucket;

import io.jenkins.plugins.scmchecks.engine.scm.ProviderContract;
import io.jenkins.plugins.scmchecks.engine.scm.ProviderFixture;
import org.junit.jupiter.api.Nested;

/** Bitbucket Cloud keeps the contract, by access token and by API token. */
class CloudContractTest {

    @Nested
    class ByAccessToken extends ProviderContract {
        @Override
        protected ProviderFixture createFixture() {
            return new CloudFixture(true);
        }
    }

    @Nested
    class ByApiToken extends ProviderContract {
        @Override
        protected ProviderFixture createFixture() {
            return new CloudFixture(false);
        }
    }
}

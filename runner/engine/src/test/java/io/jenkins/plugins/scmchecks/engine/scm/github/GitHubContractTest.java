package io.jenkins.plugins.scmchecks.engine.scm.github;

import io.jenkins.plugins.scmchecks.engine.scm.Http;
import io.jenkins.plugins.scmchecks.engine.scm.ProviderContract;
import io.jenkins.plugins.scmchecks.engine.scm.ProviderFixture;
import org.junit.jupiter.api.Nested;

/** GitHub keeps the contract, as an App and by token. */
class GitHubContractTest {

    @Nested
    class ByApp extends ProviderContract {
        @Override
        protected ProviderFixture createFixture() {
            return new GitHubFixture(true, Http.client());
        }
    }

    @Nested
    class ByToken extends ProviderContract {
        @Override
        protected ProviderFixture createFixture() {
            return new GitHubFixture(false, Http.client());
        }
    }
}

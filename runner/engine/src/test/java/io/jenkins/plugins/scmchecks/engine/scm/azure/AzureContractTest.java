package io.jenkins.plugins.scmchecks.engine.scm.azure;

import io.jenkins.plugins.scmchecks.engine.scm.ProviderContract;
import io.jenkins.plugins.scmchecks.engine.scm.ProviderFixture;
import io.jenkins.plugins.scmchecks.engine.webhook.Delivery;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** Azure DevOps keeps the contract. */
class AzureContractTest extends ProviderContract {

    @Override
    protected ProviderFixture createFixture() {
        return new AzureFixture();
    }

    /** Bodies are not signed: who does not know the password guesses one. */
    @Override
    protected Delivery forged(Delivery good) {
        Map<String, String> headers = new HashMap<>(good.headers());
        headers.put("Authorization", "Basic "
                + Base64.getEncoder().encodeToString("scm-checks:a:pasS".getBytes(StandardCharsets.UTF_8)));
        return new Delivery(good.integration(), headers, good.body(), good.receivedAt());
    }
}

package io.jenkins.plugins.scmchecks.engine.scm.google;

import io.jenkins.plugins.scmchecks.engine.scm.ProviderContract;
import io.jenkins.plugins.scmchecks.engine.scm.ProviderFixture;
import io.jenkins.plugins.scmchecks.engine.webhook.Delivery;
import java.util.HashMap;
import java.util.Map;

class GoogleContractTest extends ProviderContract {

    @Override
    protected ProviderFixture createFixture() {
        return new GoogleFixture();
    }

    /** The token is of the sender, not of the body; so it is the token's claims that are changed. */
    @Override
    protected Delivery forged(Delivery good) {
        Map<String, String> headers = new HashMap<>(good.headers());
        String token = headers.get("Authorization");
        int middle = token.indexOf('.') + 20;
        char other = token.charAt(middle) == 'A' ? 'B' : 'A';
        headers.put("Authorization", token.substring(0, middle) + other + token.substring(middle + 1));
        return new Delivery(good.integration(), headers, good.body(), good.receivedAt());
    }
}

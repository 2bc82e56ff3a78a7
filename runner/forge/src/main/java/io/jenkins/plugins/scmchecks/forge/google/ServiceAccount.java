package io.jenkins.plugins.scmchecks.forge.google;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.Base64;

/** A service account with its one key. */
public record ServiceAccount(Account account, String keyId, KeyPair key, String tokenUrl) {

    public String email() {
        return account.login();
    }

    /** {@return the key file, as Google gives it out} */
    public String keyJson() {
        String pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(key.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
        return JsonNodeFactory.instance.objectNode()
                .put("type", "service_account")
                .put("project_id", "acme-prod")
                .put("private_key_id", keyId)
                .put("private_key", pem)
                .put("client_email", email())
                .put("client_id", "100000000000000000001")
                .put("token_uri", tokenUrl)
                .toString();
    }
}

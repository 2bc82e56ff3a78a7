package io.jenkins.plugins.scmchecks.engine.scm.github;

import io.jenkins.plugins.scmchecks.engine.scm.ScmCredential;
import java.io.IOException;
import org.kohsuke.github.authorization.AuthorizationProvider;
import org.kohsuke.github.extras.authorization.JWTTokenProvider;

/** Signs in as an App. Reads its key when it is first needed, so that opening a connection never fails. */
final class AppAuthorization implements AuthorizationProvider {

    private final ScmCredential.AppKey key;
    private JWTTokenProvider tokens;

    AppAuthorization(ScmCredential.AppKey key) {
        this.key = key;
    }

    @Override
    public String getEncodedAuthorization() throws IOException {
        synchronized (this) {
            if (tokens == null) {
                tokens = new JWTTokenProvider(key.appId().strip(), PrivateKeyPem.parse(key.privateKeyPem()));
            }
            return tokens.getEncodedAuthorization();
        }
    }
}

package io.jenkins.plugins.scmchecks.engine.scm;

import java.util.Objects;

/** What an integration signs in with. No form of it prints a secret. */
public sealed interface ScmCredential {

    /** A GitHub App: its id (or client id) and its private key in PEM, PKCS#1 or PKCS#8. */
    record AppKey(String appId, String privateKeyPem) implements ScmCredential {
        public AppKey {
            Objects.requireNonNull(appId, "appId");
            Objects.requireNonNull(privateKeyPem, "privateKeyPem");
        }

        @Override
        public String toString() {
            return "AppKey[" + appId + "]";
        }
    }

    /** A token sent alone: personal, group, project, workspace or repository access token, HTTP access token, PAT. */
    record Token(String value) implements ScmCredential {
        public Token {
            Objects.requireNonNull(value, "value");
        }

        @Override
        public String toString() {
            return "Token[…]";
        }
    }

    /** A user's name with a token or password, for HTTP Basic authentication. */
    record UserToken(String user, String value) implements ScmCredential {
        public UserToken {
            Objects.requireNonNull(user, "user");
            Objects.requireNonNull(value, "value");
        }

        @Override
        public String toString() {
            return "UserToken[" + user + "]";
        }
    }

    /**
     * An OAuth 2 client that renews its access tokens by itself.
     *
     * @param clientId of the application
     * @param clientSecret of the application
     * @param refreshToken or null, when the client's own credentials are the grant
     */
    record OAuthClient(String clientId, String clientSecret, String refreshToken) implements ScmCredential {
        public OAuthClient {
            Objects.requireNonNull(clientId, "clientId");
            Objects.requireNonNull(clientSecret, "clientSecret");
        }

        @Override
        public String toString() {
            return "OAuthClient[" + clientId + "]";
        }
    }

    /** A Google service account, as the JSON key file that Google Cloud gives out. */
    record ServiceAccountKey(String json) implements ScmCredential {
        public ServiceAccountKey {
            Objects.requireNonNull(json, "json");
        }

        @Override
        public String toString() {
            return "ServiceAccountKey[…]";
        }
    }
}

package io.jenkins.plugins.scmchecks.engine.scm.google;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.scmchecks.engine.scm.Integration;
import io.jenkins.plugins.scmchecks.engine.scm.ScmCredential;
import io.jsonwebtoken.Jwts;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import okhttp3.FormBody;

/** What an access token is asked for with. */
sealed interface TokenGrant {

    /** The least of Google's scopes that reads repositories' names as well as projects'. */
    String SCOPE = "https://www.googleapis.com/auth/cloud-platform";

    /** {@return where to ask} */
    URI endpoint();

    /** {@return who it is, for people} */
    String account();

    FormBody form(Clock clock);

    /**
     * @throws IllegalArgumentException when the credential cannot be used, saying why
     */
    static TokenGrant of(Integration integration, URI endpoint) {
        ScmCredential credential = integration.credential();
        if (credential instanceof ScmCredential.ServiceAccountKey key) {
            return ServiceAccount.of(key.json(), integration.apiUrl());
        }
        if (credential instanceof ScmCredential.OAuthClient client && client.refreshToken() != null) {
            return new Refresh(client, endpoint);
        }
        throw new IllegalArgumentException(
                "Google takes a service account's key, or an OAuth client with a refresh token; not " + credential);
    }

    /** An OAuth client's refresh token, which Google leaves as it is. */
    record Refresh(ScmCredential.OAuthClient client, URI endpoint) implements TokenGrant {

        @Override
        public String account() {
            return "OAuth client " + client.clientId();
        }

        @Override
        public FormBody form(Clock clock) {
            return new FormBody.Builder()
                    .add("grant_type", "refresh_token")
                    .add("refresh_token", client.refreshToken())
                    .add("client_id", client.clientId())
                    .add("client_secret", client.clientSecret())
                    .build();
        }
    }

    /** A service account, which signs an assertion of itself (Google, OAuth 2.0 for server to server applications). */
    record ServiceAccount(String account, String keyId, PrivateKey key, URI endpoint) implements TokenGrant {

        private static final Duration LIFETIME = Duration.ofHours(1);

        static ServiceAccount of(String json, URI apiUrl) {
            JsonNode key;
            try {
                key = new ObjectMapper().readTree(json);
            } catch (JsonProcessingException e) {
                // Without the cause, which shows what is around the mistake.
                throw new IllegalArgumentException("The service account's key is not JSON; enter the whole key file");
            }
            if (!key.path("type").asText().equals("service_account")) {
                throw new IllegalArgumentException("The key file is not one of a service account: its field 'type' has"
                        + " to be service_account");
            }
            return new ServiceAccount(
                    text(key, "client_email"),
                    text(key, "private_key_id"),
                    privateKey(text(key, "private_key")),
                    trusted(URI.create(text(key, "token_uri")), apiUrl));
        }

        private static String text(JsonNode key, String field) {
            String value = key.path(field).asText("");
            if (value.isEmpty()) {
                throw new IllegalArgumentException("The service account's key has no field '" + field + "'");
            }
            return value;
        }

        /** A key file that was tampered with must not have us sign in elsewhere. */
        private static URI trusted(URI endpoint, URI apiUrl) {
            String host = endpoint.getHost() == null ? "" : endpoint.getHost();
            boolean google = "https".equals(endpoint.getScheme())
                    && (host.endsWith(".googleapis.com") || host.equals("accounts.google.com"));
            if (!google && !host.equals(apiUrl.getHost())) {
                throw new IllegalArgumentException(
                        "The key's token_uri is not at googleapis.com: " + endpoint.getScheme() + "://" + host);
            }
            return endpoint;
        }

        private static PrivateKey privateKey(String pem) {
            String base64 = pem.replaceAll("-----[A-Z ]+-----", "");
            try {
                return KeyFactory.getInstance("RSA")
                        .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64)));
            } catch (GeneralSecurityException | IllegalArgumentException e) {
                throw new IllegalArgumentException("The service account's private_key is no RSA key in PKCS#8");
            }
        }

        /** The audience is one text, as Google's documentation has it, and not the array that the library prefers. */
        @Override
        @SuppressWarnings("deprecation")
        public FormBody form(Clock clock) {
            Instant now = clock.instant();
            String assertion = Jwts.builder()
                    .header().keyId(keyId).type("JWT").and()
                    .issuer(account)
                    .audience().single(endpoint.toString())
                    .claim("scope", SCOPE)
                    .issuedAt(Date.from(now))
                    .expiration(Date.from(now.plus(LIFETIME)))
                    .signWith(key, Jwts.SIG.RS256)
                    .compact();
            return new FormBody.Builder()
                    .add("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer")
                    .add("assertion", assertion)
                    .build();
        }

        @Override
        public String toString() {
            return "ServiceAccount[" + account + "]";
        }
    }
}

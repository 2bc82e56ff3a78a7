package io.jenkins.plugins.scmchecks.engine.scm.google;

import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.security.Jwk;
import io.jsonwebtoken.security.Jwks;
import io.jsonwebtoken.security.RsaPublicJwk;
import java.io.IOException;
import java.net.URI;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * The keys that sign Google's identity tokens, as a JWK set (RFC 7517). They are kept as long as {@code Cache-Control}
 * allows, and read again when a token names one that is not there: at most once a minute, whatever is sent to us.
 */
final class GoogleKeys {

    private static final Duration BETWEEN_READS = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Duration UNTOLD = Duration.ofHours(1);
    private static final long MOST_BYTES = 256 * 1024;

    private final OkHttpClient http;
    private final Clock clock;
    private final Map<URI, KeySet> sets = new ConcurrentHashMap<>();

    GoogleKeys(OkHttpClient http, Clock clock) {
        // Whoever delivers a webhook waits meanwhile.
        this.http = http.newBuilder().callTimeout(Duration.ofSeconds(10)).build();
        this.clock = clock;
    }

    /**
     * @param id of the key
     * @return the key, or null when there is none of that id
     * @throws IOException when the keys that are known have ended and new ones cannot be read
     */
    RSAPublicKey key(URI keysUrl, String id) throws IOException {
        return sets.computeIfAbsent(keysUrl, KeySet::new).key(id);
    }

    private final class KeySet {

        private final URI url;
        private Map<String, RSAPublicKey> keys = Map.of();
        private Instant ends = Instant.MIN;
        private Instant lastRead = Instant.MIN;

        KeySet(URI url) {
            this.url = url;
        }

        synchronized RSAPublicKey key(String id) throws IOException {
            Instant now = clock.instant();
            boolean ended = !now.isBefore(ends);
            boolean allowed = lastRead.equals(Instant.MIN) || !now.isBefore(lastRead.plus(BETWEEN_READS));
            if ((ended || !keys.containsKey(id)) && allowed) {
                lastRead = now;
                read(now);
            } else if (ended) {
                throw new IOException("the keys at " + url + " could not be read a moment ago");
            }
            return keys.get(id);
        }

        private void read(Instant now) throws IOException {
            Request request = new Request.Builder().url(url.toString()).header("User-Agent", "scm-checks").build();
            try (Response response = http.newCall(request).execute()) {
                if (!response.isSuccessful()) {
                    throw new IOException("the keys at " + url + " are answered with " + response.code());
                }
                keys = parse(response.peekBody(MOST_BYTES).string());
                int told = response.cacheControl().maxAgeSeconds();
                Duration age = told < 0 ? UNTOLD : Duration.ofSeconds(told);
                age = age.compareTo(BETWEEN_READS) < 0 ? BETWEEN_READS : age.compareTo(LONGEST) > 0 ? LONGEST : age;
                ends = now.plus(age);
            }
        }

        private Map<String, RSAPublicKey> parse(String json) throws IOException {
            Map<String, RSAPublicKey> found = new HashMap<>();
            try {
                for (Jwk<?> jwk : Jwks.setParser().build().parse(json).getKeys()) {
                    if (jwk instanceof RsaPublicJwk rsa && rsa.getId() != null) {
                        found.put(rsa.getId(), rsa.toKey());
                    }
                }
            } catch (JwtException | IllegalArgumentException e) {
                throw new IOException("what is at " + url + " is no JWK set", e);
            }
            return found;
        }
    }
}

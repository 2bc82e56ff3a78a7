package io.jenkins.plugins.scmchecks.forge.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Collection;

/** Verifies an app's JSON web token: RS256, issued not in the future, valid for at most ten minutes from now. */
final class JwtVerifier {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Clock clock;
    private final Collection<GitHubApp> apps;

    JwtVerifier(Clock clock, Collection<GitHubApp> apps) {
        this.clock = clock;
        this.apps = apps;
    }

    static boolean looksLikeJwt(String token) {
        return token.startsWith("eyJ") && token.chars().filter(c -> c == '.').count() == 2;
    }

    /** @throws GitHubError 401 that says what is wrong */
    GitHubApp verify(String jwt) {
        String[] parts = jwt.split("\\.", -1);
        JsonNode header = decode(parts[0]);
        JsonNode claims = decode(parts[1]);
        String issuer = claims.path("iss").asText();
        GitHubApp app = apps.stream()
                .filter(each -> issuer.equals(Long.toString(each.id())) || issuer.equals(each.clientId()))
                .findFirst()
                .orElseThrow(() -> GitHubError.of(404, "Integration not found"));
        if (!"RS256".equals(header.path("alg").asText()) || !signed(app, parts)) {
            throw undecodable();
        }
        long now = clock.instant().getEpochSecond();
        if (!claims.path("iat").isIntegralNumber() || claims.path("iat").asLong() > now) {
            throw GitHubError.unauthorized("'Issued at' claim ('iat') must be an Integer representing the time that "
                    + "the assertion was issued");
        }
        if (!claims.path("exp").isIntegralNumber() || claims.path("exp").asLong() <= now) {
            throw GitHubError.unauthorized("'Expiration time' claim ('exp') must be a numeric value representing the "
                    + "future time at which the assertion expires");
        }
        if (claims.path("exp").asLong() > now + LONGEST.toSeconds()) {
            throw GitHubError.unauthorized("'Expiration time' claim ('exp') is too far in the future");
        }
        return app;
    }

    private static boolean signed(GitHubApp app, String[] parts) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(app.keys().getPublic());
            signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
            return signature.verify(Base64.getUrlDecoder().decode(parts[2]));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    private static JsonNode decode(String part) {
        try {
            return JSON.readTree(Base64.getUrlDecoder().decode(part));
        } catch (IOException | IllegalArgumentException e) {
            throw undecodable();
        }
    }

    private static GitHubError undecodable() {
        return GitHubError.unauthorized("A JSON web token could not be decoded");
    }
}

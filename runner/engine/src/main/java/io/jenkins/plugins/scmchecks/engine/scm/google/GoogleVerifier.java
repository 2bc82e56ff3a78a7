package io.jenkins.plugins.scmchecks.engine.scm.google;

import io.jenkins.plugins.scmchecks.engine.webhook.Delivery;
import io.jenkins.plugins.scmchecks.engine.webhook.WebhookTrust;
import io.jenkins.plugins.scmchecks.engine.webhook.WebhookTrust.GoogleIdentity;
import io.jenkins.plugins.scmchecks.engine.webhook.WebhookVerifier;
import io.jsonwebtoken.Claims;
import io.jsonwebtoken.Header;
import io.jsonwebtoken.JwsHeader;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.Jwts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Pub/Sub push with an identity token of Google's (Pub/Sub documentation, Authentication for push subscriptions). The
 * token says who sends, not what: the body is protected by TLS alone.
 */
final class GoogleVerifier implements WebhookVerifier {

    private static final String BEARER = "Bearer ";
    private static final int MOST_OF_TOKEN = 16 * 1024;
    private static final int LEEWAY_SECONDS = 60;
    private static final Set<String> ISSUERS = Set.of("https://accounts.google.com", "accounts.google.com");
    private static final Pattern ID = Pattern.compile("[\\x21-\\x7E]{1,200}");

    private final GoogleKeys keys;
    private final Clock clock;

    GoogleVerifier(GoogleKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    @Override
    public Verdict verify(Delivery delivery, WebhookTrust trust) {
        if (!(trust instanceof GoogleIdentity identity)) {
            return new Verdict.Refused("the integration has no audience and service account for Pub/Sub");
        }
        if (delivery.body().length > Delivery.MAX_BODY) {
            return new Verdict.Refused("the body is longer than " + Delivery.MAX_BODY + " bytes");
        }
        String header = delivery.header("Authorization").orElse("");
        if (!header.startsWith(BEARER) || header.length() > MOST_OF_TOKEN) {
            return new Verdict.Refused("there is no identity token");
        }
        try {
            String problem = problem(claims(header.substring(BEARER.length()).strip(), identity), identity);
            return problem == null ? new Verdict.Accepted(id(delivery)) : new Verdict.Refused(problem);
        } catch (JwtException | IllegalArgumentException e) {
            return new Verdict.Refused("the identity token is not valid: " + e.getMessage());
        } catch (UncheckedIOException e) {
            return new Verdict.Refused("the identity token cannot be checked: " + e.getCause().getMessage());
        }
    }

    /** Checks the signature and the times; no algorithm but RS256 is known to the parser. */
    private Claims claims(String token, GoogleIdentity identity) {
        return Jwts.parser()
                .sig().clear().add(Jwts.SIG.RS256).and()
                .keyLocator(header -> key(header, identity.keysUrl()))
                .clock(() -> Date.from(clock.instant()))
                .clockSkewSeconds(LEEWAY_SECONDS)
                .build()
                .parseSignedClaims(token)
                .getPayload();
    }

    private Key key(Header header, URI keysUrl) {
        if (!(header instanceof JwsHeader signed) || !"RS256".equals(signed.getAlgorithm())) {
            throw new IllegalArgumentException("it is not signed with RS256");
        }
        if (signed.getKeyId() == null) {
            throw new IllegalArgumentException("it does not name its key");
        }
        try {
            Key key = keys.key(keysUrl, signed.getKeyId());
            if (key == null) {
                throw new IllegalArgumentException("Google has no such key");
            }
            return key;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String problem(Claims claims, GoogleIdentity identity) {
        Instant latest = clock.instant().plusSeconds(LEEWAY_SECONDS);
        if (claims.getIssuer() == null || !ISSUERS.contains(claims.getIssuer())) {
            return "the identity token is not from Google";
        }
        if (claims.getAudience() == null || !claims.getAudience().equals(Set.of(identity.audience()))) {
            return "the identity token is for another audience";
        }
        if (!identity.serviceAccount().equals(claims.get("email"))
                || !Boolean.TRUE.equals(claims.get("email_verified"))) {
            return "the identity token is another account's";
        }
        if (claims.getExpiration() == null
                || claims.getIssuedAt() == null
                || claims.getIssuedAt().toInstant().isAfter(latest)) {
            return "the identity token has no times, or is from the future";
        }
        return null;
    }

    /** Without a usable id the content is what a repetition has in common. */
    private static String id(Delivery delivery) {
        String id = PubSubMessage.id(delivery.body());
        if (ID.matcher(id).matches()) {
            return id;
        }
        try {
            return "body:" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(delivery.body()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}

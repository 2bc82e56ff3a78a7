package io.jenkins.plugins.scmchecks.forge.github;

import io.jenkins.plugins.scmchecks.forge.http.Exchange;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** Finds out who asks, from the Authorization header: Bearer or token, or the password of Basic. */
final class Authenticator {

    private final GitHub github;
    private final JwtVerifier jwts;

    Authenticator(GitHub github) {
        this.github = github;
        this.jwts = new JwtVerifier(github.state().clock(), github.apps());
    }

    /** @throws GitHubError 401 when there is a credential and it is not valid (any more); 403 when suspended */
    Caller caller(Exchange exchange) {
        Optional<String> header = exchange.header("Authorization");
        if (header.isEmpty()) {
            return new Caller.Anonymous();
        }
        String credential = credential(header.get());
        if (JwtVerifier.looksLikeJwt(credential)) {
            return new Caller.App(jwts.verify(credential));
        }
        return github.token(credential).map(Authenticator::installed)
                .or(() -> github.state().findToken(credential).map(Caller.Person::new))
                .orElseThrow(GitHubError::badCredentials);
    }

    private static Caller installed(InstallationToken token) {
        if (token.installation().suspended()) {
            throw GitHubError.forbidden("This installation has been suspended");
        }
        return new Caller.Installed(token);
    }

    private static String credential(String header) {
        String[] parts = header.trim().split("\\s+", 2);
        if (parts.length < 2) {
            throw GitHubError.badCredentials();
        }
        return switch (parts[0].toLowerCase(Locale.ROOT)) {
            case "bearer", "token" -> parts[1];
            case "basic" -> password(parts[1]);
            default -> throw GitHubError.badCredentials();
        };
    }

    private static String password(String encoded) {
        try {
            String decoded = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            return decoded.substring(decoded.indexOf(':') + 1);
        } catch (IllegalArgumentException e) {
            throw GitHubError.badCredentials();
        }
    }
}

package io.jenkins.plugins.scmchecks.forge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.scmchecks.forge.github.GitHubApp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

/** A plain client of the GitHub API, so that tests see what is on the wire. */
public final class Api {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** An answer with its body read as JSON. */
    public record Reply(int status, JsonNode json, String text, HttpResponse<String> http) {

        public String header(String name) {
            return http.headers().firstValue(name).orElse("");
        }
    }

    private final HttpClient http = HttpClient.newHttpClient();
    private final Forge forge;
    private final String credential;

    public Api(Forge forge, String credential) {
        this.forge = forge;
        this.credential = credential;
    }

    public Reply get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    public Reply post(String path, String json) {
        return send("POST", path, json);
    }

    public Reply patch(String path, String json) {
        return send("PATCH", path, json);
    }

    public Reply delete(String path) {
        return send("DELETE", path, null);
    }

    /** Sends a GraphQL request. */
    public Reply graphQl(String query, Map<String, ?> variables) {
        return exchange(forge.graphQlUrl(), "POST",
                JSON.valueToTree(Map.of("query", query, "variables", variables)).toString());
    }

    public Reply send(String method, String path, String json, String... headers) {
        return exchange(path.startsWith("http") ? path : forge.apiUrl() + path, method, json, headers);
    }

    private Reply exchange(String url, String method, String json, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .method(method, json == null
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(json));
        if (credential != null) {
            request.header("Authorization", "Bearer " + credential);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            boolean isJson = answer.headers().firstValue("Content-Type").orElse("").contains("json");
            return new Reply(answer.statusCode(), isJson ? JSON.readTree(answer.body()) : JSON.nullNode(),
                    answer.body(), answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@return an app's JWT} */
    public static String jwt(GitHubApp app, Instant issued, Instant expires) {
        String claims = "{\"iss\":\"" + app.id() + "\",\"iat\":" + issued.getEpochSecond() + ",\"exp\":"
                + expires.getEpochSecond() + "}";
        String text = encode("{\"alg\":\"RS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + encode(claims.getBytes(StandardCharsets.UTF_8));
        try {
            byte[] der = Base64.getMimeDecoder().decode(app.privateKeyPkcs8().replaceAll("-----[A-Z ]+-----", ""));
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der)));
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return text + "." + encode(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}

package io.jenkins.plugins.scmchecks.engine.scm.azure;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.jenkins.plugins.scmchecks.engine.webhook.Delivery;
import io.jenkins.plugins.scmchecks.engine.webhook.WebhookTrust;
import io.jenkins.plugins.scmchecks.engine.webhook.WebhookVerifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * HTTP Basic with the user and password that we gave the service hook, which is all that Azure DevOps has: bodies
 * are not
 * signed. Ids of a notification stay the same when it is sent again.
 */
final class AzureVerifier implements WebhookVerifier {

    private static final String BASIC = "Basic ";
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final JsonFactory JSON = new JsonFactory();

    @Override
    public Verdict verify(Delivery delivery, WebhookTrust trust) {
        if (!(trust instanceof WebhookTrust.BasicAuth expected)) {
            return new Verdict.Refused("the integration has no user and password for service hooks");
        }
        if (delivery.body().length > Delivery.MAX_BODY) {
            return new Verdict.Refused("the body is longer than " + Delivery.MAX_BODY + " bytes");
        }
        String header = delivery.header("Authorization").orElse("").strip();
        if (!header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return new Verdict.Refused("the header Authorization has no user and password");
        }
        byte[] claimed;
        try {
            claimed = Base64.getDecoder().decode(header.substring(BASIC.length()).strip());
        } catch (IllegalArgumentException e) {
            return new Verdict.Refused("the header Authorization is not readable");
        }
        // Both at once, by their hashes: neither what is wrong nor a length shows in the time it takes.
        byte[] right = (expected.user() + ":" + expected.password()).getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(sha256(right), sha256(claimed))
                ? new Verdict.Accepted(deliveryId(delivery.body()))
                : new Verdict.Refused("user and password are not the integration's");
    }

    private static String deliveryId(byte[] body) {
        Map<String, String> ids = new TreeMap<>();
        try (JsonParser parser = JSON.createParser(body)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                while (ids.size() < 3 && parser.nextToken() == JsonToken.FIELD_NAME) {
                    read(parser, ids);
                }
            }
        } catch (IOException e) {
            ids.clear(); // the parser of events says what is wrong with it
        }
        return ids.containsKey("id") && ids.containsKey("subscriptionId")
                ? ids.get("subscriptionId") + ":" + ids.getOrDefault("notificationId", "") + ":" + ids.get("id")
                : "body:" + HexFormat.of().formatHex(sha256(body));
    }

    private static void read(JsonParser parser, Map<String, String> ids) throws IOException {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        boolean isId = name.equals("id") || name.equals("subscriptionId") || name.equals("notificationId");
        if (isId && value.isScalarValue() && ID.matcher(parser.getText()).matches()) {
            ids.put(name, parser.getText());
        }
        parser.skipChildren();
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}

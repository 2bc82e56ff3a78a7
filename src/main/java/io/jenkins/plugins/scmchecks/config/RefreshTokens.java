package io.jenkins.plugins.scmchecks.config;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.XmlFile;
import hudson.util.Secret;
import io.jenkins.plugins.scmchecks.engine.scm.CredentialRenewal;
import io.jenkins.plugins.scmchecks.engine.scm.Integration;
import io.jenkins.plugins.scmchecks.engine.scm.ScmCredential.OAuthClient;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * The refresh tokens that providers have given out in place of those that were configured. They are kept beside the
 * credentials and not in them: Configuration as Code would put the first one back at every start, and credentials from
 * other stores cannot be changed at all. The file has them encrypted; what they replace is known by its digest alone.
 */
@Extension
public final class RefreshTokens implements CredentialRenewal {

    private static final Logger LOGGER = Logger.getLogger(RefreshTokens.class.getName());

    /** From the configured token to the one that is good now. */
    private final Map<String, Secret> newest = new HashMap<>();

    /** From every token that was good once to the configured one: a long connection still knows an older one. */
    private final Map<String, String> configured = new HashMap<>();

    public RefreshTokens() {
        XmlFile file = file();
        if (!file.exists()) {
            return;
        }
        try {
            for (Map.Entry<?, ?> entry : ((Map<?, ?>) file.read()).entrySet()) {
                newest.put((String) entry.getKey(), (Secret) entry.getValue());
            }
        } catch (IOException | ClassCastException e) {
            LOGGER.log(Level.SEVERE, "The renewed refresh tokens in " + file.getFile() + " cannot be read; OAuth"
                    + " clients of SCM integrations may need new refresh tokens", e);
        }
    }

    static RefreshTokens get() {
        return ExtensionList.lookupSingleton(RefreshTokens.class);
    }

    /** {@return the client with the refresh token that is good now} */
    synchronized OAuthClient current(OAuthClient client) {
        if (client.refreshToken() == null) {
            return client;
        }
        String root = digest(client);
        Secret renewed = newest.get(root);
        if (renewed == null) {
            return client;
        }
        OAuthClient current = new OAuthClient(client.clientId(), client.clientSecret(), renewed.getPlainText());
        configured.put(digest(current), root);
        return current;
    }

    @Override
    public synchronized void renewed(Integration integration, OAuthClient credential) {
        if (!(integration.credential() instanceof OAuthClient before) || before.refreshToken() == null) {
            return;
        }
        String root = configured.getOrDefault(digest(before), digest(before));
        newest.put(root, Secret.fromString(credential.refreshToken()));
        configured.put(digest(credential), root);
        try {
            file().write(new HashMap<>(newest));
        } catch (IOException e) {
            LOGGER.log(Level.SEVERE, "The new refresh token of the integration " + integration.name()
                    + " cannot be stored: it works until Jenkins stops, and needs a new one then", e);
        }
    }

    private static XmlFile file() {
        return new XmlFile(new File(Jenkins.get().getRootDir(), RefreshTokens.class.getName() + ".xml"));
    }

    private static String digest(OAuthClient client) {
        try {
            byte[] text = (client.clientId() + "\n" + client.refreshToken()).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}

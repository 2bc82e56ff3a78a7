package io.jenkins.plugins.scmchecks.config;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import io.jenkins.plugins.scmchecks.engine.scm.ScmCredential;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** A kind of Jenkins' credentials, and what the engine makes of it. */
enum CredentialKind {
    GITHUB_APP(
            GitHubAppKey.class,
            app -> new ScmCredential.AppKey(app.getAppId(), app.getPrivateKey().getPlainText())),
    TOKEN(
            StringCredentials.class,
            text -> new ScmCredential.Token(text.getSecret().getPlainText())),
    USER_AND_TOKEN(
            StandardUsernamePasswordCredentials.class,
            user -> new ScmCredential.UserToken(user.getUsername(), user.getPassword().getPlainText())),
    OAUTH_CLIENT(OAuthClientCredentials.class, CredentialKind::client),
    SERVICE_ACCOUNT_TEXT(
            StringCredentials.class,
            text -> new ScmCredential.ServiceAccountKey(text.getSecret().getPlainText())),
    SERVICE_ACCOUNT_FILE(FileCredentials.class, file -> new ScmCredential.ServiceAccountKey(content(file)));

    /** A service account's key file has about 2 400 bytes. */
    private static final int MOST_OF_FILE = 64 * 1024;

    private final Class<? extends StandardCredentials> type;
    private final Function<StandardCredentials, ScmCredential> reader;

    <T extends StandardCredentials> CredentialKind(Class<T> type, Function<T, ScmCredential> reader) {
        this.type = type;
        this.reader = credential -> reader.apply(type.cast(credential));
    }

    boolean matches(StandardCredentials credential) {
        return type.isInstance(credential);
    }

    /** @throws IllegalArgumentException when it cannot be read, saying why */
    ScmCredential read(StandardCredentials credential) {
        return reader.apply(credential);
    }

    private static ScmCredential client(OAuthClientCredentials client) {
        return RefreshTokens.get()
                .current(new ScmCredential.OAuthClient(
                        client.getClientId(),
                        client.getClientSecret().getPlainText(),
                        client.getRefreshToken() == null
                                ? null
                                : client.getRefreshToken().getPlainText()));
    }

    private static String content(FileCredentials file) {
        try (InputStream in = file.getContent()) {
            byte[] bytes = in.readNBytes(MOST_OF_FILE + 1);
            if (bytes.length > MOST_OF_FILE) {
                throw new IllegalArgumentException("the file of the credential '" + file.getId() + "' is longer than "
                        + MOST_OF_FILE + " bytes, so it is no service account's key");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the file of the credential '" + file.getId() + "' cannot be read: " + e.getMessage(), e);
        }
    }
}

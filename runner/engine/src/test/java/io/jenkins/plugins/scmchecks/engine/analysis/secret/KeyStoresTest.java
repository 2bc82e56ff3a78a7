package io.jenkins.plugins.scmchecks.engine.analysis.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyStoresTest {

    /** Of nobody: its key was thrown away when it was made. */
    private static final String CERTIFICATE = """
            MIIBLDCB36ADAgECAhQ6ZpwNmTirHoif+0rZxj1lccQ4xDAFBgMrZXAwDDEKMAgG
            A1UEAwwBYTAeFw0yNjExMjAxNDA3MDJaFw0yNjExMjExNDA3MDJaMAwxCjAIBgNV
            BAMMAWEwKjAFBgMrZXADIQAeYMcqGwVsZtuVHafZne2ptpLh4rNPguSMO8Md5RT5
            36NTMFEwHQYDVR0OBBYEFB0t+O1//IHOmAiBkWvFKYOJ/HbYMB8GA1UdIwQYMBaA
            FB0t+O1//IHOmAiBkWvFKYOJ/HbYMA8GA1UdEwEB/wQFMAMBAf8wBQYDK2VwA0EA
            UE6pUuVmhoREKQsS5CFtgCSyVhJ10heMh6gvm1m/++wNbPhMrhsnPpH/aOKf/d5M
            p3ktipk6OeOjU3bo+4vCBA==
            """;

    private final SecretScanner scanner = new SecretScanner(SecretRules.builtIn());

    @ParameterizedTest
    @ValueSource(strings = {"JKS", "JCEKS", "PKCS12"})
    void shouldKnowAStoreThatHoldsAKey(String type) throws Exception {
        assertThat(KeyStores.holdsKeys(createStore(type, true))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"JKS", "JCEKS"})
    void shouldPassOverAStoreOfTrustedCertificates(String type) throws Exception {
        assertThat(KeyStores.holdsKeys(createStore(type, false))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "03d9a29a67fb4bb50000000000000000, true", // KeePass
        "05020000003f00010009414c4c2e434f, true", // a Kerberos key table
        "9501d8045e1b2c3d0104000000000000, true", // an OpenPGP secret key
        "9901a2045e1b2c3d0104000000000000, false", // an OpenPGP public key
        "0000000200000014a0b1c2d3e4f50617, true", // Bouncy Castle's BKS
        "3082010a308201000000000000000000, false", // a certificate
        "feedfeed000000020000000100000001, true", // a Java key store that was cut
    })
    void shouldKnowOthersByTheirFirstBytes(String hexadecimal, boolean expected) {
        assertThat(KeyStores.holdsKeys(bytes(hexadecimal))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "deploy/app.jks, java-key-store",
        "deploy/client.P12, pkcs12-file",
        "deploy/truststore.p12,",
        "android/debug.keystore,",
        "deploy/app.bin,",
    })
    void shouldAskForTheNameAsWell(String path, String rule) throws Exception {
        byte[] content = createStore(path.endsWith("12") ? "PKCS12" : "JKS", true);

        List<SecretMatch> matches = scanner.scan(path, content).matches();

        assertThat(matches.stream().map(match -> match.rule().id()).collect(Collectors.joining(",")))
                .isEqualTo(rule == null ? "" : rule);
    }

    @Test
    void shouldNotTakeATextForAStore() {
        byte[] text = "keystore.password=${KEYSTORE_PASSWORD}\n".getBytes(StandardCharsets.UTF_8);

        assertThat(scanner.scan("release.keystore", text).matches()).isEmpty();
    }

    private static byte[] createStore(String type, boolean key) throws Exception {
        KeyStore store = KeyStore.getInstance(type);
        store.load(null, null);
        Certificate certificate = createCertificate();
        if (!key) {
            store.setCertificateEntry("ca", certificate);
        } else if (type.equals("JKS")) {
            PrivateKey made = KeyPairGenerator.getInstance("EC").generateKeyPair().getPrivate();
            store.setCertificateEntry("a-ca", certificate);
            store.setKeyEntry("own", made, "changeit".toCharArray(), new Certificate[] {certificate});
        } else {
            store.setEntry(
                    "own",
                    new KeyStore.SecretKeyEntry(new SecretKeySpec(new byte[16], "AES")),
                    new KeyStore.PasswordProtection("changeit".toCharArray()));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        store.store(out, "changeit".toCharArray());
        return out.toByteArray();
    }

    private static Certificate createCertificate() throws Exception {
        byte[] der = Base64.getMimeDecoder().decode(CERTIFICATE);
        try (InputStream in = new ByteArrayInputStream(der)) {
            return CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private static byte[] bytes(String hexadecimal) {
        byte[] bytes = new byte[hexadecimal.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(hexadecimal.substring(2 * i, 2 * i + 2), 16);
        }
        return bytes;
    }
}

package io.jenkins.plugins.scmchecks.engine.scm.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.scmchecks.engine.scm.ScmException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateKeyPemTest {

    @ParameterizedTest
    @ValueSource(ints = {1024, 2048, 4096})
    void shouldReadWhatGitHubGivesOutAndWhatOpenSslMakesOfIt(int bits) throws Exception {
        // Given
        KeyPair pair = createKeys(bits);

        // When, Then
        assertThat(PrivateKeyPem.parse(pkcs8(pair))).isEqualTo(pair.getPrivate());
        assertThat(PrivateKeyPem.parse(pkcs1(pair))).isEqualTo(pair.getPrivate());
    }

    @Test
    void shouldReadAKeyWhoseLineBreaksWereLost() throws Exception {
        // Given
        KeyPair pair = createKeys(2048);

        // When, Then
        assertThat(PrivateKeyPem.parse(pkcs1(pair).replace("\n", "\\n"))).isEqualTo(pair.getPrivate());
        assertThat(PrivateKeyPem.parse("  " + pkcs1(pair).replace("\n", "\r\n"))).isEqualTo(pair.getPrivate());
    }

    @Test
    void shouldSayWhatIsWrongWithoutShowingTheKey() throws Exception {
        // Given
        String damaged = pkcs8(createKeys(2048)).replaceFirst("MII", "AAA");

        // When, Then
        assertThatThrownBy(() -> PrivateKeyPem.parse("hunter2"))
                .isInstanceOf(ScmException.class)
                .hasMessageContaining("not a PEM")
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> PrivateKeyPem.parse("-----BEGIN ENCRYPTED PRIVATE KEY-----"))
                .hasMessageContaining("encrypted");
        assertThatThrownBy(() -> PrivateKeyPem.parse(damaged)).hasMessageContaining("not an RSA key");
    }

    private static KeyPair createKeys(int bits) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(bits);
        return generator.generateKeyPair();
    }

    private static String pkcs8(KeyPair pair) {
        return pem("PRIVATE KEY", pair.getPrivate().getEncoded());
    }

    /** The PKCS#1 key is the content of PKCS#8's OCTET STRING. */
    private static String pkcs1(KeyPair pair) {
        byte[] pkcs8 = pair.getPrivate().getEncoded();
        int start = 0;
        while (!(pkcs8[start] == 0x04 && pkcs8[start + 1] == (byte) 0x82)) {
            start++;
        }
        byte[] pkcs1 = java.util.Arrays.copyOfRange(pkcs8, start + 4, pkcs8.length);
        return pem("RSA PRIVATE KEY", pkcs1);
    }

    private static String pem(String type, byte[] der) {
        return "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END " + type + "-----\n";
    }
}

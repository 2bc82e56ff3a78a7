package io.jenkins.plugins.scmchecks.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiAddressTest {

    @Test
    void shouldTakeHttpAddressesWithoutTheirLastSlash() {
        assertThat(ApiAddress.parse(" https://github.example.org/api/v3/ "))
                .isEqualTo(URI.create("https://github.example.org/api/v3"));
        assertThat(ApiAddress.parse("http://localhost:8080")).isEqualTo(URI.create("http://localhost:8080"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "github.com", "file:///etc/passwd", "ftp://host/x", "https:///path", "gopher://host", "https://a b",
                "https://user@host", "https://user:secret@host/", "https://host/?x=1", "https://host/#x", "jar:https://host!/x"
            })
    void shouldRefuseWhatIsNoApiAddress(String text) {
        assertThatThrownBy(() -> ApiAddress.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/latest", "http://[fe80::1]/", "http://2852039166/", "http://[::ffff:169.254.169.254]/", "http://metadata.google.internal/", "http://METADATA.google.internal./",
                "http://100.100.100.200/", "http://[fd00:ec2::254]/", "http://0.0.0.0/", "http://224.0.0.1/"
            })
    void shouldRefuseLinkLocalAndMetadataAddresses(String text) {
        assertThatThrownBy(() -> ApiAddress.requirePublic(ApiAddress.parse(text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("metadata");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:8080", "http://10.1.2.3/api/v3", "http://no-such-host.invalid/"})
    void shouldLeaveOthersAlone(String text) {
        assertThatCode(() -> ApiAddress.requirePublic(ApiAddress.parse(text))).doesNotThrowAnyException();
    }
}

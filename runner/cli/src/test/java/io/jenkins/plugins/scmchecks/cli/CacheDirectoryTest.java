package io.jenkins.plugins.scmchecks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs({OS.LINUX, OS.MAC})
class CacheDirectoryTest {

    @Test
    void shouldBeWhereThePlatformWantsIt() {
        assertThat(CacheDirectory.of("Linux", Map.of(), "/home/a")).contains(Path.of("/home/a/.cache/scm-checks"));
        assertThat(CacheDirectory.of("Linux", Map.of("XDG_CACHE_HOME", "/var/c"), "/home/a"))
                .contains(Path.of("/var/c/scm-checks"));
        assertThat(CacheDirectory.of("Mac OS X", Map.of(), "/Users/a"))
                .contains(Path.of("/Users/a/Library/Caches/scm-checks"));
        assertThat(CacheDirectory.of("Windows 11", Map.of("LOCALAPPDATA", "/c/Local"), "/c/a"))
                .contains(Path.of("/c/Local/scm-checks/Cache"));
    }

    @Test
    void shouldBeNowhereWhenNobodySaysWhere() {
        assertThat(CacheDirectory.of("Linux", Map.of(), "?")).isEmpty();
        assertThat(CacheDirectory.of("Linux", Map.of(), null)).isEmpty();
        assertThat(CacheDirectory.of("Windows 11", Map.of(), "/c/a")).isEmpty();
    }
}

package io.jenkins.plugins.scmchecks.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.scmchecks.engine.scm.RepositoryPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteUrlTest {

    @ParameterizedTest
    @CsvSource({
        "https://github.com/acme/shop.git, github.com, acme/shop",
        "https://github.com/acme/shop, github.com, acme/shop",
        "https://x-access-token:abc@github.com/acme/shop/, github.com, acme/shop",
        "git@github.com:acme/shop.git, github.com, acme/shop",
        "github.com:acme/shop.git, github.com, acme/shop",
        "ssh://git@github.example.org:2222/acme/shop.git, github.example.org, acme/shop",
        "http://localhost:8080/acme/shop.git, localhost:8080, acme/shop",
        "https://gitlab.com/group/sub/project.git, gitlab.com, group/sub/project",
    })
    void shouldReadEveryFormOfARemote(String text, String host, String path) {
        assertThat(RemoteUrl.parse(text)).contains(new RemoteUrl(host, path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/srv/git/shop.git", "C:\\git\\shop", "file:///srv/git/shop.git", "../shop", "https://host"})
    void shouldKnowNothingOfLocalPaths(String text) {
        assertThat(RemoteUrl.parse(text)).isEmpty();
    }

    @Test
    void shouldFindItsOwnRepositoriesOnly() {
        // Given
        GitHubIntegration cloud = new GitHubIntegration("cloud", "");
        cloud.setOrganization("Acme");
        GitHubIntegration server = new GitHubIntegration("server", "https://github.example.org:8443/api/v3");
        // When / Then
        assertThat(cloud.repositoryAt(new RemoteUrl("github.com", "acme/shop"))).contains(new RepositoryPath("acme/shop"));
        assertThat(cloud.repositoryAt(new RemoteUrl("github.com", "other/shop"))).isEmpty();
        assertThat(cloud.repositoryAt(new RemoteUrl("github.com.evil.example", "acme/shop"))).isEmpty();
        assertThat(server.repositoryAt(new RemoteUrl("github.example.org:8443", "a/b"))).contains(new RepositoryPath("a/b"));
        assertThat(server.repositoryAt(new RemoteUrl("github.example.org", "a/b"))).contains(new RepositoryPath("a/b"));
        assertThat(server.repositoryAt(new RemoteUrl("github.example.org:22", "a/b"))).isEmpty();
    }
}

package io.jenkins.plugins.scmchecks.engine.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.scmchecks.engine.scm.RepositoryPath;
import org.junit.jupiter.api.Test;

class SourceIndexTest {

    private static final RepositoryPath SHOP = new RepositoryPath("acme/shop");

    private final SourceIndex<String> index = new SourceIndex<>();

    @Test
    void shouldFindWhoWaitsForARepositoryOfAnIntegration() {
        // Given
        index.add("github", SHOP, "one");
        index.add("github", new RepositoryPath("Acme/Shop"), "two");
        index.add("gitlab", SHOP, "three");
        index.add("github", new RepositoryPath("acme/tools"), "one");

        // When, Then
        assertThat(index.find("github", SHOP)).containsExactlyInAnyOrder("one", "two");
        assertThat(index.find("gitlab", SHOP)).containsExactly("three");
        assertThat(index.find("gitea", SHOP)).isEmpty();
        assertThat(index.repositories("github")).extracting(RepositoryPath::name)
                .containsExactlyInAnyOrder("shop", "tools");
        assertThat(index.all()).containsExactlyInAnyOrder("one", "two", "three");
    }

    @Test
    void shouldForgetWhoWaitsNoMore() {
        // Given
        index.add("github", SHOP, "one");
        index.add("github", SHOP, "two");

        // When
        index.remove("github", SHOP, "one");
        index.remove("github", SHOP, "two");
        index.remove("github", SHOP, "two");

        // Then
        assertThat(index.find("github", SHOP)).isEmpty();
        assertThat(index.repositories("github")).isEmpty();
    }
}

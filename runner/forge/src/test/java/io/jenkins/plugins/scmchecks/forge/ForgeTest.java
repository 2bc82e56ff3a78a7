package io.jenkins.plugins.scmchecks.forge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import java.net.URI;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ForgeTest {

    private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");

    @Test
    void shouldSayThatAPortIsTaken() {
        try (Forge forge = Forge.start()) {
            int port = URI.create(forge.url()).getPort();
            assertThatThrownBy(() -> Forge.start(port)).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("port " + port);
        }
    }

    @Test
    void shouldListMoreThanAThousandRepositoriesPageByPage() {
        try (Fixture forge = new Fixture()) {
            // Given
            for (int i = 1; i < 1200; i++) {
                forge.forge.repository(forge.acme, "repo-" + i);
            }
            Api api = forge.api();

            // When
            Set<String> names = new HashSet<>();
            String next = "/installation/repositories?per_page=100";
            int pages = 0;
            while (next != null) {
                Api.Reply page = api.get(next);
                page.json().get("repositories").forEach((JsonNode repo) -> names.add(repo.get("full_name").asText()));
                Matcher link = NEXT.matcher(page.header("Link"));
                next = link.find() ? link.group(1) : null;
                pages++;
            }

            // Then
            assertThat(pages).isEqualTo(12);
            assertThat(names).hasSize(1200);
        }
    }

    @Test
    void shouldSeeThatAPullRequestHasConflicts() {
        try (Fixture forge = new Fixture()) {
            // Given
            String pull = "/repos/acme/shop/pulls/1";
            assertThat(forge.api().get(pull).json().get("mergeable").asBoolean()).isTrue();

            // When
            forge.shop.commit("main", "The same line", Map.of("a.txt",
                    Fixture.lines(1, 40).replace("line 20\n", "theirs 20\n")));
            forge.shop.commit("feature", "Go on", Map.of("c.txt", "c\n"));

            // Then
            assertThat(forge.api().get(pull).json().get("mergeable").asBoolean()).isFalse();
            assertThat(forge.shop.git().ref("refs/pull/1/merge")).isEmpty();
            assertThatThrownBy(() -> forge.pull.merge(forge.alice)).hasMessage("Pull request 1 has conflicts");
        }
    }

    @Test
    void shouldKeepAccountsApartByNameWhateverTheCase() {
        try (Forge forge = Forge.start()) {
            Account acme = forge.organization("acme");
            assertThat(forge.organization("ACME")).isSameAs(acme);
            forge.repository(acme, "shop");
            assertThatThrownBy(() -> forge.repository(acme, "Shop")).isInstanceOf(IllegalArgumentException.class);
        }
    }
}

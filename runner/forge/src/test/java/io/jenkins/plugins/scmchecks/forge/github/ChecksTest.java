package io.jenkins.plugins.scmchecks.forge.github;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.scmchecks.forge.Api;
import io.jenkins.plugins.scmchecks.forge.Api.Reply;
import io.jenkins.plugins.scmchecks.forge.Fixture;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChecksTest {

    private static final String GOOD =
            "{\"path\":\"a.txt\",\"start_line\":1,\"end_line\":1,\"annotation_level\":\"warning\",\"message\":\"m\"}";

    private final Fixture forge = new Fixture();
    private final Api api = forge.api();

    @AfterEach
    void close() {
        forge.close();
    }

    @Test
    void shouldTakeFiftyAnnotationsARequestAndAppendThoseOfUpdates() {
        // When
        Reply created = create(annotations(50));
        String run = "/repos/acme/shop/check-runs/" + created.json().get("id").asLong();
        Reply updated = api.patch(run, "{" + output(annotations(7)).substring(1) + "}");

        // Then
        assertThat(created.status()).isEqualTo(201);
        assertThat(updated.json().at("/output/annotations_count").asInt()).isEqualTo(57);
        Reply page = api.get(run + "/annotations?per_page=50&page=2");
        assertThat(page.json()).hasSize(7);
        assertThat(page.json().get(0).get("annotation_level").asText()).isEqualTo("warning");
    }

    @Test
    void shouldRefuseFiftyOneAnnotations() {
        // When
        Reply refused = create(annotations(51));

        // Then
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().get("message").asText())
                .isEqualTo("Invalid request.\n\nNo more than 50 items are allowed; 51 were supplied.");
        assertThat(forge.shop.checks()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            no path        | {"start_line":1,"end_line":1,"annotation_level":"notice","message":"m"} | "path" wasn't
            no start       | {"path":"a","end_line":1,"annotation_level":"notice","message":"m"} | "start_line" wasn't
            no end         | {"path":"a","start_line":1,"annotation_level":"notice","message":"m"} | "end_line" wasn't
            no level       | {"path":"a","start_line":1,"end_line":1,"message":"m"} | "annotation_level" wasn't
            no message     | {"path":"a","start_line":1,"end_line":1,"annotation_level":"notice"} | "message" wasn't
            bad level      | {"path":"a","start_line":1,"end_line":1,"annotation_level":"x","message":"m"} | x is not a
            line 0         | {"path":"a","start_line":0,"end_line":1,"annotation_level":"notice","message":"m"} | For
            columns        | {"path":"a","start_line":1,"end_line":2,"start_column":1,"annotation_level":"notice",\
            "message":"m"} | start_column and
            """)
    void shouldRefuseABadAnnotation(String name, String annotation, String message) {
        // When
        Reply refused = create(annotation);

        // Then
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().get("message").asText()).startsWith("Invalid request.\n\n" + message);
    }

    @Test
    void shouldTakeASummaryOf65535CharactersAndNoMore() {
        // When / Then
        for (String field : new String[] {"summary", "text"}) {
            assertThat(withText(field, 65_535).status()).as(field).isEqualTo(201);
            Reply refused = withText(field, 65_536);
            assertThat(refused.status()).as(field).isEqualTo(422);
            assertThat(refused.json().get("message").asText()).contains("Only 65535 characters are allowed");
        }
    }

    @Test
    void shouldRefuseAnUnknownCommit() {
        // When
        Reply refused = api.post("/repos/acme/shop/check-runs",
                "{\"name\":\"scan\",\"head_sha\":\"" + "1".repeat(40) + "\"}");

        // Then
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().get("message").asText()).startsWith("No commit found for SHA");
    }

    @Test
    void shouldWantAConclusionForACompletedCheck() {
        assertThat(api.post("/repos/acme/shop/check-runs", forge.check(",\"status\":\"completed\"")).status())
                .isEqualTo(422);
    }

    @Test
    void shouldLetOnlyAppsMakeChecksAndOnlyTheirOwnBeChanged() {
        // Given
        long id = create(GOOD).json().get("id").asLong();
        GitHubApp other = forge.forge.github().createApp(forge.acme, "other", Fixture.ALL, Fixture.EVENTS);
        Api person = new Api(forge.forge, forge.forge.token(forge.alice, "repo").value());

        // When
        Reply byPerson = person.post("/repos/acme/shop/check-runs", forge.check(""));
        Reply byOther = new Api(forge.forge, other.install(forge.acme).token())
                .patch("/repos/acme/shop/check-runs/" + id, "{\"name\":\"mine\"}");

        // Then
        assertThat(byPerson.status()).isEqualTo(403);
        assertThat(byPerson.json().get("message").asText()).isEqualTo("You must authenticate via a GitHub App.");
        assertThat(byOther.status()).isEqualTo(403);
    }

    @Test
    void shouldListTheLatestOfEachNameUnlessAllAreWanted() {
        // Given
        create(GOOD);
        long latest = create(GOOD).json().get("id").asLong();
        String list = "/repos/acme/shop/commits/feature/check-runs?check_name=scan&app_id=" + forge.app.id();

        // When
        JsonNode newest = api.get(list).json();
        JsonNode all = api.get(list + "&filter=all").json();

        // Then
        assertThat(newest.get("total_count").asInt()).isEqualTo(1);
        assertThat(newest.at("/check_runs/0/id").asLong()).isEqualTo(latest);
        assertThat(all.get("total_count").asInt()).isEqualTo(2);
        assertThat(api.get(list.replace("scan", "lint")).json().get("total_count").asInt()).isZero();
    }

    @Test
    void shouldNameThePullRequestsOfACheckButNotAForks() {
        // Given
        Account bob = forge.forge.user("bob");
        Repo fork = forge.shop.fork(bob);
        String head = fork.commit("fix", "From the fork", Map.of("b.txt", "two\n"));
        forge.shop.openPullRequest("Fix", "", fork, "fix", "main", bob);

        // When
        JsonNode own = create(GOOD).json();
        JsonNode forks = api.post("/repos/acme/shop/check-runs",
                "{\"name\":\"scan\",\"head_sha\":\"" + head + "\"}").json();

        // Then
        assertThat(own.at("/pull_requests/0/number").asInt()).isEqualTo(1);
        assertThat(forks.get("head_sha").asText()).isEqualTo(head);
        assertThat(forks.get("pull_requests")).isEmpty();
    }

    private Reply create(String annotations) {
        return api.post("/repos/acme/shop/check-runs", forge.check(output(annotations)));
    }

    private Reply withText(String field, int length) {
        String text = "x".repeat(length);
        return api.post("/repos/acme/shop/check-runs", forge.check(",\"output\":{\"title\":\"t\",\"summary\":\""
                + (field.equals("summary") ? text : "s") + "\",\"text\":\"" + (field.equals("text") ? text : "")
                + "\"}"));
    }

    private static String annotations(int number) {
        return String.join(",", Collections.nCopies(number, GOOD));
    }

    private static String output(String annotations) {
        return ",\"output\":{\"title\":\"t\",\"summary\":\"s\",\"annotations\":[" + annotations + "]}";
    }
}

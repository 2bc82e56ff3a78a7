package io.jenkins.plugins.scmchecks.forge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.PullRequest;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import io.jenkins.plugins.scmchecks.forge.webhook.HookDelivery;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.api.errors.TransportException;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitTest {

    @TempDir
    private Path work;

    @Test
    void shouldCloneAPublicRepositoryWithoutAPassword() throws Exception {
        try (Fixture forge = new Fixture()) {
            // When
            try (Git clone = clone(forge, forge.shop, null)) {
                // Then
                assertThat(work.resolve("clone/a.txt")).hasContent(Fixture.lines(1, 40).stripTrailing());
                assertThat(clone.getRepository().getBranch()).isEqualTo("main");
            }
        }
    }

    @Test
    void shouldMoveThePullRequestAndTellTheHookWhenItsBranchIsPushed() throws Exception {
        try (Fixture forge = new Fixture()) {
            // Given
            forge.app.webhook(URI.create(forge.forge.url() + "/nobody"), "secret");
            CredentialsProvider password = password(forge.forge.token(forge.alice, "repo").value());

            // When
            String pushed;
            try (Git clone = clone(forge, forge.shop, password)) {
                clone.checkout().setName("feature").setCreateBranch(true).setStartPoint("origin/feature").call();
                Files.writeString(work.resolve("clone/new.txt"), "new\n");
                clone.add().addFilepattern("new.txt").call();
                pushed = clone.commit().setMessage("More").setSign(false).call().name();
                clone.push().setCredentialsProvider(password).call();
            }

            // Then
            assertThat(forge.pull.headSha()).isEqualTo(pushed);
            assertThat(forge.pull.diff().file("new.txt")).isPresent();
            assertThat(forge.forge.awaitDeliveries()).extracting(HookDelivery::event, HookDelivery::action)
                    .containsExactly(tuple("push", null),
                            tuple("pull_request", "synchronize"));
        }
    }

    @Test
    void shouldRefuseToPushWithoutTheRight() throws Exception {
        try (Fixture forge = new Fixture()) {
            // Given
            CredentialsProvider stranger = password(forge.forge.token(forge.forge.user("mallory"), "repo").value());

            try (Git clone = clone(forge, forge.shop, null)) {
                clone.commit().setAllowEmpty(true).setMessage("Mine").setSign(false).call();

                // When / Then
                assertThatThrownBy(() -> clone.push().setCredentialsProvider(stranger).call())
                        .isInstanceOf(TransportException.class);
                assertThatThrownBy(() -> clone.push().call()).isInstanceOf(TransportException.class);
            }
        }
    }

    @Test
    void shouldRefuseToPushOverTheRefsOfPullRequests() throws Exception {
        try (Fixture forge = new Fixture()) {
            // Given
            CredentialsProvider password = password(forge.forge.token(forge.alice, "repo").value());
            String head = forge.pull.headSha();

            // When
            try (Git clone = clone(forge, forge.shop, password)) {
                clone.push().setCredentialsProvider(password).setRefSpecs(new RefSpec("+main:refs/pull/1/head")).call();
            }

            // Then
            assertThat(forge.shop.git().ref("refs/pull/1/head").orElseThrow().name()).isEqualTo(head);
        }
    }

    @Test
    void shouldShowAPrivateRepositoryOnlyToThoseWhoMaySeeIt() throws Exception {
        try (Fixture forge = new Fixture()) {
            // Given
            Repo secret = forge.forge.privateRepository(forge.acme, "secret");
            secret.commit("main", "Start", Map.of("a.txt", "a\n"));

            // When / Then
            assertThatThrownBy(() -> clone(forge, secret, null)).isInstanceOf(TransportException.class);
            assertThatThrownBy(() -> clone(forge, secret, password("wrong"))).isInstanceOf(TransportException.class);
            try (Git clone = clone(forge, secret, password(forge.installation.token()))) {
                assertThat(clone.log().call()).hasSize(1);
            }
        }
    }

    @Test
    void shouldKeepTheHeadOfAForksPullRequestInTheBaseRepository() {
        try (Fixture forge = new Fixture()) {
            // Given
            Account bob = forge.forge.user("bob");
            Repo fork = forge.shop.fork(bob);
            String head = fork.commit("fix", "From the fork", Map.of("b.txt", "two\n"));

            // When
            PullRequest pull = forge.shop.openPullRequest("Fix", "", fork, "fix", "main", bob);

            // Then
            assertThat(pull.fromFork()).isTrue();
            assertThat(forge.shop.git().ref("refs/pull/2/head")).hasValueSatisfying(id ->
                    assertThat(id.name()).isEqualTo(head));
            assertThat(pull.diff().files()).singleElement()
                    .satisfies(file -> assertThat(file.patch()).isEqualTo("@@ -1 +1 @@\n-one\n+two"));
        }
    }

    @Test
    void shouldMergeIntoTheBaseBranch() {
        try (Fixture forge = new Fixture()) {
            // When
            forge.pull.merge(forge.alice);

            // Then
            assertThat(forge.pull.merged()).isTrue();
            assertThat(forge.shop.sha("main")).isEqualTo(forge.pull.mergeSha());
        }
    }

    private Git clone(Fixture forge, Repo repo, CredentialsProvider password) throws GitAPIException {
        return Git.cloneRepository().setURI(forge.forge.cloneUrl(repo)).setDirectory(work.resolve("clone").toFile())
                .setCredentialsProvider(password).call();
    }

    private static CredentialsProvider password(String token) {
        return new UsernamePasswordCredentialsProvider("x-access-token", token);
    }
}

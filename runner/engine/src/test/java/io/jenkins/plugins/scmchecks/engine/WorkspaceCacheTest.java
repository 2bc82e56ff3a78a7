package io.jenkins.plugins.scmchecks.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.scmchecks.engine.analysis.Progress;
import io.jenkins.plugins.scmchecks.engine.finding.TrackedFinding;
import io.jenkins.plugins.scmchecks.engine.publish.CheckReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.PersonIdent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks that begin with what earlier ones found out end as those that begin with nothing. */
class WorkspaceCacheTest {

    private static final String POLICY = """
            pack: own
            platform: dockerfile
            policies:
              - id: OWN-1
                title: Says %s
                severity: high
                resources: ["*"]
                fails_when: "true"
            """;

    @TempDir
    private Path folder;

    private Path root;
    private int written = 60;
    private String password;

    @BeforeEach
    void createRepository() throws Exception {
        root = Files.createDirectories(folder.resolve("repository"));
        password = "aK9" + Long.toString(new Random(7).nextLong() >>> 1, 36) + "Zq7";
        write("app/config.properties", "db.password=" + password + "\n");
        write("Dockerfile", "FROM ubuntu:latest\nUSER root\n");
        write("deploy/pod.yaml", """
                apiVersion: v1
                kind: Pod
                metadata: {name: web}
                spec: {containers: [{name: web, image: 'web:latest', securityContext: {privileged: true}}]}
                """);
        write("infra/main.tf", "module \"data\" {\n  source = \"../modules/data\"\n  acl = \"public-read\"\n}\n");
        write("infra2/main.tf", "module \"data\" {\n  source = \"../modules/data\"\n  acl = \"private\"\n}\n");
        write("modules/data/main.tf", """
                variable "acl" {}
                resource "aws_s3_bucket" "data" {
                  bucket = "data"
                  acl    = var.acl
                }
                """);
        write("broken.tf", "resource \"a\" {\n  x = =\n}\n");
        commit();
    }

    @Test
    void shouldFindTheSameWithAndWithoutEarlierResults() throws Exception {
        // Given
        List<String> without = check(null, true);

        // When
        List<String> cold = check(cache(), true);
        List<String> warm = check(cache(), true);

        // Then
        assertThat(without).anyMatch(f -> f.contains("modules/data/main.tf")).anyMatch(f -> f.contains("config.prop"))
                .anyMatch(f -> f.contains("Dockerfile")).anyMatch(f -> f.contains("pod.yaml"))
                .anyMatch(f -> f.contains("broken.tf"));
        assertThat(cold).isEqualTo(without);
        assertThat(warm).isEqualTo(without);
    }

    @Test
    void shouldNotReadFilesThatWereLookedAtBefore() throws Exception {
        // Given: another content of the same size and time, which git itself takes for the one that it knows
        check(cache(), true);
        Path file = root.resolve("Dockerfile");
        String other = "#".repeat((int) Files.size(file));
        FileTime time = Files.getLastModifiedTime(file);
        Files.writeString(file, other);
        Files.setLastModifiedTime(file, time);

        // When, Then
        assertThat(check(cache(), true)).anyMatch(f -> f.contains("Dockerfile"));
        assertThat(check(null, true)).noneMatch(f -> f.contains("Dockerfile"));
    }

    @Test
    void shouldLookAgainAtWhatWasEdited() throws Exception {
        // Given
        check(cache(), true);

        // When
        write("Dockerfile", "FROM alpine:3.20@sha256:" + "0".repeat(64) + "\nUSER 99\nHEALTHCHECK CMD true\n");
        write("modules/data/main.tf", "variable \"acl\" {}\n");

        // Then
        assertThat(check(cache(), true)).isEqualTo(check(null, true))
                .noneMatch(f -> f.contains("modules/data/main.tf"));
    }

    @Test
    void shouldNotTakeAResultForThatOfAnotherPath() throws Exception {
        // Given: in a test's file a password is none
        check(cache(), true);
        Files.createDirectories(root.resolve("src/test/resources"));
        Files.move(root.resolve("app/config.properties"), root.resolve("src/test/resources/config.properties"));
        commit();

        // When, Then
        assertThat(check(cache(), true)).isEqualTo(check(null, true));
    }

    @Test
    void shouldJudgeAgainWhenAPolicyChanged() throws Exception {
        // Given
        write(".scm-checks/policies/own.yaml", POLICY.formatted("one"));
        assertThat(check(cache(), true)).anyMatch(f -> f.contains("Says one"));

        // When
        write(".scm-checks/policies/own.yaml", POLICY.formatted("two"));

        // Then
        assertThat(check(cache(), true))
                .anyMatch(f -> f.contains("Says two")).noneMatch(f -> f.contains("Says one"));
    }

    @Test
    void shouldTellAMistakeInAPolicyEachTime() throws Exception {
        // Given
        write(".scm-checks/policies/own.yaml", POLICY.formatted("one").replace("\"true\"", "\"no_such(1)\""));

        // When, Then
        assertThat(check(cache(), true)).anyMatch(f -> f.contains("OWN-1"));
        assertThat(check(cache(), true)).anyMatch(f -> f.contains("OWN-1"));
    }

    @Test
    void shouldNoticeAKustomizationThatMakesAManifestAPatch() throws Exception {
        // Given
        check(cache(), true);

        // When
        write("deploy/kustomization.yaml", "patches:\n  - path: pod.yaml\n");
        commit();

        // Then
        assertThat(check(cache(), true)).isEqualTo(check(null, true));
    }

    @Test
    void shouldFindTheSameInAChange() throws Exception {
        // Given
        check(cache(), true);
        try (Git git = Git.open(root.toFile())) {
            git.checkout().setCreateBranch(true).setName("change").call();
        }
        write("modules/data/main.tf", Files.readString(root.resolve("modules/data/main.tf")).replace("data\"\n", "x\"\n"));
        write("Dockerfile", "FROM ubuntu:latest\nUSER root\nRUN sudo true\n");
        commit();

        // When
        List<String> without = change(null);

        // Then
        assertThat(without).isNotEmpty();
        assertThat(change(cache())).isEqualTo(without);
        assertThat(change(cache())).isEqualTo(without);
    }

    @Test
    void shouldKeepNothingOfAChangeThatIsNotTrusted() throws Exception {
        // Given
        try (Git git = Git.open(root.toFile())) {
            git.checkout().setCreateBranch(true).setName("change").call();
        }
        write("Dockerfile", "FROM alpine\n");
        commit();

        // When
        check(cache(), false);

        // Then
        assertThat(cache()).doesNotExist();
    }

    @Test
    void shouldKeepNoSecret() throws Exception {
        // Given
        assertThat(check(cache(), true)).anyMatch(f -> f.contains("config.properties"));

        // When, Then
        try (Stream<Path> files = Files.walk(cache())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)).doesNotContain(password);
            }
        }
    }

    private Path cache() {
        return folder.resolve("cache");
    }

    private List<String> check(Path cache, boolean trusted) throws Exception {
        return run(cache, trusted ? null : "main", trusted);
    }

    private List<String> change(Path cache) throws Exception {
        return run(cache, "main", true);
    }

    /** {@return all that the report says} */
    private List<String> run(Path cache, String base, boolean trusted) throws Exception {
        CheckReport report = new WorkspaceCheck().run(new WorkspaceCheck.Options(
                root, base, Configuration.EMPTY, trusted, null, Progress.NONE, cache));
        return Stream.concat(
                        report.findings().stream().map(TrackedFinding::toString),
                        report.notices().stream().map(Object::toString))
                .sorted()
                .toList();
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        // What was written in the moment in which git looked is read again by git, whatever its time.
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(written++)));
    }

    private void commit() throws Exception {
        PersonIdent somebody = new PersonIdent("Somebody", "somebody@example.invalid");
        try (Git git = Git.init().setInitialBranch("main").setDirectory(root.toFile()).call()) {
            git.add().addFilepattern(".").call();
            git.add().addFilepattern(".").setUpdate(true).call();
            git.commit().setMessage("A commit").setAuthor(somebody).setCommitter(somebody).setSign(false).call();
        }
    }
}

package io.jenkins.plugins.scmchecks.engine.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.scmchecks.engine.analysis.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitWorkspaceTest {

    @TempDir
    Path directory;

    private Git git;

    @BeforeEach
    void createRepository() throws Exception {
        git = Git.init().setDirectory(directory.resolve("origin").toFile()).setInitialBranch("main").call();
        write("app/Main.java", "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\n");
        write("keep.txt", "same\n");
        write(".gitignore", "build/\n");
        commit("base");
    }

    @AfterEach
    void closeRepository() {
        git.close();
    }

    @Test
    void shouldTellChangedLinesAgainstTheMergeBase() throws Exception {
        // Given a branch, and a target that has moved on since
        git.checkout().setCreateBranch(true).setName("feature").call();
        write("app/Main.java", "one\ntwo\nthree\nFOUR\nextra\nfive\nsix\nseven\neight\n");
        write("new.tf", "a\nb\n");
        commit("change");
        git.checkout().setName("main").call();
        write("keep.txt", "moved on\n");
        commit("target moved");
        git.checkout().setName("feature").call();

        try (GitWorkspace workspace = open()) {
            // When
            ChangeSet change = workspace.changes("main");

            // Then only what the branch did counts
            assertThat(change.files().keySet()).containsExactlyInAnyOrder("app/Main.java", "new.tf");
            assertThat(change.headSha()).isEqualTo(workspace.head().orElseThrow());
            assertThat(change.changes("app/Main.java", 3)).isFalse();
            assertThat(change.changes("app/Main.java", 4)).isTrue();
            assertThat(change.changes("app/Main.java", 5)).isTrue();
            assertThat(change.changes("app/Main.java", 6)).isFalse();
            assertThat(change.shows("app/Main.java", 8)).isTrue();
            assertThat(change.shows("app/Main.java", 9)).isFalse();
            assertThat(change.files().get("app/Main.java").baseLine(6)).isEqualTo(5);
            assertThat(change.files().get("new.tf").kind()).isEqualTo(FileChange.Kind.ADDED);
        }
    }

    @Test
    void shouldIncludeWhatIsNotCommitted() throws Exception {
        // Given
        git.branchCreate().setName("base").call();
        write("app/Main.java", "one\ntwo\nthree\nfour\nfive\nsix\nseven\nEIGHT\n");
        write("untracked.yaml", "x\n");
        write("build/ignored.txt", "x\n");
        Files.delete(root().resolve("keep.txt"));

        try (GitWorkspace workspace = open()) {
            // When
            ChangeSet change = workspace.changes("base");

            // Then
            assertThat(change.files().keySet())
                    .containsExactlyInAnyOrder("app/Main.java", "untracked.yaml", "keep.txt");
            assertThat(change.files().get("keep.txt").kind()).isEqualTo(FileChange.Kind.DELETED);
            assertThat(change.changes("app/Main.java", 8)).isTrue();
            assertThat(change.changes("app/Main.java", 7)).isFalse();
            assertThat(change.headSha()).isNull();
            assertThat(paths(workspace.workingTree()))
                    .containsExactly(".gitignore", "app/Main.java", "untracked.yaml");
        }
    }

    @Test
    void shouldFollowRenames() throws Exception {
        // Given
        git.branchCreate().setName("base").call();
        Files.createDirectories(root().resolve("lib"));
        Files.move(root().resolve("app/Main.java"), root().resolve("lib/Moved.java"));
        Files.writeString(
                root().resolve("lib/Moved.java"), "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\n");
        commit("rename");

        try (GitWorkspace workspace = open()) {
            // When
            ChangeSet change = workspace.changes("base");

            // Then
            assertThat(change.basePath("lib/Moved.java")).isEqualTo("app/Main.java");
            assertThat(change.changes("lib/Moved.java", 9)).isTrue();
            assertThat(change.changes("lib/Moved.java", 1)).isFalse();
        }
    }

    @Test
    void shouldReadACommitWithoutCheckingItOut() throws Exception {
        // Given
        write("keep.txt", "later\n");
        commit("later");

        try (GitWorkspace workspace = open()) {
            // When
            SourceTree tree = workspace.tree("HEAD~1");

            // Then
            assertThat(tree.read("keep.txt")).hasValueSatisfying(b -> assertThat(b).asString().isEqualTo("same\n"));
            assertThat(tree.read("app")).isEmpty();
            assertThat(tree.read("nowhere")).isEmpty();
            assertThat(paths(tree)).containsExactly(".gitignore", "app/Main.java", "keep.txt");
        }
    }

    @Test
    void shouldNeverReadOutsideTheTree() throws Exception {
        // Given
        Files.writeString(directory.resolve("secret.txt"), "secret");
        Files.createSymbolicLink(root().resolve("link.txt"), directory.resolve("secret.txt"));
        Files.createSymbolicLink(root().resolve("up"), directory);

        try (GitWorkspace workspace = open()) {
            // When / Then
            assertThat(workspace.workingTree().read("../secret.txt")).isEmpty();
            assertThat(workspace.workingTree().read("link.txt")).isEmpty();
            assertThat(workspace.workingTree().read("up/secret.txt")).isEmpty();
            assertThat(paths(workspace.workingTree())).doesNotContain("link.txt", "up/secret.txt");
        }
    }

    @Test
    void shouldSayWhatToFetchWhenTheBaseIsNotThere() throws Exception {
        try (GitWorkspace workspace = open()) {
            assertThatThrownBy(() -> workspace.changes("origin/develop"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("origin/develop")
                    .hasMessageContaining("git fetch origin develop");
        }
    }

    @Test
    void shouldSayThatACloneIsShallow() throws Exception {
        // Given a clone of depth 1 of each of two branches that have diverged
        git.checkout().setCreateBranch(true).setName("feature").call();
        write("new.tf", "a\n");
        commit("feature");
        git.checkout().setName("main").call();
        write("keep.txt", "later\n");
        commit("later");
        Path clone = directory.resolve("clone");
        try (Git shallow = Git.cloneRepository()
                .setURI(root().toUri().toString())
                .setDirectory(clone.toFile())
                .setBranch("feature")
                .setDepth(1)
                .call()) {
            shallow.fetch().setDepth(1).setRefSpecs("+refs/heads/main:refs/remotes/origin/main").call();
        }

        try (GitWorkspace workspace = GitWorkspace.open(clone)) {
            // When / Then
            assertThatThrownBy(() -> workspace.changes("origin/main"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("shallow")
                    .hasMessageContaining("git fetch --unshallow");
        }
    }

    @Test
    void shouldTellWhatDiffersFromTheIndexWhateverItsTimes() throws Exception {
        // Given: long after git has noted them
        for (String name : List.of("same", "longer", "touched", "gone", "link/a", "link/b")) {
            write("app/" + name + ".txt", "content\n");
        }
        write(".gitignore", "*.log\nbuild/\n");
        settle();
        commit("Files");
        settle();

        // When
        write("app/longer.txt", "more content\n");
        write("app/touched.txt", "content\n");
        Files.delete(root().resolve("app/gone.txt"));
        write("app/new/untracked.txt", "x\n");
        write("app/new/ignored.log", "x\n");
        write("build/output.txt", "x\n");
        Path outside = Files.createDirectories(directory.resolve("outside"));
        Files.move(root().resolve("app/link"), outside.resolve("moved"));
        Files.createSymbolicLink(root().resolve("app/link"), outside.resolve("moved"));

        // Then
        try (GitWorkspace workspace = open()) {
            assertThat(workspace.workingTree().dirty()).containsExactlyInAnyOrder(
                    "app/longer.txt", "app/gone.txt", "app/new/untracked.txt", "app/link", "app/link/a.txt",
                    "app/link/b.txt");
            assertThat(paths(workspace.workingTree())).contains(
                            "app/same.txt", "app/touched.txt", "app/longer.txt", "app/new/untracked.txt")
                    .doesNotContain(
                            "app/gone.txt", "app/new/ignored.log", "build/output.txt", "app/link/a.txt", "app/link");
            assertThat(workspace.workingTree().find("app/same.txt")).hasValueSatisfying(
                    entry -> assertThat(entry.id()).hasSize(40));
            assertThat(workspace.workingTree().find("app/longer.txt")).hasValueSatisfying(
                    entry -> assertThat(entry.id()).isNull());
            assertThat(workspace.workingTree().find("app/new/untracked.txt")).isPresent();
            assertThat(workspace.workingTree().find("app/gone.txt")).isEmpty();
            assertThat(workspace.workingTree().find("app/link/a.txt")).isEmpty();
        }
    }

    @Test
    void shouldGiveTheBasesFilesFromWhereverTheyAreTheSame() throws Exception {
        // Given
        write("a/same.txt", "same\n");
        write("b/old-name.txt", "one\ntwo\nthree\nfour\n");
        write("c/deleted.txt", "deleted\n");
        write("d/changed.txt", "before\n");
        commit("Base");
        String base = git.getRepository().resolve("HEAD").name();
        Files.move(root().resolve("b/old-name.txt"), root().resolve("b/new-name.txt"));
        Files.delete(root().resolve("c/deleted.txt"));
        write("d/changed.txt", "after\n");
        write("e/added.txt", "added\n");
        commit("Change");
        write("f/untracked.txt", "untracked\n");

        // When
        try (GitWorkspace workspace = open()) {
            SourceTree fromObjects = workspace.tree(base);
            SourceTree quick = workspace.base(workspace.changes(base));

            // Then
            assertThat(paths(quick)).isEqualTo(paths(fromObjects));
            for (String path : paths(fromObjects)) {
                assertThat(quick.read(path)).hasValueSatisfying(content ->
                        assertThat(content).isEqualTo(read(fromObjects, path)));
            }
            assertThat(quick.find("e/added.txt")).isEmpty();
            assertThat(quick.find("f/untracked.txt")).isEmpty();
        }
    }

    private static byte[] read(SourceTree tree, String path) {
        try {
            return tree.read(path).orElseThrow();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Makes all files older than what git notes from now on, so that it may go by their times. */
    private void settle() throws IOException {
        try (var files = Files.walk(root())) {
            for (Path file : files.filter(f -> Files.isRegularFile(f) && !f.toString().contains(".git/")).toList()) {
                Files.setLastModifiedTime(
                        file, java.nio.file.attribute.FileTime.from(java.time.Instant.now().minusSeconds(60)));
            }
        }
        try {
            git.add().addFilepattern(".").call();
        } catch (org.eclipse.jgit.api.errors.GitAPIException e) {
            throw new IOException(e);
        }
    }

    private GitWorkspace open() throws IOException {
        return GitWorkspace.open(root().resolve("app").toFile().exists() ? root().resolve("app") : root());
    }

    private Path root() {
        return directory.resolve("origin");
    }

    private void write(String path, String content) throws IOException {
        Path file = root().resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private void commit(String message) throws Exception {
        git.add().addFilepattern(".").call();
        git.add().addFilepattern(".").setUpdate(true).call();
        git.commit()
                .setMessage(message)
                .setAuthor("Ada", "ada@example.org")
                .setCommitter("Ada", "ada@example.org")
                .setSign(false)
                .call();
    }

    private static List<String> paths(SourceTree tree) throws IOException {
        List<String> paths = new ArrayList<>();
        tree.walk(e -> paths.add(e.path()));
        return paths;
    }
}

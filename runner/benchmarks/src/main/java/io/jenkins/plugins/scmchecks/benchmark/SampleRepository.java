package io.jenkins.plugins.scmchecks.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.StoredConfig;

/** A clone as a build has it: {@code main}, which has moved on, and a change that is checked out. */
final class SampleRepository {

    private static final PersonIdent SOMEBODY = new PersonIdent(
            "Somebody", "somebody@example.invalid", Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

    private SampleRepository() {}

    /** Makes a directory a repository of its own, where nothing is committed yet: samples lie in another's. */
    static void init(Path directory) throws IOException {
        Files.createDirectories(directory);
        try {
            Git.init().setDirectory(directory.toFile()).call().close();
        } catch (GitAPIException e) {
            throw new IOException(directory + " could not be made a repository", e);
        }
    }

    /** Makes a directory a repository with one commit of all that is in it. */
    static void commitAll(Path directory) throws IOException {
        try (Git git = Git.init().setInitialBranch("main").setDirectory(directory.toFile()).call()) {
            git.add().addFilepattern(".").call();
            commit(git, "The tree");
        } catch (GitAPIException e) {
            throw new IOException(directory + " could not be committed", e);
        }
    }

    /**
     * Makes a repository.
     *
     * @param files of {@code main}
     * @param terraformInThousand how many of a thousand are Terraform
     * @param changed how many of them the change modifies
     */
    static void create(Path directory, int files, int terraformInThousand, int changed) throws IOException {
        SampleTree.write(directory, files, terraformInThousand);
        try (Git git = Git.init().setInitialBranch("main").setDirectory(directory.toFile()).call()) {
            StoredConfig config = git.getRepository().getConfig();
            config.setBoolean(ConfigConstants.CONFIG_COMMIT_SECTION, null, ConfigConstants.CONFIG_KEY_GPGSIGN, false);
            config.save();
            git.add().addFilepattern(".").call();
            commit(git, "The tree");
            git.checkout().setCreateBranch(true).setName("change").call();
            for (int i = 0; i < changed; i++) {
                int number = (int) (i * 7_907L % files);
                String path = SampleTree.path(number, terraformInThousand);
                Files.writeString(directory.resolve(path), SampleTree.content(path, number, 1));
            }
            git.add().addFilepattern(".").call();
            commit(git, "The change");
            git.checkout().setName("main").call();
            Files.writeString(directory.resolve("CHANGES.md"), "main has moved on\n");
            git.add().addFilepattern(".").call();
            commit(git, "Something else");
            git.checkout().setName("change").call();
            git.gc().call();
        } catch (GitAPIException e) {
            throw new IOException("the sample repository could not be made", e);
        }
    }

    private static void commit(Git git, String message) throws GitAPIException {
        git.commit().setSign(false).setMessage(message).setAuthor(SOMEBODY).setCommitter(SOMEBODY).call();
    }
}

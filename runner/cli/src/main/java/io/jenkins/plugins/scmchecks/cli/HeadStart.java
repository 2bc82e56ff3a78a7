package io.jenkins.plugins.scmchecks.cli;

import io.jenkins.plugins.scmchecks.engine.analysis.secret.SecretRules;
import io.jenkins.plugins.scmchecks.engine.change.GitWorkspace;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Loads, while the command line is still being read, what every check needs: git's classes and configuration, and the
 * rules. Half of a short run is such loading, and there is more than one processor.
 */
final class HeadStart {

    private HeadStart() {}

    /** Returns at once. What goes wrong here goes wrong again where it is told. */
    static void begin() {
        begin(HeadStart::openRepository, "scm-checks git ahead");
        begin(SecretRules::builtIn, "scm-checks rules ahead");
    }

    private static void begin(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((t, e) -> {});
        thread.start();
    }

    private static void openRepository() {
        QuickGit.prepare();
        try (GitWorkspace workspace = GitWorkspace.open(Path.of(""))) {
            workspace.remoteUrl();
        } catch (IOException e) {
            // It is opened again where that matters.
            return;
        }
    }
}

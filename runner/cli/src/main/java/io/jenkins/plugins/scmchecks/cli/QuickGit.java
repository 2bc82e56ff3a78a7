package io.jenkins.plugins.scmchecks.cli;

import java.io.File;
import java.util.Map;
import org.eclipse.jgit.util.FS;

/** Spares a short run the two processes of git that JGit starts to ask where git's system configuration is. */
final class QuickGit {

    private static final File DISTRIBUTION = new File("/usr/bin/git");
    private static final File ITS_CONFIGURATION = new File("/etc/gitconfig");

    private QuickGit() {}

    /** To be called before anything else of JGit is. */
    static void prepare() {
        if (isDistributionsGit(System.getProperty("os.name"), System.getenv(), DISTRIBUTION)) {
            FS.DETECTED.setGitSystemConfig(ITS_CONFIGURATION);
        }
    }

    /** {@return whether git is the one that comes with a Linux distribution, whose system configuration has one place} */
    static boolean isDistributionsGit(String system, Map<String, String> environment, File distribution) {
        if (!system.equals("Linux") || environment.containsKey("GIT_CONFIG_SYSTEM")) {
            return false;
        }
        for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator)) {
            File git = new File(folder, "git");
            if (git.canExecute() && git.isFile()) {
                return git.equals(distribution);
            }
        }
        return false;
    }
}

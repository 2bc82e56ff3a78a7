package io.jenkins.plugins.scmchecks.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where a user's programs keep what they can find out again: each platform has its own place for it. */
final class CacheDirectory {

    private static final String NAME = "scm-checks";

    private CacheDirectory() {}

    /** {@return our directory in there; it need not exist; empty when nobody says where the user's files are} */
    static Optional<Path> ofUser() {
        return of(System.getProperty("os.name"), System.getenv(), System.getProperty("user.home"));
    }

    /**
     * {@return the directory by the XDG base directory specification, Apple's file system guide, or Windows' known
     * folders}
     */
    static Optional<Path> of(String system, Map<String, String> environment, String home) {
        if (system.startsWith("Windows")) {
            return path(environment.get("LOCALAPPDATA")).map(folder -> folder.resolve(NAME).resolve("Cache"));
        }
        if (system.startsWith("Mac")) {
            return path(home).map(folder -> folder.resolve("Library/Caches").resolve(NAME));
        }
        return path(environment.get("XDG_CACHE_HOME"))
                .or(() -> path(home).map(folder -> folder.resolve(".cache")))
                .map(folder -> folder.resolve(NAME));
    }

    private static Optional<Path> path(String folder) {
        try {
            // A relative one is to be ignored, says the specification; in a container the home is "?" at times.
            return folder == null ? Optional.empty() : Optional.of(Path.of(folder)).filter(Path::isAbsolute);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}

package io.jenkins.plugins.scmchecks.engine.finding;

import java.util.Objects;

/**
 * Something the analysis could not do, or did with less than it wanted, that a person should know: it loses nothing
 * else, and it is never a finding.
 *
 * @param level how much it matters
 * @param path of the file it is about, or null
 * @param message what happened, where, and how to mend it
 */
public record Notice(Level level, String path, String message) {

    /** An {@code ERROR} means that findings may be missing; the gate can be told to fail on it. */
    public enum Level {
        ERROR,
        WARNING,
        INFO
    }

    public Notice {
        Objects.requireNonNull(level, "level");
        Objects.requireNonNull(message, "message");
    }

    public static Notice error(String path, String message) {
        return new Notice(Level.ERROR, path, message);
    }

    public static Notice warning(String path, String message) {
        return new Notice(Level.WARNING, path, message);
    }

    public static Notice info(String path, String message) {
        return new Notice(Level.INFO, path, message);
    }

    @Override
    public String toString() {
        return path == null ? message : path + ": " + message;
    }
}

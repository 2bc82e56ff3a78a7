package io.jenkins.plugins.scmchecks.forge.github;

import java.util.Map;
import java.util.TreeMap;

/**
 * What an app may do: levels by name, such as {@code checks: write}. Every app reads metadata.
 *
 * @param levels read, write or admin by name of the permission
 */
record Permissions(Map<String, String> levels) {

    /** How much is asked for. */
    enum Level {
        READ,
        WRITE;

        boolean in(String granted) {
            return "write".equals(granted) || "admin".equals(granted) || this == READ && "read".equals(granted);
        }
    }

    Permissions {
        Map<String, String> all = new TreeMap<>(levels);
        all.putIfAbsent("metadata", "read");
        levels = Map.copyOf(all);
    }

    boolean allow(String permission, Level level) {
        return level.in(levels.get(permission));
    }

    boolean include(Permissions others) {
        return others.levels.entrySet().stream()
                .allMatch(other -> allow(other.getKey(), other.getValue().equals("read") ? Level.READ : Level.WRITE));
    }
}

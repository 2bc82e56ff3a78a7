package io.jenkins.plugins.scmchecks.engine.finding;

import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a team wants to hear of: files that are left out, rules that are off, rules that weigh more or less. */
public final class Selection {

    /** Everything, as it is found. */
    public static final Selection EVERYTHING = new Selection(List.of(), Map.of());

    private final List<PathMatcher> exclude = new ArrayList<>();
    private final Map<String, Optional<Severity>> rules;

    /**
     * @param exclude globs of paths from the root, as in {@code test/fixtures/**}; one without a {@code /} matches the
     *     file's name in any folder
     * @param rules by id: their severity from now on, or empty for a rule that is off
     * @throws IllegalArgumentException when a glob is not one; the message names it
     */
    public Selection(List<String> exclude, Map<String, Optional<Severity>> rules) {
        for (String glob : exclude) {
            try {
                this.exclude.add(matcher(glob));
                if (glob.startsWith("**/")) {
                    this.exclude.add(matcher(glob.substring(3)));
                } else if (!glob.contains("/")) {
                    this.exclude.add(matcher("**/" + glob));
                }
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("'" + glob + "' is not a glob: " + e.getMessage(), e);
            }
        }
        this.rules = Map.copyOf(rules);
    }

    private static PathMatcher matcher(String glob) {
        return FileSystems.getDefault().getPathMatcher("glob:" + glob);
    }

    /** {@return whether the file is looked at} */
    public boolean includes(String path) {
        if (exclude.isEmpty()) {
            return true;
        }
        try {
            Path file = Path.of(path);
            return exclude.stream().noneMatch(m -> m.matches(file));
        } catch (InvalidPathException e) {
            return true;
        }
    }

    /** {@return the finding as the team wants it, or empty when it does not} */
    public Optional<Finding> apply(Finding finding) {
        if (!includes(finding.location().path())) {
            return Optional.empty();
        }
        Optional<Severity> severity = rules.get(finding.rule().id());
        if (severity == null) {
            return Optional.of(finding);
        }
        return severity.map(finding::withSeverity);
    }
}

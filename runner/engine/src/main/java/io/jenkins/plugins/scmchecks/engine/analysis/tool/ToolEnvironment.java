package io.jenkins.plugins.scmchecks.engine.analysis.tool;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a tool gets to see of this process: where programs are, and variables without secrets. */
final class ToolEnvironment {

    /** Any of these in a variable's name, and no tool gets it. */
    private static final Pattern SECRET = Pattern.compile(
            "(?i)^SCM_CHECKS_.*|.*(TOKEN|SECRET|PASSW|PASSPHRASE|CREDENTIAL|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY|AUTH).*");

    /** All that a tool gets to see which looks at a stranger's files. */
    private static final Set<String> HARMLESS = Set.of(
            "PATH", "HOME", "LANG", "LANGUAGE", "TMPDIR", "TEMP", "TMP", "TZ", "USER", "LOGNAME", "JAVA_HOME", "SYSTEMROOT",
            "SYSTEMDRIVE", "COMSPEC", "PATHEXT", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "PROGRAMDATA", "WINDIR",
            "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME");

    /** Where a team keeps tools that it pins itself. */
    private static final List<String> LOCAL = List.of("node_modules/.bin", "vendor/bin", ".venv/bin", ".venv/Scripts");

    private final Map<String, String> variables;
    private final Path root;
    private final boolean trusted;

    /**
     * @param variables of this process
     * @param root the directory that is analysed
     * @param trusted whether programs in that directory may be run
     */
    ToolEnvironment(Map<String, String> variables, Path root, boolean trusted) {
        this.variables = variables;
        this.root = root;
        this.trusted = trusted;
    }

    /** Finds a program on the path; one in the analysed directory is found for a trusted change only. */
    Optional<Path> find(String program) {
        if (program.contains("/") || program.contains("\\")) {
            Path path = root.resolve(program).normalize();
            return (trusted || !path.startsWith(root)) && Files.isExecutable(path) ? Optional.of(path) : Optional.empty();
        }
        for (Path directory : directories()) {
            for (String suffix : isWindows() ? List.of(".exe", ".cmd", ".bat") : List.of("")) {
                Path candidate = directory.resolve(program + suffix);
                if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
                    return Optional.of(candidate);
                }
            }
        }
        return Optional.empty();
    }

    /** Leaves in a tool's environment what it may see. */
    void apply(Map<String, String> environment) {
        environment.clear();
        variables.forEach((name, value) -> {
            String upper = name.toUpperCase(Locale.ROOT);
            boolean allowed = trusted || HARMLESS.contains(upper) || upper.startsWith("LC_");
            if (allowed && !SECRET.matcher(name).matches()) {
                environment.put(name, value);
            }
        });
        String path = String.join(File.pathSeparator, directories().stream().map(Path::toString).toList());
        environment.keySet().removeIf(n -> n.equalsIgnoreCase("PATH"));
        environment.put("PATH", path);
    }

    private List<Path> directories() {
        List<Path> directories = new ArrayList<>();
        if (trusted) {
            LOCAL.forEach(l -> directories.add(root.resolve(l)));
        }
        String path = variables.entrySet().stream()
                .filter(e -> e.getKey().equalsIgnoreCase("PATH"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
        for (String entry : path.split(Pattern.quote(File.pathSeparator))) {
            try {
                Path directory = Path.of(entry);
                // A relative entry means the working directory, which is what is being analysed.
                if (!entry.isEmpty() && directory.isAbsolute() && (trusted || !directory.normalize().startsWith(root))) {
                    directories.add(directory);
                }
            } catch (InvalidPathException e) {
                continue;
            }
        }
        return directories;
    }

    static boolean isWindows() {
        return File.separatorChar == '\\';
    }
}

package io.jenkins.plugins.scmchecks.engine.analysis.policy.kubernetes;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The helm program.
 *
 * @param program its path, or null when there is none
 * @param limit how long it may take for one chart
 */
record Helm(Path program, Duration limit) {

    private static final int MAX_OUTPUT = 20_000_000;

    /** {@return helm as it is found in {@code PATH}} */
    static Helm onPath() {
        String path = System.getenv("PATH");
        for (String folder : path == null ? new String[0] : path.split(File.pathSeparator)) {
            for (String name : List.of("helm", "helm.exe")) {
                Path program = folder.isEmpty() ? null : Path.of(folder, name);
                if (program != null && Files.isExecutable(program)) {
                    return new Helm(program, Duration.ofSeconds(60));
                }
            }
        }
        return new Helm(null, Duration.ZERO);
    }

    boolean isThere() {
        return program != null;
    }

    /**
     * Renders a chart with its own default values.
     *
     * @return the manifests, or empty when helm fails, takes too long or writes too much
     */
    Optional<String> template(Path chart) throws InterruptedException {
        Path output = null;
        Process process = null;
        try {
            output = Files.createTempFile("scm-checks-helm", ".yaml");
            process = new ProcessBuilder(program.toString(), "template", "scm-checks", chart.toString())
                    .redirectOutput(output.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended || process.exitValue() != 0 || Files.size(output) > MAX_OUTPUT) {
                return Optional.empty();
            }
            try (InputStream in = Files.newInputStream(output)) {
                return Optional.of(new String(in.readNBytes(MAX_OUTPUT), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            return Optional.empty();
        } finally {
            if (process != null) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
            delete(output);
        }
    }

    private static void delete(Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // A file in the temporary folder that stays behind harms nobody.
            file.toFile().deleteOnExit();
        }
    }
}

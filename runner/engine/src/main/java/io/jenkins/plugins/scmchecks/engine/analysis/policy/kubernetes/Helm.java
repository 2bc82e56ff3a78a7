package io.jenkins.plugins.scmchecks.engine.analysis.policy.kubernetes;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The helm program.
 *
 * @param program its path, or null when there is none
 * @param limit how long it may take for one chart
 */
record Helm(Path program, Duration limit) {

    private static final int MAX_OUTPUT = 20_000_000;
    private static final int MAX_PROBLEM = 300;

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
     * What became of a chart.
     *
     * @param manifests or null when there are none
     * @param problem in helm's words or ours, or null
     */
    record Outcome(String manifests, String problem) {}

    /** Renders a chart with its own default values. */
    Outcome template(Path chart) throws InterruptedException {
        Path output = null;
        Path errors = null;
        Process process = null;
        try {
            output = Files.createTempFile("scm-checks-helm", ".yaml");
            errors = Files.createTempFile("scm-checks-helm", ".txt");
            process = new ProcessBuilder(program.toString(), "template", "scm-checks", chart.toString())
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile())
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return new Outcome(null, "it took longer than " + limit.toMillis() + " ms");
            }
            if (process.exitValue() != 0) {
                return new Outcome(null, read(errors, MAX_PROBLEM).strip().replaceAll("\\s+", " "));
            }
            return Files.size(output) > MAX_OUTPUT
                    ? new Outcome(null, "the manifests have more than " + MAX_OUTPUT + " bytes")
                    : new Outcome(read(output, MAX_OUTPUT), null);
        } catch (IOException e) {
            return new Outcome(null, String.valueOf(e.getMessage()));
        } finally {
            if (process != null) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
            delete(output);
            delete(errors);
        }
    }

    private static String read(Path file, int bytes) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(bytes), StandardCharsets.UTF_8);
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

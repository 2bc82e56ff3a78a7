package io.jenkins.plugins.scmchecks.cli.demo;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A real Jenkins with the plugin in it, started by the hpi plugin in a process of its own and configured as code. */
final class RealJenkins implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(8);

    private final Path home;
    private final int port;
    private final Path log;
    private Process process;

    /** @param directory for Jenkins' home and its log */
    RealJenkins(Path directory) throws IOException {
        this.home = Files.createDirectories(directory.resolve("jenkins"));
        this.log = directory.resolve("jenkins.log");
        try (ServerSocket free = new ServerSocket(0)) {
            this.port = free.getLocalPort();
        }
    }

    String url() {
        return "http://127.0.0.1:" + port + "/jenkins/";
    }

    URI webhookAddress() {
        return URI.create(url() + "scm-checks/webhooks/acme");
    }

    /**
     * Writes what Jenkins starts with.
     *
     * @param configuration as code, YAML
     * @param job the configuration of the job {@code shop}, XML
     */
    void configure(String configuration, String job) throws IOException {
        Files.writeString(home.resolve("jenkins.yaml"), configuration.replace("@JENKINS_URL@", url()));
        Path folder = Files.createDirectories(home.resolve("jobs").resolve("shop"));
        Files.writeString(folder.resolve("config.xml"), job);
    }

    /**
     * Starts Jenkins and waits until it is up.
     *
     * @param maven the program, 3.9.6 or newer
     * @throws IOException when it ends or does not come up in time; the message tells where its log is
     */
    void start(Path maven) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                maven.toString(),
                "-B",
                "-ntp",
                "hpi:run",
                "-Dport=" + port,
                "-Dhost=127.0.0.1",
                "-DjenkinsHome=" + home,
                "-Dhudson.model.UpdateCenter.never=true"));
        builder.environment().put("CASC_JENKINS_CONFIG", home.resolve("jenkins.yaml").toString());
        builder.redirectErrorStream(true).redirectOutput(log.toFile());
        process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
        Instant end = Instant.now().plus(PATIENCE);
        while (!isUp()) {
            if (!process.isAlive() || Instant.now().isAfter(end)) {
                throw new IOException("Jenkins did not come up; its log ends with\n" + tail());
            }
            Thread.sleep(1_000);
        }
    }

    private boolean isUp() {
        HttpRequest login = HttpRequest.newBuilder(URI.create(url() + "login"))
                .timeout(Duration.ofSeconds(10))
                .build();
        try {
            return HttpClient.newHttpClient()
                            .send(login, HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private String tail() throws IOException {
        List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
    }

    /** Ends Jenkins and whatever it started: Maven forks a process for it. */
    @Override
    public void close() {
        if (process != null) {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            try {
                for (ProcessHandle child : process.descendants().toList()) {
                    child.destroyForcibly();
                }
                process.waitFor();
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }
}

package io.jenkins.plugins.scmchecks.cli.demo;

import io.jenkins.plugins.scmchecks.engine.scm.Integration;
import io.jenkins.plugins.scmchecks.engine.scm.ProviderKind;
import io.jenkins.plugins.scmchecks.engine.scm.ScmCredential;
import io.jenkins.plugins.scmchecks.engine.webhook.WebhookTrust;
import io.jenkins.plugins.scmchecks.forge.Forge;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.UUID;

/** The demo: a forge, a pull request on it, and the way from its webhook to the answer. */
public final class Demo {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final PrintWriter out;

    /** @param out takes what happened, step by step */
    public Demo(PrintWriter out) {
        this.out = out;
    }

    /**
     * @param port of the forge; 0 for a free one
     * @param once whether to end by itself instead of waiting for Ctrl-C
     * @param maven to start a real Jenkins with, from the plugin's directory; null to do without Jenkins
     * @throws IOException when something that must be seen was not
     */
    public void run(int port, boolean once, Path maven) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("scm-checks-demo");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory)));
        try (Forge forge = Forge.start(port)) {
            say("the forge is up at " + forge.url());
            Story story = new Story(forge, this::say);
            if (maven == null) {
                try (WebhookRunner runner = runner(forge, story, directory)) {
                    runner.start();
                    story.deliverTo(runner.address());
                    tell(story);
                    stay(once, "Look at the pull request: " + story.page());
                }
            } else {
                try (RealJenkins jenkins = new RealJenkins(directory)) {
                    start(jenkins, forge, story, maven);
                    tell(story);
                    stay(once, "Look at the pull request: " + story.page() + "\nand at Jenkins:           " + jenkins.url());
                }
            }
        }
    }

    private static void tell(Story story) throws IOException, InterruptedException {
        story.open(PATIENCE);
        story.push(PATIENCE);
    }

    private WebhookRunner runner(Forge forge, Story story, Path directory) throws IOException {
        Integration integration = new Integration(
                "acme",
                ProviderKind.GITHUB,
                URI.create(forge.apiUrl()),
                "acme",
                new ScmCredential.AppKey(Long.toString(story.app().id()), story.app().privateKeyPkcs8()),
                new WebhookTrust.SharedSecret(Story.SECRET));
        return new WebhookRunner(integration, forge.cloneUrl(story.repository()), directory, this::say);
    }

    private void start(RealJenkins jenkins, Forge forge, Story story, Path maven)
            throws IOException, InterruptedException {
        String password = UUID.randomUUID().toString();
        jenkins.configure(
                resource("jenkins/jenkins.yaml")
                        .replace("@ADMIN_PASSWORD@", password)
                        .replace("@APP_ID@", Long.toString(story.app().id()))
                        .replace("@APP_KEY@", story.app().privateKeyPkcs8().replace("\n", "\\n"))
                        .replace("@WEBHOOK_SECRET@", Story.SECRET)
                        .replace("@API_URL@", forge.apiUrl()),
                resource("jenkins/job.xml"));
        say("starting a real Jenkins with the plugin, configured as code; this takes a minute or two");
        jenkins.start(maven);
        say("Jenkins is up at " + jenkins.url() + " (admin, password " + password + ")");
        story.deliverTo(jenkins.webhookAddress());
    }

    private void stay(boolean once, String invitation) throws InterruptedException {
        say("all of it was seen");
        if (!once) {
            out.println("\n" + invitation + "\nCtrl-C ends the demo.");
            out.flush();
            Thread.sleep(Long.MAX_VALUE);
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Demo.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private synchronized void say(String what) {
        out.println("• " + what);
        out.flush();
    }

    private static void delete(Path directory) {
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
                    Files.delete(folder);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            // A temporary directory that stays is the system's to clean.
        }
    }
}

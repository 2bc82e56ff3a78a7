package io.jenkins.plugins.scmchecks.cli.demo;

import io.jenkins.plugins.scmchecks.engine.scm.Integration;
import io.jenkins.plugins.scmchecks.engine.scm.ProviderKind;
import io.jenkins.plugins.scmchecks.engine.scm.ScmCredential;
import io.jenkins.plugins.scmchecks.engine.webhook.WebhookTrust;
import io.jenkins.plugins.scmchecks.forge.Forge;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;

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
     * @throws IOException when something that must be seen was not
     */
    public void run(int port, boolean once) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("scm-checks-demo");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory)));
        try (Forge forge = Forge.start(port)) {
            say("the forge is up at " + forge.url());
            Story story = new Story(forge, this::say);
            Integration integration = new Integration(
                    "acme",
                    ProviderKind.GITHUB,
                    URI.create(forge.apiUrl()),
                    "acme",
                    new ScmCredential.AppKey(Long.toString(story.app().id()), story.app().privateKeyPkcs8()),
                    new WebhookTrust.SharedSecret(Story.SECRET));
            try (WebhookRunner runner =
                    new WebhookRunner(integration, forge.cloneUrl(story.repository()), directory, this::say)) {
                runner.start();
                story.deliverTo(runner.address());
                story.open(PATIENCE);
                story.push(PATIENCE);
                say("all of it was seen");
                if (!once) {
                    out.println("\nLook at the pull request: " + story.page() + "\nCtrl-C ends the demo.");
                    out.flush();
                    Thread.sleep(Long.MAX_VALUE);
                }
            }
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

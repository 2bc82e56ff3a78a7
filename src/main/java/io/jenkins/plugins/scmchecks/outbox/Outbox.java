package io.jenkins.plugins.scmchecks.outbox;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.scmchecks.engine.publish.PublishOutcome;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * The answers that providers are owed, one small file each under {@code $JENKINS_HOME/scm-checks/outbox/}. A build puts
 * one here before it says that a check runs and takes it away when the provider has been told how it ended; what is
 * left, because the provider was down, the build was killed or Jenkins was, is seen to by {@link LateAnswers}.
 */
@Extension
public final class Outbox {

    /** For people, where a build could not tell the provider. */
    public static final String TRIED_AGAIN = "it is tried again for a day, whatever becomes of the build";

    private static final Logger LOGGER = Logger.getLogger(Outbox.class.getName());
    private static final ObjectMapper JSON =
            new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);
    private static final String SUFFIX = ".json";

    private final Path folder = Jenkins.get().getRootDir().toPath().resolve("scm-checks").resolve("outbox");
    private final Map<String, OwedAnswer> owed = new ConcurrentHashMap<>();

    /** Reads what an earlier Jenkins left. */
    public Outbox() {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            files.forEach(this::read);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "The answers in " + folder + " cannot be read", e);
        }
    }

    public static Outbox get() {
        return ExtensionList.lookupSingleton(Outbox.class);
    }

    /** Keeps an answer that a build has begun to owe. */
    public void begin(OwedAnswer answer) {
        owed.compute(answer.id(), (id, before) -> write(answer));
    }

    /**
     * Notes what came of telling the provider.
     *
     * @return whether it is tried again later
     */
    public boolean settle(OwedAnswer answer, PublishOutcome outcome) {
        return outcome.retryAfter()
                .map(wait -> later(answer, Instant.now(), wait))
                .orElseGet(() -> {
                    drop(answer);
                    return false;
                });
    }

    /**
     * Keeps an answer for another try, unless its time has passed or a newer one has taken its place.
     *
     * @param asked how long the provider asked to wait; zero when it did not say
     * @return whether it is tried again
     */
    public boolean later(OwedAnswer answer, Instant now, Duration asked) {
        OwedAnswer next = answer.failed(now, asked);
        if (next.isGivenUp()) {
            drop(answer);
            return false;
        }
        return owed.compute(answer.id(), (id, before) -> isOthers(before, answer) ? before : write(next)) == next;
    }

    /** Forgets an answer, unless a newer build owes it now. */
    public void drop(OwedAnswer answer) {
        owed.computeIfPresent(answer.id(), (id, before) -> {
            if (isOthers(before, answer)) {
                return before;
            }
            try {
                Files.deleteIfExists(file(id));
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, "An answer that was given cannot be removed from " + folder, e);
            }
            return null;
        });
    }

    /** {@return all that is owed, those of running builds among them} */
    List<OwedAnswer> all() {
        return List.copyOf(owed.values());
    }

    private static boolean isOthers(OwedAnswer present, OwedAnswer mine) {
        return present != null && !Objects.equals(present.run(), mine.run());
    }

    /** One that cannot be written is still kept until Jenkins stops. */
    private OwedAnswer write(OwedAnswer answer) {
        try {
            Files.createDirectories(folder);
            Path part = Files.createTempFile(folder, answer.id(), ".part");
            Files.write(part, JSON.writeValueAsBytes(answer));
            Files.move(part, file(answer.id()), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "An answer cannot be kept in " + folder + ": a restart would lose it", e);
        }
        return answer;
    }

    private void read(Path file) {
        try {
            OwedAnswer answer = JSON.readValue(Files.readAllBytes(file), OwedAnswer.class);
            owed.put(answer.id(), answer);
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, file + " is not an answer that is owed, and is left alone: " + e.getMessage());
        }
    }

    private Path file(String id) {
        return folder.resolve(id + SUFFIX);
    }
}

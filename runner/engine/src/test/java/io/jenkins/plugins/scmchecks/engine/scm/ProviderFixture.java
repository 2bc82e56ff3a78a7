package io.jenkins.plugins.scmchecks.engine.scm;

import io.jenkins.plugins.scmchecks.engine.webhook.Delivery;
import io.jenkins.plugins.scmchecks.engine.webhook.ScmEvent;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** A provider's strict fake with one organization and one repository in it, for {@link ProviderContract}. */
public interface ProviderFixture extends AutoCloseable {

    /**
     * What a person would see on a pull request's page.
     *
     * @param check {@code success}, {@code failure} or {@code pending} of our check on the pull request's head, or null
     * @param annotations how many the check has
     * @param openThreads our inline threads that stand open, each as {@code path:line}
     * @param resolvedThreads how many of our inline threads are resolved
     * @param summaries the bodies of our comments on the pull request as a whole
     */
    record Page(
            String check, int annotations, List<String> openThreads, int resolvedThreads, List<String> summaries) {}

    ScmProvider provider();

    /** {@return a connection whose credential may do everything that we need} */
    Integration integration();

    /** {@return the same with a credential that the provider does not know, or no longer} */
    Integration withRevokedCredential();

    /** {@return the text that must never be seen in a message or a log: the credential's secret} */
    String secret();

    /** {@return a repository whose branch {@code main} has {@code README.md} and {@code app/main.txt}} */
    RepositoryPath repository();

    void addRepositories(int count);

    /** {@return whether the provider can list the folders of a repository} */
    default boolean hasFolders() {
        return true;
    }

    /**
     * Opens a pull request to {@code main} that adds one file.
     *
     * @param lines how many the file has
     * @param fork whether the source branch is in a fork
     * @return its number
     */
    long openPullRequest(String path, int lines, boolean fork);

    /** Pushes a further commit, which makes the file that long. */
    void push(long pullRequest, String path, int lines);

    Page page(long pullRequest);

    /** {@return how many requests that change something were made since the last call} */
    int writes();

    /** From now on every request is refused as too many, with that Retry-After; zero ends it. */
    void limitRate(Duration retryAfter);

    /** The next requests that change something end with that status. */
    void failWrites(int status, int times);

    /** {@return the types of events that this provider can tell of} */
    Set<ScmEvent.Type> eventTypes();

    /** {@return a delivery as the provider itself sends it, signed for {@link #integration}} */
    Delivery deliver(ScmEvent.Type type);

    /** Registers somebody else's webhook on the repository. */
    void addForeignWebhook(String address);

    /** {@return the addresses of all webhooks on the repository} */
    List<String> webhooks();

    @Override
    void close();
}

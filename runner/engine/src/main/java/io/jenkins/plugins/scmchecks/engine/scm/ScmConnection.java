package io.jenkins.plugins.scmchecks.engine.scm;

import io.jenkins.plugins.scmchecks.engine.change.ChangeSet;
import io.jenkins.plugins.scmchecks.engine.publish.Publisher;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A connection to one integration. Thread-safe. Every method that talks to the provider throws {@link ScmException},
 * never hangs (all requests have time limits) and never waits for a rate limit by itself: that is the caller's choice.
 */
public interface ScmConnection extends AutoCloseable {

    Integration integration();

    /** {@return what can be done here with this credential} */
    Set<Capability> capabilities();

    /** Looks at the account, permissions and repositories. Never throws: what went wrong is in the report. */
    ConnectionReport test();

    /** Gives every repository that the credential may see in the organization, page by page as they arrive. */
    void repositories(Consumer<RepositoryInfo> each) throws ScmException;

    RepositoryInfo repository(RepositoryPath repository) throws ScmException;

    /** {@return the names of the branches, without {@code refs/heads/}} */
    List<String> branches(RepositoryPath repository) throws ScmException;

    /** {@return the names of the folders right below {@code folder} ("" is the root) in a branch, tag or commit} */
    List<String> folders(RepositoryPath repository, String ref, String folder) throws ScmException;

    PullRequest pullRequest(RepositoryPath repository, long number) throws ScmException;

    /**
     * What a pull request changes as the provider tells it: the last resort where git cannot say, since providers
     * truncate large diffs.
     */
    ChangeSet changes(RepositoryPath repository, PullRequest pullRequest) throws ScmException;

    /** {@return where reports are published} */
    Publisher publisher();

    /** {@return the webhooks of this integration} */
    Webhooks webhooks();

    @Override
    void close();

    /** Our own webhooks at the provider. Others' hooks are never touched: ours are known by their address. */
    interface Webhooks {

        /**
         * What a hook's registration is like.
         *
         * @param scope the repository, or the organization when the hook is for all of it
         * @param id at the provider
         * @param active whether the provider still delivers to it
         * @param problem what is wrong with it, such as missing events, or empty
         */
        record Hook(String scope, String id, boolean active, String problem) {}

        /** {@return our hooks that deliver to {@code address}} */
        List<Hook> find(RepositoryPath repository, URI address) throws ScmException;

        /** Makes the hook, or repairs the one that is there; done twice it changes nothing. */
        Hook ensure(RepositoryPath repository, URI address) throws ScmException;

        /** Removes our hooks that deliver to {@code address}; {@return how many there were}. */
        int remove(RepositoryPath repository, URI address) throws ScmException;
    }
}

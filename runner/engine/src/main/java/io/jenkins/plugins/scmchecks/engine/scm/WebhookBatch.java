package io.jenkins.plugins.scmchecks.engine.scm;

import io.jenkins.plugins.scmchecks.engine.scm.ScmConnection.Webhooks;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException.Reason;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Registers or removes our webhooks on some repositories, one after the other. A repository that fails does not keep
 * the others from being done, unless they would fail for the same reason; what a rate limit or an outage interrupts
 * goes on where it stopped. Nothing here waits: whoever runs it again does. Not thread-safe.
 */
public final class WebhookBatch {

    /** What is done to each repository. */
    public enum Action {
        REGISTER,
        REMOVE
    }

    /**
     * What became of one repository.
     *
     * @param problem whether somebody has to look at it
     * @param text for people, without the repository's name
     */
    public record Result(RepositoryPath repository, boolean problem, String text) {}

    /** So often in a row without one repository done; then the rest is told as a problem. */
    static final int MOST_ATTEMPTS = 8;

    /** Where the provider does not say how long; doubled each time. */
    static final Duration FIRST_WAIT = Duration.ofMinutes(1);

    private final Action action;
    private final URI address;
    private final Queue<RepositoryPath> left;
    private int attempts;

    /** @param address of our webhooks */
    public WebhookBatch(Action action, URI address, Collection<RepositoryPath> repositories) {
        this.action = action;
        this.address = address;
        this.left = new ArrayDeque<>(repositories);
    }

    /** {@return how many repositories are not done} */
    public int left() {
        return left.size();
    }

    /**
     * Does as many as it can.
     *
     * @param webhooks of the integration, of a connection that may be another one each time
     * @param each is told of every repository that is done or given up
     * @return how long to wait before this is worth calling again; empty when there is nothing left
     */
    public Optional<Duration> run(Webhooks webhooks, Consumer<Result> each) {
        while (!left.isEmpty()) {
            RepositoryPath repository = left.element();
            try {
                each.accept(act(webhooks, repository));
                attempts = 0;
            } catch (ScmException e) {
                if (e.isTransient() && ++attempts < MOST_ATTEMPTS) {
                    return Optional.of(wait(e));
                }
                each.accept(new Result(repository, true, e.getMessage()));
                if (e.isTransient() || e.reason() == Reason.UNAUTHORIZED) {
                    left.remove();
                    left.forEach(other -> each.accept(new Result(other, true, "not tried, for the same reason")));
                    left.clear();
                    return Optional.empty();
                }
            }
            left.remove();
        }
        return Optional.empty();
    }

    private Duration wait(ScmException e) {
        Duration own = FIRST_WAIT.multipliedBy(1L << (attempts - 1));
        return e.retryAfter().isZero() ? own : e.retryAfter();
    }

    private Result act(Webhooks webhooks, RepositoryPath repository) throws ScmException {
        return switch (action) {
            case REGISTER -> {
                Webhooks.Hook hook = webhooks.ensure(repository, address);
                String problem = hook.problem().isEmpty() && !hook.active() ? "it is switched off" : hook.problem();
                yield new Result(repository, !problem.isEmpty(), problem.isEmpty() ? "registered" : problem);
            }
            case REMOVE -> {
                int removed = webhooks.remove(repository, address);
                yield new Result(repository, false, removed == 0 ? "there was none of ours" : "removed");
            }
        };
    }
}

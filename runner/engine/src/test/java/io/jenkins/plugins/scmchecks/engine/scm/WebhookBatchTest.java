package io.jenkins.plugins.scmchecks.engine.scm;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.scmchecks.engine.scm.ScmConnection.Webhooks;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException.Reason;
import io.jenkins.plugins.scmchecks.engine.scm.WebhookBatch.Action;
import io.jenkins.plugins.scmchecks.engine.scm.WebhookBatch.Result;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WebhookBatchTest {

    private static final RepositoryPath ONE = new RepositoryPath("acme/one");
    private static final RepositoryPath TWO = new RepositoryPath("acme/two");
    private static final RepositoryPath THREE = new RepositoryPath("acme/three");
    private static final URI ADDRESS = URI.create("https://jenkins.example/scm-checks/webhooks/acme");

    private final FakeWebhooks webhooks = new FakeWebhooks();
    private final List<Result> results = new ArrayList<>();

    @Test
    void shouldGoOnWhereARateLimitStoppedIt() {
        // Given
        WebhookBatch batch = createBatch(Action.REGISTER);
        webhooks.failures.put(TWO, createFailure(Reason.RATE_LIMITED, Duration.ofSeconds(90)));

        // When, Then
        assertThat(batch.run(webhooks, results::add)).contains(Duration.ofSeconds(90));
        assertThat(batch.left()).isEqualTo(2);
        webhooks.failures.clear();
        assertThat(batch.run(webhooks, results::add)).isEmpty();
        assertThat(webhooks.registered).containsExactly(ONE, TWO, THREE);
        assertThat(results).extracting(Result::text).containsExactly("registered", "registered", "registered");
    }

    @Test
    void shouldWaitLongerEachTimeAndGiveUpAtLast() {
        // Given
        WebhookBatch batch = createBatch(Action.REGISTER);
        webhooks.failures.put(ONE, createFailure(Reason.UNAVAILABLE, Duration.ZERO));

        // When
        List<Duration> waits = new ArrayList<>();
        batch.run(webhooks, results::add).ifPresent(waits::add);
        while (batch.left() > 0) {
            batch.run(webhooks, results::add).ifPresent(waits::add);
        }

        // Then
        assertThat(waits).hasSize(WebhookBatch.MOST_ATTEMPTS - 1).isSorted()
                .startsWith(WebhookBatch.FIRST_WAIT, WebhookBatch.FIRST_WAIT.multipliedBy(2));
        assertThat(results).extracting(Result::repository).containsExactly(ONE, TWO, THREE);
        assertThat(results).allMatch(Result::problem);
    }

    @Test
    void shouldNotBeKeptFromTheOthersByOneRepository() {
        WebhookBatch batch = createBatch(Action.REGISTER);
        webhooks.failures.put(ONE, createFailure(Reason.FORBIDDEN, Duration.ZERO));

        assertThat(batch.run(webhooks, results::add)).isEmpty();

        assertThat(webhooks.registered).containsExactly(TWO, THREE);
        assertThat(results.get(0)).isEqualTo(new Result(ONE, true, "no"));
    }

    @Test
    void shouldTryNoOtherWithACredentialThatIsRefused() {
        WebhookBatch batch = createBatch(Action.REMOVE);
        webhooks.failures.put(ONE, createFailure(Reason.UNAUTHORIZED, Duration.ZERO));

        assertThat(batch.run(webhooks, results::add)).isEmpty();

        assertThat(webhooks.removed).isEmpty();
        assertThat(results).hasSize(3).allMatch(Result::problem);
    }

    @Test
    void shouldSayWhatIsWrongWithAHookAndWhatWasRemoved() {
        webhooks.problem = "events are missing: push";
        createBatch(Action.REGISTER).run(webhooks, results::add);
        createBatch(Action.REMOVE).run(webhooks, results::add);

        assertThat(results.get(0)).isEqualTo(new Result(ONE, true, "events are missing: push"));
        assertThat(results.get(3)).isEqualTo(new Result(ONE, false, "removed"));
    }

    private static WebhookBatch createBatch(Action action) {
        return new WebhookBatch(action, ADDRESS, List.of(ONE, TWO, THREE));
    }

    private static ScmException createFailure(Reason reason, Duration retryAfter) {
        return new ScmException(reason, "no", retryAfter, null);
    }

    private static final class FakeWebhooks implements Webhooks {

        private final Map<RepositoryPath, ScmException> failures = new HashMap<>();
        private final List<RepositoryPath> registered = new ArrayList<>();
        private final List<RepositoryPath> removed = new ArrayList<>();
        private String problem = "";

        @Override
        public List<Hook> find(RepositoryPath repository, URI address) {
            return List.of();
        }

        @Override
        public Hook ensure(RepositoryPath repository, URI address) throws ScmException {
            fail(repository);
            registered.add(repository);
            return new Hook(repository.value(), "1", true, problem);
        }

        @Override
        public int remove(RepositoryPath repository, URI address) throws ScmException {
            fail(repository);
            removed.add(repository);
            return 1;
        }

        private void fail(RepositoryPath repository) throws ScmException {
            if (failures.containsKey(repository)) {
                throw failures.get(repository);
            }
        }
    }
}

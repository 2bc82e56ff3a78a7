package io.jenkins.plugins.scmchecks.engine.scm.bitbucket;

import io.jenkins.plugins.scmchecks.engine.scm.ProviderFixture;
import io.jenkins.plugins.scmchecks.engine.scm.RepositoryPath;
import io.jenkins.plugins.scmchecks.engine.webhook.Delivery;
import io.jenkins.plugins.scmchecks.engine.webhook.ScmEvent;
import io.jenkins.plugins.scmchecks.forge.Forge;
import io.jenkins.plugins.scmchecks.forge.http.Fault;
import io.jenkins.plugins.scmchecks.forge.http.RequestMatcher;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.Check;
import io.jenkins.plugins.scmchecks.forge.model.Comment;
import io.jenkins.plugins.scmchecks.forge.model.CommitStatus;
import io.jenkins.plugins.scmchecks.forge.model.PullRequest;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import io.jenkins.plugins.scmchecks.forge.model.ReviewThread;
import io.jenkins.plugins.scmchecks.forge.webhook.HookDelivery;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A forge with an organization and a repository in it, for both Bitbuckets. */
abstract class BitbucketFixture implements ProviderFixture {

    static final String SECRET = "webhook-secret";

    /** Nobody listens there: the forge keeps what it tried to deliver. */
    static final String NOBODY = "http://127.0.0.1:1/hook";

    private static final String TOPIC = "topic";

    final Forge forge = Forge.start();
    final Account acme = forge.organization("acme");
    final Account alice = forge.user("alice");
    final Repo repo = forge.repository(acme, "shop");
    private boolean listens;

    BitbucketFixture() {
        acme.member(alice, Account.Role.ADMIN);
        repo.commit("main", "Start", Map.of("README.md", "# Shop\n", "app/main.txt", "x\n"));
        forge.resetRequests();
    }

    static String lines(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());
    }

    @Override
    public RepositoryPath repository() {
        return new RepositoryPath("acme/shop");
    }

    @Override
    public void addRepositories(int count) {
        for (int i = 0; i < count; i++) {
            forge.repository(acme, "r" + i);
        }
    }

    @Override
    public long openPullRequest(String path, int lines, boolean fork) {
        Repo source = fork ? repo.fork(forge.user("stranger")) : repo;
        source.commit(TOPIC, "Add", Map.of(path, lines(lines)));
        return repo.openPullRequest("Add", "", source, TOPIC, "main", alice).number();
    }

    @Override
    public void push(long pullRequest, String path, int lines) {
        repo.commit(TOPIC, "More", Map.of(path, lines(lines)));
    }

    PullRequest pull(long number) {
        return repo.pullRequest((int) number).orElseThrow();
    }

    /** The build status gates a merge, and the report shows why: both have to say the same. */
    @Override
    public Page page(long number) {
        PullRequest pull = pull(number);
        Check check = last(repo.checks(pull.headSha()));
        CommitStatus status =
                last(repo.statuses().stream().filter(s -> s.sha().equals(pull.headSha())).toList());
        String state = status == null ? null : switch (status.state()) {
            case "SUCCESSFUL" -> "success";
            case "FAILED" -> "failure";
            default -> "pending";
        };
        String report = check == null ? null : check.conclusion() == null ? "pending" : check.conclusion();
        return new Page(
                state != null && state.equals(report) ? state : report + "/" + state,
                check == null ? 0 : check.annotations().size(),
                pull.threads().stream()
                        .filter(t -> !t.resolved())
                        .map(t -> t.original().path() + ":" + t.original().line())
                        .toList(),
                (int) pull.threads().stream().filter(ReviewThread::resolved).count(),
                pull.comments().stream().map(Comment::body).toList());
    }

    private static <T> T last(List<T> all) {
        return all.isEmpty() ? null : all.get(all.size() - 1);
    }

    @Override
    public int writes() {
        int writes = forge.writes().size();
        forge.resetRequests();
        return writes;
    }

    @Override
    public void limitRate(Duration retryAfter) {
        forge.heal();
        if (!retryAfter.isZero()) {
            forge.fail(RequestMatcher.any(), Fault.retryAfter(429, retryAfter), Integer.MAX_VALUE);
        }
    }

    @Override
    public void failWrites(int status, int times) {
        forge.fail((method, path) -> !method.equals("GET") && !path.contains(".git/"), Fault.status(status), times);
    }

    @Override
    public Delivery deliver(ScmEvent.Type type) {
        if (!listens) {
            listen();
            listens = true;
        }
        forge.awaitDeliveries();
        int before = forge.deliveries().size();
        cause(type);
        String event = eventName(type);
        HookDelivery sent = forge.awaitDeliveries().stream()
                .skip(before)
                .filter(d -> d.event().equals(event))
                .reduce((first, second) -> second)
                .orElseThrow(() -> new AssertionError("the forge told nothing of " + type));
        return new Delivery("acme", sent.headers(), sent.body(), sent.at());
    }

    /** Makes a webhook to {@link #NOBODY} with {@link #SECRET}. */
    abstract void listen();

    /** {@return the provider's name of the event} */
    abstract String eventName(ScmEvent.Type type);

    /** Makes the provider try the webhook. */
    abstract void ping();

    private void cause(ScmEvent.Type type) {
        String main = repo.sha("main");
        String name = "n" + forge.deliveries().size();
        switch (type) {
            case PUSH -> repo.commit("main", "Push", Map.of(name, "x\n"));
            case BRANCH_CREATED -> repo.point(name, main);
            case BRANCH_DELETED -> {
                repo.point(name, main);
                repo.deleteBranch(name);
            }
            case TAG_CREATED -> repo.tag(name, main);
            case PULL_REQUEST_OPENED -> open(name);
            case PULL_REQUEST_UPDATED -> {
                open(name);
                repo.commit(name, "More", Map.of("more", name));
            }
            case PULL_REQUEST_RETARGETED -> {
                repo.point("release", main);
                open(name).retarget("release", alice);
            }
            case PULL_REQUEST_CLOSED -> open(name).close(alice);
            case PULL_REQUEST_MERGED -> open(name).merge(alice);
            case PING -> ping();
            case TAG_DELETED, RERUN_REQUESTED, INSTALLATION_CHANGED ->
                throw new IllegalArgumentException("Bitbucket's fake does not tell of " + type);
        }
    }

    private PullRequest open(String branch) {
        repo.commit(branch, "Change", Map.of(branch, "x\n"));
        return repo.openPullRequest("Change", branch, "main", alice);
    }

    @Override
    public void close() {
        forge.close();
    }
}

package io.jenkins.plugins.scmchecks.engine.scm;

import io.jenkins.plugins.scmchecks.engine.webhook.Delivery;
import io.jenkins.plugins.scmchecks.engine.webhook.ScmEvent;
import io.jenkins.plugins.scmchecks.forge.Forge;
import io.jenkins.plugins.scmchecks.forge.http.Fault;
import io.jenkins.plugins.scmchecks.forge.http.RequestMatcher;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.Comment;
import io.jenkins.plugins.scmchecks.forge.model.PullRequest;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import io.jenkins.plugins.scmchecks.forge.model.ReviewThread;
import io.jenkins.plugins.scmchecks.forge.webhook.HookDelivery;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.jgit.lib.ObjectId;

/** The forge with an organization and a repository in it; each provider's fixture says how the provider shows them. */
public abstract class ForgeFixture implements ProviderFixture {

    /** Nobody listens there: the forge keeps what it tried to deliver. */
    protected static final String NOBODY = "http://127.0.0.1:1/hook";

    private static final String TOPIC = "topic";

    public final Forge forge = Forge.start();
    public final Account acme;
    public final Account alice = forge.user("alice");
    public final Repo repo;
    private boolean listens;

    protected ForgeFixture(String organization) {
        acme = forge.organization(organization);
        repo = forge.privateRepository(acme, "shop");
        repo.commit("main", "Start", Map.of("README.md", "# Shop\n", "app/main.txt", lines(30)));
    }

    public static String lines(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());
    }

    @Override
    public RepositoryPath repository() {
        return new RepositoryPath(repo.fullName());
    }

    @Override
    public void addRepositories(int count) {
        for (int i = 0; i < count; i++) {
            forge.privateRepository(acme, "r" + i);
        }
    }

    @Override
    public long openPullRequest(String path, int lines, boolean fork) {
        Repo source = fork ? fork() : repo;
        source.commit(TOPIC, "Add", Map.of(path, lines(lines)));
        return repo.openPullRequest("Add", "", source, TOPIC, "main", alice).number();
    }

    /** {@return somebody else's fork of the repository} */
    protected Repo fork() {
        Account stranger = forge.user("stranger");
        acme.member(stranger, Account.Role.READ);
        return repo.fork(stranger);
    }

    @Override
    public void push(long pullRequest, String path, int lines) {
        pull(pullRequest).headRepo().commit(TOPIC, "More", Map.of(path, lines(lines)));
    }

    public PullRequest pull(long number) {
        return repo.pullRequest((int) number).orElseThrow();
    }

    @Override
    public Page page(long number) {
        PullRequest pull = pull(number);
        List<ReviewThread> ours = pull.threads().stream()
                .filter(thread -> isOurs(thread.comments().get(0)))
                .toList();
        return new Page(
                check(pull),
                annotations(pull),
                ours.stream()
                        .filter(this::isOpen)
                        .map(thread -> thread.original().path() + ":" + thread.original().line())
                        .toList(),
                (int) ours.stream().filter(ReviewThread::resolved).count(),
                pull.comments().stream().filter(this::isOurs).map(Comment::body).toList());
    }

    /** {@return what {@link Page#check} says} */
    protected abstract String check(PullRequest pull);

    /** {@return how many annotations the check has} */
    protected int annotations(PullRequest pull) {
        return 0;
    }

    protected boolean isOpen(ReviewThread thread) {
        return !thread.resolved();
    }

    protected boolean isOurs(Comment comment) {
        return true;
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
            forge.fail(RequestMatcher.any(), Fault.retryAfter(tooMany(), retryAfter), Integer.MAX_VALUE);
        }
    }

    /** {@return the status that the provider answers too many requests with} */
    protected int tooMany() {
        return 429;
    }

    @Override
    public void failWrites(int status, int times) {
        forge.fail((method, path) -> !method.equals("GET") && isWrite(path), Fault.status(status), times);
    }

    /** {@return whether a request that is no GET changes something} */
    protected boolean isWrite(String path) {
        return !path.contains(".git/");
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

    /** Makes a webhook to {@link #NOBODY} for all events, with the integration's secret. */
    protected abstract void listen();

    /** {@return the provider's name of the event} */
    protected abstract String eventName(ScmEvent.Type type);

    /** Does what the event tells of. */
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
            case TAG_DELETED -> {
                repo.tag(name, main);
                repo.tag(name, ObjectId.zeroId().name());
            }
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
            case PING, RERUN_REQUESTED, INSTALLATION_CHANGED -> causeOther(type);
        }
    }

    private PullRequest open(String branch) {
        repo.commit(branch, "Change", Map.of(branch, "x\n"));
        return repo.openPullRequest("Change", branch, "main", alice);
    }

    /** Does what no commit and no pull request is needed for. */
    protected void causeOther(ScmEvent.Type type) {
        throw new IllegalArgumentException("the forge tells nothing of " + type + " here");
    }

    @Override
    public void close() {
        forge.close();
    }
}

package io.jenkins.plugins.scmchecks.config;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.init.InitMilestone;
import hudson.init.Terminator;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import io.jenkins.plugins.scmchecks.engine.scm.RepositoryPath;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import jenkins.model.Jenkins;
import jenkins.util.Timer;

/** Our webhooks at the providers, registered and removed on threads of its own: neither a form nor a save waits. */
@Extension
public final class WebhookRegistration {

    private static final int THREADS = 2;

    /** Pipelines set their triggers again at every build. */
    private static final Duration OFTEN_ENOUGH = Duration.ofMinutes(10);

    /** Each waits twice as long as the one before: in all two hours, with a first pause of a minute. */
    private static final int ATTEMPTS = 8;

    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            1,
            TimeUnit.MINUTES,
            new LinkedBlockingQueue<>(),
            new NamingThreadFactory(new DaemonThreadFactory(), "SCM Checks webhooks"));

    /** The newest that an administrator asked for, by integration. */
    private final Map<String, WebhookWork> works = new ConcurrentHashMap<>();

    /** When a repository was last looked at because a job listens to it. */
    private final Map<String, Instant> looked = new ConcurrentHashMap<>();

    /**
     * Before a provider that could not do it is asked again; and before a webhook is removed, since a pipeline that sets
     * its triggers again takes the old ones away first.
     */
    Duration pause = Duration.ofMinutes(1);

    public WebhookRegistration() {
        threads.allowCoreThreadTimeOut(true);
    }

    public static WebhookRegistration get() {
        return ExtensionList.lookupSingleton(WebhookRegistration.class);
    }

    @Terminator
    public static void stop() {
        get().threads.shutdownNow();
    }

    /**
     * Begins, unless the same is under way for that integration.
     *
     * @param text the repositories' paths, separated by white space or commas; without one, those that jobs listen to
     * @return what is being done
     * @throws IllegalArgumentException when it cannot be begun, saying why
     */
    WebhookWork start(String name, WebhookWork.Action action, String text) {
        ScmIntegration integration = ScmChecksGlobalConfiguration.get()
                .integration(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "There is no integration '" + name + "' yet: save the settings first."));
        if (Jenkins.get().getRootUrl() == null) {
            throw new IllegalArgumentException(
                    "Set Jenkins' own URL in \"Jenkins Location\" first: the webhook's address needs it.");
        }
        Set<RepositoryPath> repositories = repositories(integration, text);
        return works.compute(name, (key, before) -> {
            if (before != null && !before.isDone()) {
                return before;
            }
            WebhookWork work = new WebhookWork(integration, action, repositories);
            threads.execute(work);
            return work;
        });
    }

    /**
     * Registers the webhooks of repositories that a job has begun to listen to, if the integration says so. Does not
     * wait; what goes wrong is in the log.
     */
    public void listen(String name, Collection<RepositoryPath> repositories) {
        ScmChecksGlobalConfiguration.get()
                .integration(name)
                .filter(ScmIntegration::isManageWebhooks)
                .filter(integration -> Jenkins.get().getRootUrl() != null)
                .ifPresent(integration -> listen(
                        integration,
                        repositories.stream()
                                .filter(integration::covers)
                                .filter(repository -> isDue(name + "/" + repository))
                                .toList()));
    }

    private void listen(ScmIntegration integration, List<RepositoryPath> repositories) {
        if (!repositories.isEmpty()) {
            begin(new WebhookWork(integration, WebhookWork.Action.REGISTER, repositories), 1);
        }
    }

    /**
     * Removes our webhooks from repositories that a job has ceased to listen to, if the integration says that Jenkins
     * registers them and, after a while, no other job listens. Does not wait; what goes wrong is in the log.
     */
    public void unlisten(String name, Collection<RepositoryPath> repositories) {
        Timer.get().schedule(() -> removeUnheard(name, repositories), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void removeUnheard(String name, Collection<RepositoryPath> repositories) {
        // While jobs are being loaded nobody can tell which repositories they listen to.
        boolean known = Jenkins.get().getInitLevel() == InitMilestone.COMPLETED && Jenkins.get().getRootUrl() != null;
        ScmIntegration integration = ScmChecksGlobalConfiguration.get().integration(name).orElse(null);
        if (!known || integration == null || !integration.isManageWebhooks()) {
            return;
        }
        Set<RepositoryPath> listened = ListenedRepositories.all(name);
        List<RepositoryPath> unheard = repositories.stream()
                .filter(integration::covers)
                .filter(repository -> !listened.contains(repository))
                .toList();
        if (!unheard.isEmpty()) {
            unheard.forEach(repository -> looked.remove(name + "/" + repository));
            begin(new WebhookWork(integration, WebhookWork.Action.REMOVE, unheard), 1);
        }
    }

    private void begin(WebhookWork work, int attempt) {
        threads.execute(() -> {
            work.run();
            if (attempt < ATTEMPTS) {
                work.rest().ifPresent(rest -> tryAgain(work, rest, attempt));
            }
            relisten(work);
        });
    }

    /** With the integration as it will be then. */
    private void tryAgain(WebhookWork work, WebhookWork.Rest rest, int attempt) {
        Duration longer = pause.multipliedBy(1L << (attempt - 1));
        Duration wait = rest.after().compareTo(longer) > 0 ? rest.after() : longer;
        String name = work.integration().getName();
        Timer.get().schedule(
                () -> ScmChecksGlobalConfiguration.get()
                        .integration(name)
                        .ifPresent(now ->
                                begin(new WebhookWork(now, work.action(), rest.repositories()), attempt + 1)),
                wait.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** A job may have begun to listen while the webhook was being removed. */
    private void relisten(WebhookWork work) {
        if (work.action() == WebhookWork.Action.REMOVE) {
            Set<RepositoryPath> listened = ListenedRepositories.all(work.integration().getName());
            listen(work.integration(), work.repositories().stream().filter(listened::contains).toList());
        }
    }

    private boolean isDue(String key) {
        Instant now = Instant.now();
        looked.values().removeIf(last -> last.plus(OFTEN_ENOUGH).isBefore(now));
        return looked.putIfAbsent(key, now) == null;
    }

    private static Set<RepositoryPath> repositories(ScmIntegration integration, String text) {
        Set<RepositoryPath> repositories = new LinkedHashSet<>();
        if (Util.fixEmptyAndTrim(text) == null) {
            repositories.addAll(ListenedRepositories.all(integration.getName()));
        } else {
            for (String path : text.strip().split("[\\s,]+")) {
                repositories.add(new RepositoryPath(path));
            }
        }
        repositories.stream().filter(path -> !integration.covers(path)).findFirst().ifPresent(path -> {
            throw new IllegalArgumentException(path + " is not in " + integration.getOrganization() + ".");
        });
        if (repositories.isEmpty()) {
            throw new IllegalArgumentException(
                    "No job listens to a repository of this integration yet: name the repositories.");
        }
        return repositories;
    }
}

package io.jenkins.plugins.scmchecks.forge.webhook;

import io.jenkins.plugins.scmchecks.forge.model.ForgeState;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Sends webhooks one after the other in the background and logs what came back. No retries, ten seconds for an answer,
 * no redirects: as GitHub does it.
 */
public final class WebhookSender implements AutoCloseable {

    private static final int RESPONSE_LIMIT = 64 * 1024;

    private final ForgeState state;
    private final HttpClient http;
    private final ExecutorService executor;
    private final List<HookDelivery> log = new CopyOnWriteArrayList<>();
    private final AtomicReference<Future<?>> last = new AtomicReference<>();
    private volatile Duration timeout = Duration.ofSeconds(10);

    public WebhookSender(ForgeState state) {
        this.state = state;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        this.executor = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "forge-webhooks");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Sets how long a receiver may take; 10 s unless told. */
    public void timeout(Duration value) {
        timeout = value;
    }

    /** Queues a delivery. */
    public void send(HookRequest request) {
        send(request, false);
    }

    /** Queues a logged delivery again, same guid and body. */
    public void redeliver(HookDelivery delivery) {
        send(new HookRequest(delivery.hookId(), delivery.guid(), delivery.event(), delivery.action(), delivery.url(),
                delivery.headers(), delivery.body()), true);
    }

    /** {@return every try, in order} */
    public List<HookDelivery> deliveries() {
        return List.copyOf(log);
    }

    /** Waits until everything queued so far has been tried. */
    public void await() {
        Future<?> task = last.get();
        if (task == null) {
            return;
        }
        try {
            task.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    private synchronized void send(HookRequest request, boolean redelivery) {
        last.set(executor.submit(() -> deliver(request, redelivery)));
    }

    private void deliver(HookRequest request, boolean redelivery) {
        Instant at = state.now();
        long start = System.nanoTime();
        int status = 0;
        String response = "";
        String error = "";
        try {
            HttpRequest.Builder builder = HttpRequest.newBuilder(request.url())
                    .timeout(timeout)
                    .POST(HttpRequest.BodyPublishers.ofByteArray(request.body()));
            request.headers().forEach(builder::header);
            HttpResponse<String> answer = http.send(builder.build(), HttpResponse.BodyHandlers.ofString());
            status = answer.statusCode();
            response = answer.body().length() > RESPONSE_LIMIT
                    ? answer.body().substring(0, RESPONSE_LIMIT)
                    : answer.body();
        } catch (IOException | IllegalArgumentException e) {
            error = e.toString();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            error = "interrupted";
        }
        log.add(new HookDelivery(state.nextId(), request.hookId(), request.guid(), request.event(), request.action(),
                request.url(), request.headers(), request.body(), at, Duration.ofNanos(System.nanoTime() - start),
                redelivery, status, response, error));
    }
}

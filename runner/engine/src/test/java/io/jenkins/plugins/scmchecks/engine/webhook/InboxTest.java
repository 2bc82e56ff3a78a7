package io.jenkins.plugins.scmchecks.engine.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.scmchecks.engine.webhook.Inbox.Receipt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class InboxTest {

    private static final Instant NOW = Instant.parse("2026-05-01T10:00:00Z");

    @TempDir
    private Path folder;

    private final List<Inbox> open = new ArrayList<>();
    private final BlockingQueue<String> handled = new LinkedBlockingQueue<>();
    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("store/inbox.log");
    }

    @AfterEach
    void closeAll() {
        open.forEach(Inbox::close);
    }

    @Test
    void shouldHandleWhatItAccepted() throws Exception {
        // Given
        Inbox inbox = createInbox(createSettings());
        BlockingQueue<Delivery> seen = new LinkedBlockingQueue<>();
        inbox.start((delivery, id) -> seen.add(delivery));

        // When
        Delivery delivery = new Delivery(
                "github", Map.of("X-GitHub-Event", "push"), "{\"ä\":1}".getBytes(StandardCharsets.UTF_8), NOW);
        assertThat(inbox.accept(delivery, "1")).isEqualTo(Receipt.ACCEPTED);

        // Then
        Delivery got = seen.take();
        assertThat(got.integration()).isEqualTo("github");
        assertThat(got.header("x-github-event")).contains("push");
        assertThat(got.body()).isEqualTo(delivery.body());
        assertThat(got.receivedAt()).isEqualTo(NOW);
    }

    @Test
    void shouldRecogniseWhatComesAgainPerIntegration() throws Exception {
        // Given
        Inbox inbox = createInbox(createSettings());

        // When, Then
        assertThat(inbox.accept(createDelivery("a"), "1")).isEqualTo(Receipt.ACCEPTED);
        assertThat(inbox.accept(createDelivery("a"), "1")).isEqualTo(Receipt.DUPLICATE);
        assertThat(inbox.accept(createDelivery("b"), "1")).isEqualTo(Receipt.ACCEPTED);
        inbox.start(this::note);
        assertThat(List.of(handled.take(), handled.take())).containsExactlyInAnyOrder("a/1", "b/1");
        awaitPending(inbox, 0);
        assertThat(inbox.accept(createDelivery("a"), "1")).isEqualTo(Receipt.DUPLICATE);
    }

    @Test
    void shouldLoseNothingAcceptedAndRunNothingTwiceWhenKilled() throws Exception {
        // Given: three handled, two waiting, and the process is gone without closing the file
        Inbox inbox = createInbox(createSettings());
        CountDownLatch release = new CountDownLatch(1);
        inbox.start((delivery, id) -> {
            if (id.equals("4")) {
                release.await();
            }
            note(delivery, id);
        });
        for (String id : List.of("1", "2", "3")) {
            inbox.accept(createDelivery("a"), id);
        }
        assertThat(List.of(handled.take(), handled.take(), handled.take())).contains("a/1", "a/2", "a/3");
        awaitPending(inbox, 0);
        inbox.accept(createDelivery("a"), "4");
        inbox.accept(createDelivery("b"), "5");
        assertThat(handled.take()).isEqualTo("b/5");
        awaitPending(inbox, 1);
        Path afterCrash = folder.resolve("after.mv");
        Files.copy(file, afterCrash);

        // When
        Inbox restarted = remember(Inbox.open(afterCrash, createSettings(), Clock.fixed(NOW, ZoneOffset.UTC)));

        // Then
        assertThat(restarted.pending()).isEqualTo(1);
        for (String id : List.of("1", "2", "3", "4")) {
            assertThat(restarted.accept(createDelivery("a"), id)).isEqualTo(Receipt.DUPLICATE);
        }
        BlockingQueue<String> again = new LinkedBlockingQueue<>();
        restarted.start((delivery, id) -> again.add(id));
        assertThat(again.take()).isEqualTo("4");
        awaitPending(restarted, 0);
        assertThat(again).isEmpty();
        release.countDown();
    }

    @Test
    void shouldHaveEveryAcceptedDeliveryOnDiskUnderLoad() throws Exception {
        // Given
        Inbox inbox = createInbox(createSettings());
        ExecutorService clients = Executors.newFixedThreadPool(8);
        List<Future<Receipt>> receipts = new ArrayList<>();

        // When
        for (int i = 0; i < 400; i++) {
            String id = "d" + i;
            receipts.add(clients.submit(() -> inbox.accept(createDelivery("a"), id)));
        }
        for (Future<Receipt> receipt : receipts) {
            assertThat(receipt.get()).isEqualTo(Receipt.ACCEPTED);
        }
        clients.shutdown();
        Path copy = folder.resolve("copy.mv");
        Files.copy(file, copy);

        // Then
        assertThat(remember(Inbox.open(copy, createSettings(), Clock.systemUTC())).pending()).isEqualTo(400);
    }

    @Test
    void shouldTakeFromOneIntegrationAfterTheOther() throws Exception {
        // Given
        Inbox inbox = createInbox(createSettings());
        for (int i = 0; i < 50; i++) {
            inbox.accept(createDelivery("busy"), "b" + i);
        }
        inbox.accept(createDelivery("quiet"), "q");

        // When
        inbox.start(this::note);

        // Then
        List<String> first = List.of(handled.take(), handled.take(), handled.take());
        assertThat(first).contains("quiet/q");
    }

    @Test
    void shouldTryAgainAndParkWithTheReasonWhatNeverWorks() throws Exception {
        // Given
        Inbox inbox = createInbox(createSettings());
        List<String> attempts = java.util.Collections.synchronizedList(new ArrayList<>());
        inbox.start((delivery, id) -> {
            attempts.add(id);
            if (id.equals("bad") || attempts.size() < 2) {
                throw new IOException("no luck with " + id);
            }
            note(delivery, id);
        });

        // When
        inbox.accept(createDelivery("a"), "good");
        assertThat(handled.take()).isEqualTo("a/good");
        inbox.accept(createDelivery("a"), "bad");
        awaitPending(inbox, 0);

        // Then
        assertThat(attempts).containsExactly("good", "good", "bad", "bad", "bad");
        assertThat(inbox.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.deliveryId()).isEqualTo("bad");
            assertThat(letter.attempts()).isEqualTo(3);
            assertThat(letter.reason()).contains("no luck with bad");
        });
        assertThat(inbox.accept(createDelivery("a"), "bad")).isEqualTo(Receipt.DUPLICATE);
    }

    @Test
    void shouldHandleAParkedDeliveryAgainWhenAskedTo() throws Exception {
        // Given
        Inbox inbox = createInbox(createSettings());
        CountDownLatch mended = new CountDownLatch(1);
        inbox.start((delivery, id) -> {
            if (mended.getCount() > 0) {
                throw new IllegalStateException("broken");
            }
            note(delivery, id);
        });
        inbox.accept(createDelivery("a"), "1");
        awaitPending(inbox, 0);

        // When
        mended.countDown();
        Inbox.DeadLetter letter = inbox.deadLetters().get(0);
        assertThat(inbox.retry(letter)).isTrue();

        // Then
        assertThat(handled.take()).isEqualTo("a/1");
        awaitPending(inbox, 0);
        assertThat(inbox.deadLetters()).isEmpty();
        assertThat(inbox.retry(letter)).isFalse();
    }

    @Test
    void shouldRefuseWhatWouldBeTooMuchForOneIntegrationOnly() throws Exception {
        // Given
        Inbox inbox = createInbox(new Inbox.Settings(1, 30, 1, n -> Duration.ZERO, 9, Duration.ofDays(1), 9));
        for (int i = 0; i < 30; i++) {
            assertThat(inbox.accept(createDelivery("flood"), "f" + i)).isEqualTo(Receipt.ACCEPTED);
        }

        // When, Then
        assertThat(inbox.accept(createDelivery("flood"), "more")).isEqualTo(Receipt.OVERLOADED);
        assertThat(inbox.accept(createDelivery("other"), "1")).isEqualTo(Receipt.ACCEPTED);
    }

    @Test
    void shouldForgetWhatItNeedNotRemember() throws Exception {
        // Given
        Inbox inbox = createInbox(new Inbox.Settings(1, 1_000, 3, n -> Duration.ZERO, 10, Duration.ofDays(1), 10));
        inbox.start(this::note);
        for (int i = 0; i < 12; i++) {
            inbox.accept(createDelivery("a"), "d" + i);
        }
        awaitPending(inbox, 0);

        // When, Then
        assertThat(inbox.accept(createDelivery("a"), "d11")).isEqualTo(Receipt.DUPLICATE);
        assertThat(inbox.accept(createDelivery("a"), "d0")).isEqualTo(Receipt.ACCEPTED);
    }

    @Test
    void shouldMoveADamagedFileAsideAndBeginANewOne() throws Exception {
        // Given
        Files.createDirectories(file.getParent());
        byte[] noise = new byte[20_000];
        java.util.Arrays.fill(noise, (byte) 'x');
        Files.write(file, noise);

        // When
        Inbox inbox = createInbox(createSettings());

        // Then
        assertThat(inbox.accept(createDelivery("a"), "1")).isEqualTo(Receipt.ACCEPTED);
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .anyMatch(name -> name.startsWith("inbox.log.damaged-"));
        }
    }

    @Test
    void shouldSurviveAFileThatWasCutOffInTheLastWrite() throws Exception {
        // Given
        Inbox inbox = createInbox(createSettings());
        inbox.accept(createDelivery("a"), "1");
        Path torn = folder.resolve("torn.mv");
        Files.copy(file, torn);
        Files.write(torn, new byte[] {1, 2, 3}, StandardOpenOption.APPEND);

        // When, Then
        assertThat(remember(Inbox.open(torn, createSettings(), Clock.systemUTC())).pending()).isEqualTo(1);
    }

    @Test
    void shouldNotTouchAFileThatIsInUse() throws Exception {
        // Given
        createInbox(createSettings());

        // When, Then
        assertThatThrownBy(() -> Inbox.open(file, createSettings(), Clock.systemUTC()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("in use");
    }

    @Test
    void shouldStayUsableWhenACallerIsInterrupted() throws Exception {
        // Given
        Inbox inbox = createInbox(createSettings());

        // When
        Thread.currentThread().interrupt();
        Receipt receipt = inbox.accept(createDelivery("a"), "1");

        // Then
        assertThat(Thread.interrupted()).isTrue();
        assertThat(receipt).isEqualTo(Receipt.ACCEPTED);
        assertThat(inbox.accept(createDelivery("a"), "2")).isEqualTo(Receipt.ACCEPTED);
    }

    @Test
    void shouldRefuseDeliveriesAfterItWasClosed() throws Exception {
        // Given
        Inbox inbox = createInbox(createSettings());
        inbox.close();

        // When, Then
        assertThatThrownBy(() -> inbox.accept(createDelivery("a"), "1"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("closed");
    }

    private void note(Delivery delivery, String id) {
        handled.add(delivery.integration() + "/" + id);
    }

    private static void awaitPending(Inbox inbox, int pending) throws Exception {
        while (inbox.pending() != pending) {
            TimeUnit.MILLISECONDS.sleep(2);
        }
    }

    private Inbox createInbox(Inbox.Settings settings) throws IOException {
        return remember(Inbox.open(file, settings, Clock.fixed(NOW, ZoneOffset.UTC)));
    }

    private Inbox remember(Inbox inbox) {
        open.add(inbox);
        return inbox;
    }

    private static Inbox.Settings createSettings() {
        return new Inbox.Settings(2, 1_000, 3, failures -> Duration.ZERO, 1_000, Duration.ofDays(7), 10);
    }

    private static Delivery createDelivery(String integration) {
        return new Delivery(integration, Map.of("X", "y"), new byte[200], NOW);
    }
}

package io.jenkins.plugins.scmchecks.benchmark;

import io.jenkins.plugins.scmchecks.engine.webhook.Delivery;
import io.jenkins.plugins.scmchecks.engine.webhook.HmacVerifier;
import io.jenkins.plugins.scmchecks.engine.webhook.Inbox;
import io.jenkins.plugins.scmchecks.engine.webhook.WebhookTrust;
import io.jenkins.plugins.scmchecks.engine.webhook.WebhookVerifier.Verdict;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** What 32 senders at once are acknowledged a second, with 20 KB each: verified alone, and verified and on the disk. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 4, time = 1)
@Threads(32)
@Fork(1)
public class WebhookBenchmark {

    private static final int BODY = 20 * 1024;
    private static final String HEADER = "X-Hub-Signature-256";
    private static final WebhookTrust TRUST = new WebhookTrust.SharedSecret("a secret for a benchmark alone");

    private final AtomicLong number = new AtomicLong();
    private final HmacVerifier verifier = new HmacVerifier(HEADER, delivery -> delivery.header("X-GitHub-Delivery"));
    private byte[] body;
    private String signature;
    private Path directory;
    private Inbox inbox;
    private FileChannel log;

    /** A sender's own file. */
    @State(Scope.Thread)
    public static class OwnFile {
        private static final long LARGE = 64L << 20;

        private Path path;
        private FileChannel channel;

        @Setup
        public void open() throws IOException {
            Files.createDirectories(Path.of("target"));
            path = Files.createTempFile(Path.of("target").toAbsolutePath(), "synced", "");
            channel = FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        }

        void write(byte[] body) throws IOException {
            channel.write(ByteBuffer.wrap(body));
            channel.force(false);
            if (channel.size() > LARGE) {
                channel.truncate(0);
            }
        }

        @TearDown
        public void close() throws IOException {
            channel.close();
            Files.delete(path);
        }
    }

    @Setup
    public void open() throws IOException, GeneralSecurityException {
        body = new byte[BODY];
        new Random(1).nextBytes(body);
        Mac mac = Mac.getInstance("HmacSHA256");
        String secret = ((WebhookTrust.SharedSecret) TRUST).value();
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        signature = "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
        // Not in a temporary directory, which may be in memory.
        Files.createDirectories(Path.of("target"));
        directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "inbox");
        Inbox.Settings settings =
                new Inbox.Settings(2, 1_000_000, 1, failures -> Duration.ZERO, 100_000, Duration.ofDays(7), 10);
        inbox = Inbox.open(directory.resolve("inbox.log"), settings, Clock.systemUTC());
        inbox.start((delivery, id) -> {});
        log = FileChannel.open(
                directory.resolve("log"), StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }

    @TearDown
    public void close() throws IOException {
        inbox.close();
        log.close();
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }

    @Benchmark
    public String verifiedAlone() {
        return verified(delivery());
    }

    @Benchmark
    public Inbox.Receipt durable() throws IOException {
        Delivery delivery = delivery();
        Inbox.Receipt receipt = inbox.accept(delivery, verified(delivery));
        if (receipt != Inbox.Receipt.ACCEPTED) {
            throw new IllegalStateException(receipt.toString());
        }
        return receipt;
    }

    /** What durability costs without a group commit: each sender writes and syncs a file of its own. */
    @Benchmark
    public String syncedEach(OwnFile file) throws IOException {
        Delivery delivery = delivery();
        String id = verified(delivery);
        file.write(delivery.body());
        return id;
    }

    /** The same in one log, in which one comes after the other. */
    @Benchmark
    public String syncedInTurn() throws IOException {
        Delivery delivery = delivery();
        String id = verified(delivery);
        synchronized (log) {
            log.write(ByteBuffer.wrap(delivery.body()));
            log.force(false);
        }
        return id;
    }

    private Delivery delivery() {
        Map<String, String> headers =
                Map.of(HEADER, signature, "X-GitHub-Delivery", "delivery-" + number.incrementAndGet());
        return new Delivery("sample", headers, body, Instant.now());
    }

    private String verified(Delivery delivery) {
        if (verifier.verify(delivery, TRUST) instanceof Verdict.Accepted accepted) {
            return accepted.deliveryId();
        }
        throw new IllegalStateException("refused");
    }
}

package io.jenkins.plugins.scmchecks.engine.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class InboxStoreTest {

    private static final Instant NOW = Instant.parse("2026-05-01T10:00:00Z");

    @TempDir
    private Path folder;

    @Test
    void shouldHaveWhatItAcknowledgedWhereverItWasCutOff() throws Exception {
        // Given: how long the file was when each delivery was acknowledged
        Path file = folder.resolve("inbox");
        Map<Long, List<String>> acknowledged = new LinkedHashMap<>();
        List<String> ids = new ArrayList<>();
        try (InboxStore store = open(file)) {
            for (int i = 1; i <= 6; i++) {
                long number = store.add(createDelivery("id" + i));
                ids.add("id" + i);
                if (i == 3) {
                    store.finish(number);
                    ids.remove("id3");
                }
                acknowledged.put(Files.size(file), List.copyOf(ids));
            }
        }
        byte[] whole = Files.readAllBytes(file);

        // When: the process is killed at any byte
        for (int length = 0; length <= whole.length; length++) {
            Path cut = folder.resolve("cut" + length);
            Files.write(cut, Arrays.copyOf(whole, length));

            // Then
            List<String> expected = List.of();
            for (Map.Entry<Long, List<String>> one : acknowledged.entrySet()) {
                expected = one.getKey() <= length ? one.getValue() : expected;
            }
            List<String> there = ids(cut);
            assertThat(there).as("cut off after " + length + " bytes").containsAll(without("id3", expected));
            assertThat(there.size()).isLessThanOrEqualTo(expected.size() + 1);
        }
    }

    @Test
    void shouldGoOnAfterWhatWasHalfWrittenWhenThePowerWent() throws Exception {
        // Given: the file was made longer already, what belongs there was not written
        Path file = folder.resolve("inbox");
        try (InboxStore store = open(file)) {
            store.add(createDelivery("1"));
        }
        byte[] before = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(before, before.length + 70_000));

        // When
        try (InboxStore store = open(file)) {
            store.add(createDelivery("2"));
        }

        // Then
        assertThat(ids(file)).containsExactly("1", "2");
        assertThat(aside()).isEmpty();
    }

    @Test
    void shouldKeepWhatCanBeReadOfADamagedFileAndTheRestAside() throws Exception {
        // Given
        Path file = folder.resolve("inbox");
        long first;
        try (InboxStore store = open(file)) {
            store.add(createDelivery("1"));
            first = Files.size(file);
            store.add(createDelivery("2"));
            store.add(createDelivery("3"));
        }
        byte[] bytes = Files.readAllBytes(file);
        bytes[(int) first + 50] ^= 1;
        Files.write(file, bytes);

        // When, Then
        assertThat(ids(file)).containsExactly("1");
        assertThat(aside()).singleElement().satisfies(copy -> assertThat(copy).hasBinaryContent(bytes));
    }

    @Test
    void shouldWriteAnewWhatIsOfUse() throws Exception {
        // Given
        Path file = folder.resolve("inbox");
        int spare = 50_000;
        try (InboxStore store = InboxStore.open(file, createSettings(), createClock(), spare)) {
            long waiting = store.add(createDelivery("waits"));
            long tried = store.add(createDelivery("was tried"));
            store.retryLater(tried, store.read(tried).failed("no luck"));
            long parked = store.add(createDelivery("is parked"));
            store.park(parked, store.read(parked).failed("broken"));

            // When: many times what the file may hold
            for (int i = 0; i < 500; i++) {
                long number = store.add(createDelivery("d" + i));
                assertThat(store.read(number).id()).isEqualTo("d" + i);
                store.finish(number);
                assertThat(Files.size(file)).isLessThan(3 * spare);
            }

            // Then
            assertThat(store.waiting().keySet()).containsExactly(waiting, tried);
            assertThat(store.read(tried).attempts()).isEqualTo(1);
            assertThat(store.parked()).extracting(StoredDelivery::id).containsExactly("is parked");
        }
        try (InboxStore store = open(file)) {
            assertThat(store.waiting()).hasSize(2);
            assertThat(store.parked()).singleElement().satisfies(one -> {
                assertThat(one.problem()).isEqualTo("broken");
                assertThat(one.delivery().body()).isEqualTo(createDelivery("x").delivery().body());
            });
            assertThat(store.add(createDelivery("d499"))).isEqualTo(-1);
            assertThat(store.add(createDelivery("waits"))).isEqualTo(-1);
            assertThat(store.add(createDelivery("is parked"))).isEqualTo(-1);
        }
    }

    @Test
    void shouldReadFromTheDiskWhatMemoryHasNoRoomFor() throws Exception {
        // Given: more than is kept in memory
        try (InboxStore store = open(folder.resolve("inbox"))) {
            byte[] body = new byte[3 << 20];
            List<Long> numbers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                body[0] = (byte) i;
                Delivery delivery = new Delivery("a", Map.of(), body.clone(), NOW);
                numbers.add(store.add(new StoredDelivery(delivery, "d" + i, 0, "")));
            }

            // When, Then
            for (int i = 0; i < 8; i++) {
                assertThat(store.read(numbers.get(i)).delivery().body()[0]).isEqualTo((byte) i);
            }
        }
    }

    @Test
    void shouldNotBeOpenedTwice() throws Exception {
        // Given
        Path file = folder.resolve("inbox");
        try (InboxStore store = open(file)) {
            store.add(createDelivery("1"));

            // When, Then
            assertThatThrownBy(() -> open(file)).isInstanceOf(IOException.class).hasMessageContaining("in use");
        }
        assertThat(ids(file)).containsExactly("1");
    }

    private List<Path> aside() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().contains(".damaged-")).toList();
        }
    }

    private List<String> ids(Path file) throws IOException {
        List<String> ids = new ArrayList<>();
        try (InboxStore store = open(file)) {
            for (Long number : store.waiting().keySet()) {
                ids.add(store.read(number).id());
            }
        }
        return ids;
    }

    private static List<String> without(String id, List<String> ids) {
        return ids.stream().filter(one -> !one.equals(id)).toList();
    }

    private static InboxStore open(Path file) throws IOException {
        return InboxStore.open(file, createSettings(), createClock());
    }

    private static Clock createClock() {
        return Clock.fixed(NOW, ZoneOffset.UTC);
    }

    private static Inbox.Settings createSettings() {
        return new Inbox.Settings(2, 1_000, 3, failures -> Duration.ZERO, 1_000, Duration.ofDays(7), 10);
    }

    private static StoredDelivery createDelivery(String id) {
        return new StoredDelivery(new Delivery("a", Map.of("X", "y"), new byte[100], NOW), id, 0, "");
    }
}

package io.jenkins.plugins.scmchecks.engine.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DiskThreadTest {

    private final AtomicInteger flushes = new AtomicInteger();
    private volatile RuntimeException fault;

    @Test
    void shouldFlushOnceForAllThatWaited() throws Exception {
        // Given
        DiskThread disk = createDisk();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        ExecutorService callers = Executors.newFixedThreadPool(21);
        List<Future<Integer>> results = new ArrayList<>();
        results.add(callers.submit(() -> disk.call(() -> {
            begun.countDown();
            await(go);
            return 0;
        })));
        begun.await();

        // When: twenty more wait while the disk is busy
        CountDownLatch asked = new CountDownLatch(20);
        for (int i = 1; i <= 20; i++) {
            int number = i;
            results.add(callers.submit(() -> {
                asked.countDown();
                return disk.call(() -> number);
            }));
        }
        asked.await();
        while (disk.waiting() < 20) {
            Thread.onSpinWait();
        }
        go.countDown();

        // Then
        for (int i = 0; i <= 20; i++) {
            assertThat(results.get(i).get()).isEqualTo(i);
        }
        assertThat(flushes).hasValue(2);
        callers.shutdown();
        disk.close();
    }

    @Test
    void shouldTellEverybodyWhenTheFlushFailsAndGoOn() {
        // Given
        DiskThread disk = createDisk();
        fault = new IllegalArgumentException("disk full");

        // When, Then
        assertThatThrownBy(() -> disk.call(() -> 1)).hasMessage("disk full");
        fault = null;
        assertThat(disk.call(() -> 2)).isEqualTo(2);
        assertThatThrownBy(() -> disk.call(() -> {
                    throw new IllegalArgumentException("bad work");
                }))
                .hasMessage("bad work");
        disk.close();
    }

    @Test
    void shouldRefuseWorkAfterItsEnd() {
        // Given
        DiskThread disk = createDisk();
        disk.close();
        disk.close();

        // When, Then
        assertThatThrownBy(() -> disk.call(() -> 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    private DiskThread createDisk() {
        return new DiskThread("test-disk", () -> {
            flushes.incrementAndGet();
            if (fault != null) {
                throw fault;
            }
        });
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

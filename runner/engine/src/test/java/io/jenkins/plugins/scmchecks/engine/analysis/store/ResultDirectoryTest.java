package io.jenkins.plugins.scmchecks.engine.analysis.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultDirectoryTest {

    private static final Instant NOW = Instant.parse("2026-05-01T10:00:00Z");
    private static final ResultKey KEY = ResultKey.of("a", "b");

    @TempDir
    private Path cache;

    private ResultDirectory.Limits limits = new ResultDirectory.Limits(1 << 20, 3, 30);
    private Instant now = NOW;

    @Test
    void shouldKnowInTheNextRunWhatWasFoundOutInThisOne() throws Exception {
        // Given
        put("program", KEY, "result");

        // When, Then
        try (ResultDirectory next = open("program")) {
            assertThat(next.get(KEY)).isEqualTo(bytes("result"));
            assertThat(next.get(ResultKey.of("ab"))).isNull();
        }
    }

    @Test
    void shouldNotReadAnotherProgramsResults() throws Exception {
        // Given
        put("older", KEY, "result");

        // When, Then
        try (ResultDirectory next = open("newer")) {
            assertThat(next.get(KEY)).isNull();
        }
    }

    @Test
    void shouldNotReadAnotherWorkingDirectorysResults() throws Exception {
        // Given
        put("program", KEY, "result");

        // When, Then
        try (ResultDirectory other = ResultDirectory.open(
                cache, Path.of("/other"), "program", limits, Clock.fixed(now, ZoneOffset.UTC), true)) {
            assertThat(other.get(KEY)).isNull();
        }
    }

    @Test
    void shouldAddNothingThatIsNotTrusted() throws Exception {
        // Given
        try (ResultDirectory fork = ResultDirectory.open(
                cache, Path.of("/work"), "program", limits, Clock.fixed(now, ZoneOffset.UTC), false)) {
            fork.put(KEY, bytes("nothing is wrong"));
            assertThat(fork.get(KEY)).isNotNull();
        }

        // When, Then
        try (ResultDirectory next = open("program")) {
            assertThat(next.get(KEY)).isNull();
        }
    }

    @Test
    void shouldKeepWhatTwoProcessesFindOutAtOnce() throws Exception {
        // Given
        ResultDirectory one = open("program");
        ResultDirectory other = open("program");
        one.put(ResultKey.of("one"), bytes("1"));
        other.put(ResultKey.of("other"), bytes("2"));

        // When
        other.close();
        one.close();

        // Then
        try (ResultDirectory next = open("program")) {
            assertThat(next.get(ResultKey.of("one"))).isEqualTo(bytes("1"));
            assertThat(next.get(ResultKey.of("other"))).isEqualTo(bytes("2"));
        }
    }

    @Test
    void shouldDropAFileThatIsDamagedAndKeepTheOthers() throws Exception {
        // Given: one byte of one file is another one, a second file is cut off
        put("program", ResultKey.of("good"), "good");
        Path good = files().get(0);
        put("program", ResultKey.of("bad"), "bad");
        put("program", ResultKey.of("cut"), "cut");
        List<Path> others = files().stream().filter(file -> !file.equals(good)).toList();
        byte[] damaged = Files.readAllBytes(others.get(0));
        damaged[damaged.length / 2] ^= 1;
        Files.write(others.get(0), damaged);
        byte[] cut = Files.readAllBytes(others.get(1));
        Files.write(others.get(1), java.util.Arrays.copyOf(cut, cut.length - 3));

        // When
        try (ResultDirectory next = open("program")) {
            // Then
            assertThat(next.get(ResultKey.of("good"))).isEqualTo(bytes("good"));
            assertThat(next.get(ResultKey.of("bad"))).isNull();
            assertThat(next.get(ResultKey.of("cut"))).isNull();
        }
        assertThat(files()).containsExactly(good);
    }

    @Test
    void shouldNotMindWhateverLengthAFileWasCutTo() throws Exception {
        // Given
        put("program", KEY, "result");
        Path file = files().get(0);
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));

            // When, Then
            try (ResultDirectory next = open("program")) {
                assertThat(next.get(KEY)).isNull();
            }
        }
    }

    @Test
    void shouldPutManyFilesTogether() throws Exception {
        // Given
        for (int i = 0; i < 20; i++) {
            put("program", ResultKey.of("key " + i), "result " + i);
        }

        // When, Then
        assertThat(files()).hasSizeLessThanOrEqualTo(limits.files());
        try (ResultDirectory next = open("program")) {
            for (int i = 0; i < 20; i++) {
                assertThat(next.get(ResultKey.of("key " + i))).isEqualTo(bytes("result " + i));
            }
        }
    }

    @Test
    void shouldStayWithinItsSizeAndKeepWhatIsOfUse() throws Exception {
        // Given
        limits = new ResultDirectory.Limits(20_000, 2, 30);
        put("program", KEY, "x".repeat(1_000));

        // When: every day another thousand bytes, and the first is of use each time
        for (int day = 0; day < 60; day++) {
            now = NOW.plus(Duration.ofHours(day));
            try (ResultDirectory next = open("program")) {
                assertThat(next.get(KEY)).isNotNull();
                next.put(ResultKey.of("key " + day), bytes("y".repeat(1_000)));
            }
        }

        // Then
        long size = 0;
        for (Path file : files()) {
            size += Files.size(file);
        }
        assertThat(size).isLessThan(60_000);
    }

    @Test
    void shouldForgetWhatWasOfNoUseForLong() throws Exception {
        // Given
        put("program", KEY, "result");
        now = NOW.plus(Duration.ofDays(40));

        // When: so many more that files are put together
        for (int i = 0; i < 4; i++) {
            put("program", ResultKey.of("key " + i), "result");
        }

        // Then
        try (ResultDirectory next = open("program")) {
            assertThat(next.get(KEY)).isNull();
            assertThat(next.get(ResultKey.of("key 0"))).isNotNull();
        }
    }

    @Test
    void shouldDeleteWhatOthersLeft() throws Exception {
        // Given: a process was killed as it wrote, an older program was here, and a working directory is gone
        put("program", KEY, "result");
        Path directory = files().get(0).getParent();
        Path unfinished = old(directory.resolve("program-1.results" + ResultDirectory.UNFINISHED));
        Path others = old(directory.resolve("older-1.results"));
        Path gone = Files.createDirectories(cache.resolve("0123456789abcdef0123456789abcdef"));
        old(gone.resolve("program-1.results"));
        old(gone);
        Path foreign = old(cache.resolve("notes.txt"));

        // When
        put("program", ResultKey.of("more"), "result");

        // Then
        assertThat(unfinished).doesNotExist();
        assertThat(others).doesNotExist();
        assertThat(gone).doesNotExist();
        assertThat(foreign).exists();
    }

    @Test
    void shouldGoOnWhereNothingCanBeWritten() throws Exception {
        // Given: a file where the directory should be
        Path file = Files.writeString(cache.resolve("file"), "x");

        // When
        ResultDirectory store = ResultDirectory.open(
                file, Path.of("/work"), "program", limits, Clock.fixed(now, ZoneOffset.UTC), true);
        store.put(KEY, bytes("result"));
        store.close();

        // Then
        assertThat(file).hasContent("x");
    }

    private Path old(Path file) throws IOException {
        if (!Files.exists(file)) {
            Files.writeString(file, "x");
        }
        Files.setLastModifiedTime(file, FileTime.from(NOW.minus(Duration.ofDays(90))));
        return file;
    }

    private void put(String program, ResultKey key, String result) {
        try (ResultDirectory store = open(program)) {
            store.put(key, bytes(result));
        }
    }

    private ResultDirectory open(String program) {
        return ResultDirectory.open(
                cache, Path.of("/work"), program, limits, Clock.fixed(now, ZoneOffset.UTC), true);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> walk = Files.walk(cache)) {
            return walk.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

package io.jenkins.plugins.scmchecks.engine.analysis.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;

/**
 * Results between runs, in a directory. What one run adds is one new file, so that any number of processes may use the
 * directory at once, and one that is killed leaves nothing half done. Files that became many are put together, and then
 * what was of no use for long is left out. A damaged file is dropped; none of this ever fails an analysis.
 */
public final class ResultDirectory implements ResultStore, AutoCloseable {

    static final String UNFINISHED = ".unfinished";

    private static final Logger LOGGER = Logger.getLogger(ResultDirectory.class.getName());
    private static final String SUFFIX = ".results";
    private static final Pattern NAME = Pattern.compile("[0-9a-f]{32}");

    private final Path cache;
    private final Path directory;
    private final String program;
    private final Limits limits;
    private final Clock clock;
    private final boolean writable;
    private final List<Segment> segments = new ArrayList<>();
    private final Map<ResultKey, byte[]> added = new ConcurrentHashMap<>();
    private final Set<ResultKey> used = ConcurrentHashMap.newKeySet();

    /**
     * How much is kept.
     *
     * @param bytes of results
     * @param files that results are in, before they are put together
     * @param days for which a result is kept that is of no use
     */
    public record Limits(int bytes, int files, int days) {

        /** A large repository's results, for a month. */
        public static final Limits DEFAULT = new Limits(32 << 20, 8, 30);
    }

    private ResultDirectory(
            Path cache, Path directory, String program, Limits limits, Clock clock, boolean writable) {
        this.cache = cache;
        this.directory = directory;
        this.program = program;
        this.limits = limits;
        this.clock = clock;
        this.writable = writable;
    }

    /**
     * Opens the results of one working directory; when that cannot be done, the store is merely empty.
     *
     * @param cache the directory of all results; it is made when there is something to keep
     * @param root the working directory: no other one's results are read
     * @param program its identity: another program's results are not read
     * @param writable false where what is analysed is not trusted: then it adds nothing that a later analysis believes
     */
    public static ResultDirectory open(
            Path cache, Path root, String program, Limits limits, Clock clock, boolean writable) {
        ResultKey name = ResultKey.of(root.toAbsolutePath().normalize().toString());
        Path directory = cache.resolve(String.format("%016x%016x", name.high(), name.low()));
        ResultDirectory store = new ResultDirectory(cache, directory, program, limits, clock, writable);
        store.load();
        return store;
    }

    private void load() {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                String name = name(file);
                if (name.startsWith(program + "-") && name.endsWith(SUFFIX)) {
                    load(file);
                }
            }
        } catch (IOException e) {
            LOGGER.log(Level.INFO, e, () -> "The earlier results in " + directory + " cannot be used");
        }
    }

    private void load(Path file) throws IOException {
        try {
            segments.add(Segment.read(file));
        } catch (NoSuchFileException e) {
            LOGGER.log(Level.FINE, "Another process put results together", e);
        } catch (IOException e) {
            LOGGER.info(() -> "The earlier results in " + file + " are dropped: " + e.getMessage());
            Files.deleteIfExists(file);
        }
    }

    @Override
    public byte[] get(ResultKey key) {
        byte[] result = added.get(key);
        for (int i = 0; i < segments.size() && result == null; i++) {
            result = segments.get(i).get(key);
            if (result != null) {
                used.add(key);
            }
        }
        return result;
    }

    @Override
    public void put(ResultKey key, byte[] result) {
        if (result.length <= limits.bytes() / 16 && get(key) == null) {
            added.put(key, result);
        }
    }

    @Override
    public boolean outlastsTheRun() {
        return true;
    }

    /** Writes what was added. */
    @Override
    public void close() {
        if (!writable || added.isEmpty()) {
            return;
        }
        try {
            makeDirectory();
            long stored = segments.stream().mapToLong(Segment::size).sum();
            boolean together = segments.size() >= limits.files() || stored > limits.bytes();
            SortedMap<ResultKey, Segment.Result> results = new TreeMap<>();
            int today = (int) LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toEpochDay();
            added.forEach((key, bytes) -> results.put(key, new Segment.Result(bytes, today)));
            if (together) {
                segments.forEach(segment -> segment.addTo(results));
                used.forEach(key -> results.computeIfPresent(
                        key, (k, result) -> new Segment.Result(result.bytes(), today)));
            }
            shrink(results, today);
            Segment.write(directory.resolve(program + "-" + UUID.randomUUID() + SUFFIX), results);
            if (together) {
                for (Segment segment : segments) {
                    Files.deleteIfExists(segment.file());
                }
            }
            sweep();
        } catch (IOException e) {
            LOGGER.log(Level.INFO, e, () -> "The results cannot be kept in " + directory + " for the next run");
        }
    }

    /** What is found in somebody's sources is nobody else's concern. */
    private void makeDirectory() throws IOException {
        boolean posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (posix) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(directory);
        }
    }

    /** Leaves out what was of no use for the longest time. */
    private void shrink(SortedMap<ResultKey, Segment.Result> results, int today) {
        results.values().removeIf(result -> result.day() < today - limits.days());
        long bytes = results.values().stream().mapToLong(result -> result.bytes().length).sum();
        if (bytes > limits.bytes()) {
            List<Map.Entry<ResultKey, Segment.Result>> oldest = new ArrayList<>(results.entrySet());
            oldest.sort(Comparator.<Map.Entry<ResultKey, Segment.Result>>comparingInt(entry -> entry.getValue().day())
                    .thenComparing(entry -> used.contains(entry.getKey())));
            for (int i = 0; i < oldest.size() && bytes > limits.bytes() / 2; i++) {
                bytes -= oldest.get(i).getValue().bytes().length;
                results.remove(oldest.get(i).getKey());
            }
        }
    }

    /** Deletes what processes that were killed, other versions of the program and other working directories left. */
    private void sweep() throws IOException {
        Instant longAgo = clock.instant().minus(Duration.ofDays(limits.days()));
        Instant yesterday = clock.instant().minus(Duration.ofDays(1));
        for (Path file : list(directory, path -> true)) {
            String name = name(file);
            boolean unfinished = name.endsWith(UNFINISHED) && isBefore(file, yesterday);
            boolean others = name.endsWith(SUFFIX) && !name.startsWith(program + "-") && isBefore(file, longAgo);
            if (unfinished || others) {
                Files.deleteIfExists(file);
            }
        }
        for (Path other : list(cache, path -> NAME.matcher(name(path)).matches())) {
            if (isBefore(other, longAgo)) {
                for (Path file : list(other, path -> path.toString().contains(SUFFIX))) {
                    Files.deleteIfExists(file);
                }
                Files.deleteIfExists(other);
            }
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static List<Path> list(Path folder, DirectoryStream.Filter<Path> filter) throws IOException {
        List<Path> paths = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, filter)) {
            found.forEach(paths::add);
        } catch (NoSuchFileException e) {
            LOGGER.log(Level.FINE, "Another process sweeps as well", e);
        }
        return paths;
    }

    private static boolean isBefore(Path file, Instant time) throws IOException {
        try {
            return Files.getLastModifiedTime(file).toInstant().isBefore(time);
        } catch (NoSuchFileException e) {
            return false;
        }
    }
}

package io.jenkins.plugins.scmchecks.engine.analysis.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which program this is: its build leaves a hash of all of its classes, rules and policies. A result that another
 * program found out is none of this one's.
 */
public final class ProgramIdentity {

    private static final String FILE = "program.id";

    private ProgramIdentity() {}

    /** {@return the identity, or empty when the build left none; then nothing is kept between runs} */
    public static Optional<String> current() {
        try (InputStream in = ProgramIdentity.class.getResourceAsStream(FILE)) {
            return in == null
                    ? Optional.empty()
                    : Optional.of(new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * Writes the identity of a program beside its classes.
     *
     * @param classes the folder of all of its classes and resources
     */
    public static void write(Path classes) throws IOException {
        Path file = classes.resolve(ProgramIdentity.class.getPackageName().replace('.', '/')).resolve(FILE);
        List<Path> all;
        try (Stream<Path> walk = Files.walk(classes)) {
            all = walk.filter(path -> Files.isRegularFile(path) && !path.equals(file)).sorted().toList();
        }
        String[] basis = new String[2 * all.size()];
        for (int i = 0; i < all.size(); i++) {
            basis[2 * i] = classes.relativize(all.get(i)).toString().replace('\\', '/');
            basis[2 * i + 1] = new String(Files.readAllBytes(all.get(i)), StandardCharsets.ISO_8859_1);
        }
        ResultKey key = ResultKey.of(basis);
        Files.writeString(file, String.format("%016x%016x", key.high(), key.low()));
    }
}

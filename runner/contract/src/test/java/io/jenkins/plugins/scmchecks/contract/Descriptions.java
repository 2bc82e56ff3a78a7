package io.jenkins.plugins.scmchecks.contract;

import java.nio.file.Files;
import java.nio.file.Path;

/** The files that {@code .ci/contract} has taken from packages. */
final class Descriptions {

    private Descriptions() {}

    /** @throws IllegalStateException when the file is not there */
    static Path file(String name) {
        Path file = Path.of(System.getProperty("contract.descriptions", "target/descriptions"), name);
        if (!Files.isReadable(file)) {
            throw new IllegalStateException(
                    "There is no " + file.toAbsolutePath() + "; run 'make contract', which fetches it");
        }
        return file;
    }
}

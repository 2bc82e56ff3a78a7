package io.jenkins.plugins.scmchecks.fuzz;

import io.jenkins.plugins.scmchecks.engine.ConfigurationReader;
import io.jenkins.plugins.scmchecks.engine.analysis.SourceTree;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.Packs;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/** A repository's own configuration and policies. */
public final class ConfigurationFuzz {

    private ConfigurationFuzz() {}

    public static void fuzzerTestOneInput(byte[] content) {
        SourceTree tree = new SourceTree() {
            @Override
            public void walk(Consumer<Entry> files) {
                files.accept(new Entry(Packs.TEAM_FOLDER + "own.yaml", content.length));
            }

            @Override
            public Optional<byte[]> read(String path) {
                return Optional.of(content);
            }
        };
        try {
            Packs.ofTeam(tree, notice -> {});
            new ConfigurationReader().read(tree);
        } catch (IOException e) {
            // It says what is wrong with the file.
        }
    }
}

package io.jenkins.plugins.scmchecks.engine.analysis.policy;

import io.jenkins.plugins.scmchecks.engine.analysis.SourceTree;
import io.jenkins.plugins.scmchecks.engine.finding.Notice;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Where packs come from: those that are built in, and those that a team keeps in its repository. */
public final class Packs {

    /** The folder of a repository in which a team keeps its own packs. */
    public static final String TEAM_FOLDER = ".scm-checks/policies/";

    private static final int MAX_TEAM_PACKS = 200;
    private static final int MAX_TEAM_PACK_BYTES = 2_000_000;

    private Packs() {}

    /** {@return the platforms that have built-in packs} */
    public static List<String> platforms() {
        Set<String> platforms = new LinkedHashSet<>();
        index().forEach(line -> platforms.add(line[0]));
        return List.copyOf(platforms);
    }

    /** {@return all built-in packs} */
    public static List<PolicyPack> builtIn() {
        return platforms().stream().flatMap(platform -> builtIn(platform).stream()).toList();
    }

    /** {@return the built-in packs of a platform, none for a platform that has none} */
    public static List<PolicyPack> builtIn(String platform) {
        List<PolicyPack> packs = new ArrayList<>();
        for (String[] line : index()) {
            if (line[0].equals(platform)) {
                packs.add(builtInFile(line[1]));
            }
        }
        return packs;
    }

    private static PolicyPack builtInFile(String file) {
        try {
            return PackReader.read(resource("packs/" + file), file, mistake -> {
                throw new IllegalStateException(mistake);
            });
        } catch (PackException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@return the YAML of a platform's built-in packs} */
    static List<byte[]> sources(String platform) {
        return index().stream()
                .filter(line -> line[0].equals(platform))
                .map(line -> bytes("packs/" + line[1]).orElseThrow())
                .toList();
    }

    /** {@return the policies of a platform as the build compiled them; empty when it did not, or not these} */
    static Optional<List<CompiledPolicy>> compiled(String platform) {
        Optional<byte[]> compiled = bytes("packs/" + platform + ".compiled");
        try {
            return compiled.isEmpty() ? Optional.empty() : PackCompiler.read(compiled.get(), sources(platform));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String[]> index() {
        return resource("packs/index").lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.strip().split("\\s+"))
                .toList();
    }

    private static String resource(String name) {
        return new String(
                bytes(name).orElseThrow(() -> new IllegalStateException("not in the program: " + name)),
                StandardCharsets.UTF_8);
    }

    private static Optional<byte[]> bytes(String name) {
        try (InputStream in = Packs.class.getResourceAsStream(name)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads the team's own packs, {@code .scm-checks/policies/*.yaml}. For a change that is not trusted, give the tree
     * of its base: its own files must not choose by what it is judged.
     *
     * @param notices is told of each pack or policy that cannot be used, and why; the others are kept
     * @throws IOException when the tree itself cannot be read
     */
    public static List<PolicyPack> ofTeam(SourceTree tree, Consumer<Notice> notices) throws IOException {
        List<SourceTree.Entry> files = new ArrayList<>();
        tree.walk(TEAM_FOLDER, entry -> {
            String path = entry.path();
            if (path.endsWith(".yaml") || path.endsWith(".yml")) {
                files.add(entry);
            }
        });
        List<PolicyPack> packs = new ArrayList<>();
        for (SourceTree.Entry file : files) {
            if (packs.size() == MAX_TEAM_PACKS) {
                notices.accept(Notice.error(
                        file.path(), "only the first " + MAX_TEAM_PACKS + " policy packs are used"));
                break;
            }
            if (file.size() > MAX_TEAM_PACK_BYTES) {
                notices.accept(Notice.error(file.path(), "the policy pack is not used: it has " + file.size()
                        + " bytes, at most " + MAX_TEAM_PACK_BYTES + " are read"));
                continue;
            }
            byte[] content = tree.read(file.path()).orElse(new byte[0]);
            try {
                packs.add(PackReader.read(
                        new String(content, StandardCharsets.UTF_8),
                        file.path(),
                        mistake -> notices.accept(Notice.error(file.path(), mistake))));
            } catch (PackException e) {
                notices.accept(Notice.error(file.path(), "the policy pack is not used: " + e.getMessage()));
            }
        }
        return packs;
    }
}

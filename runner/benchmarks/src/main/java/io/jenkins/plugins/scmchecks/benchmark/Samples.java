package io.jenkins.plugins.scmchecks.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What is measured on. It is generated below {@code target/samples} when it is first asked for, and kept. */
public final class Samples {

    private static final Path ROOT = Path.of("target", "samples");

    private Samples() {}

    /** Prints the paths of samples, such as {@code tree 12398 0}, {@code repository 1200 110 50}, {@code sarif 100000}. */
    public static void main(String[] args) throws IOException {
        int[] numbers = Stream.of(args).skip(1).mapToInt(Integer::parseInt).toArray();
        System.out.println(switch (args[0]) {
            case "tree" -> tree(numbers[0], numbers[1]);
            case "repository" -> repository(numbers[0], numbers[1], numbers[2]);
            case "sarif" -> sarif(numbers[0]);
            default -> throw new IllegalArgumentException("tree, repository or sarif, not " + args[0]);
        });
    }

    static Path tree(int files, int terraformInThousand) throws IOException {
        return sample("committed-" + files + "-" + terraformInThousand, at -> {
            SampleTree.write(at, files, terraformInThousand);
            SampleRepository.commitAll(at);
        });
    }

    static Path repository(int files, int terraformInThousand, int changed) throws IOException {
        String name = "repository-" + files + "-" + terraformInThousand + "-" + changed;
        return sample(name, at -> SampleRepository.create(at, files, terraformInThousand, changed));
    }

    static Path sarif(int results) throws IOException {
        return sample("report-" + results, at -> {
                    SampleRepository.init(at);
                    SampleSarif.write(at.resolve("report.sarif"), results);
                })
                .resolve("report.sarif");
    }

    private interface Maker {
        void make(Path at) throws IOException;
    }

    /** What is there under its name is whole: one that was broken off is made again. */
    private static Path sample(String name, Maker maker) throws IOException {
        Path sample = ROOT.resolve(name).toAbsolutePath();
        if (!Files.exists(sample)) {
            Path unfinished = sample.resolveSibling(name + ".unfinished");
            delete(unfinished);
            Files.createDirectories(ROOT);
            maker.make(unfinished);
            Files.move(unfinished, sample);
        }
        return sample;
    }

    private static void delete(Path tree) throws IOException {
        if (Files.exists(tree)) {
            List<Path> paths;
            try (Stream<Path> walk = Files.walk(tree)) {
                paths = walk.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path path : paths) {
                Files.delete(path);
            }
        }
    }
}

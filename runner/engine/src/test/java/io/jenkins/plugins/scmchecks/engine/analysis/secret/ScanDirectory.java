package io.jenkins.plugins.scmchecks.engine.analysis.secret;

import io.jenkins.plugins.scmchecks.engine.finding.Finding;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Scans a directory for secrets from the command line, to compare findings and time with other scanners. */
final class ScanDirectory {

    private ScanDirectory() {}

    public static void main(String[] args) throws Exception {
        Path root = Path.of(args[0]);
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() && attributes.size() < 20_000_000) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        SecretScanner scanner = new SecretScanner(SecretRules.builtIn());
        AtomicInteger next = new AtomicInteger();
        List<String> found = Stream.generate(() -> new ArrayList<String>())
                .limit(Runtime.getRuntime().availableProcessors())
                .parallel()
                .flatMap(lines -> {
                    for (int i = next.getAndIncrement(); i < files.size(); i = next.getAndIncrement()) {
                        scan(scanner, root, files.get(i), lines);
                    }
                    return lines.stream();
                })
                .collect(Collectors.toList());
        found.sort(null);
        found.forEach(System.out::println);
        System.out.println(found.size() + " in " + files.size() + " files");
    }

    private static void scan(SecretScanner scanner, Path root, Path file, List<String> lines) {
        String path = root.relativize(file).toString().replace('\\', '/');
        if (FileFacts.isNotOurs(path)) {
            return;
        }
        try {
            SecretScanner.Result result = scanner.scan(path, Files.readAllBytes(file));
            result.matches().forEach(match -> {
                Finding finding = match.toFinding(path);
                lines.add(finding.location() + "\t" + match.rule().id() + "\t" + finding.severity() + "\t"
                        + finding.message());
            });
            result.notices().forEach(notice -> lines.add("notice\t" + notice));
        } catch (IOException e) {
            lines.add("notice\t" + path + ": " + e.getMessage());
        }
    }
}

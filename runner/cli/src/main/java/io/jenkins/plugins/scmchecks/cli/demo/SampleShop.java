package io.jenkins.plugins.scmchecks.cli.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The repository of the demo: as it is on its main branch, and what a pull request does to it. */
final class SampleShop {

    private static final List<String> ON_MAIN = List.of(
            "README.md",
            "Dockerfile",
            "package.json",
            "deploy/web.yaml",
            "infra/network.tf",
            "infra/storage.tf",
            "src/config.js",
            "src/server.js");
    private static final List<String> OPENED = List.of(
            "Dockerfile", "deploy/web.yaml", "infra/network.tf", "infra/storage.tf", "src/config.js");
    private static final List<String> PUSHED = List.of("deploy/web.yaml");

    private final String accessKeyId;
    private final String secretAccessKey;

    SampleShop() {
        // Made up anew each time: a key that stood in this source would be found there, and rightly so.
        Random random = new Random();
        accessKeyId = "AKIA" + text(random, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16);
        secretAccessKey = text(random, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/+", 40);
    }

    Map<String, String> onMain() {
        return files("main", ON_MAIN);
    }

    /** {@return the files as the pull request changes them when it is opened} */
    Map<String, String> opened() {
        return files("opened", OPENED);
    }

    /** {@return the files of the second push, which mends one thing and breaks another} */
    Map<String, String> pushed() {
        return files("pushed", PUSHED);
    }

    /** {@return what must never be seen outside the repository itself} */
    List<String> secrets() {
        return List.of(accessKeyId, secretAccessKey);
    }

    private Map<String, String> files(String state, List<String> paths) {
        Map<String, String> files = new LinkedHashMap<>();
        for (String path : paths) {
            files.put(path, read(state + "/" + path));
        }
        return files;
    }

    private String read(String resource) {
        try (InputStream in = SampleShop.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("@AWS_ACCESS_KEY_ID@", accessKeyId)
                    .replace("@AWS_SECRET_ACCESS_KEY@", secretAccessKey);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Random random, String alphabet, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}

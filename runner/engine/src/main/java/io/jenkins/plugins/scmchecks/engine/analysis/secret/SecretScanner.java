package io.jenkins.plugins.scmchecks.engine.analysis.secret;

import io.jenkins.plugins.scmchecks.engine.finding.Notice;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Finds the secrets of one file. Immutable and thread-safe. */
final class SecretScanner {

    /** How far a file is looked at for a zero byte, as git does, to tell whether it is text. */
    private static final int TEXT_PROBE = 8000;

    private final SecretRules rules;

    SecretScanner(SecretRules rules) {
        this.rules = rules;
    }

    /**
     * What was found.
     *
     * @param matches by their place, none overlapping another
     * @param notices of what could not be looked at
     */
    record Result(List<SecretMatch> matches, List<Notice> notices) {}

    /** {@return whether a file of that path is worth looking at even if it is no text} */
    boolean looksAtBinary(String path) {
        return rules.byPath().stream().anyMatch(rule -> rule.appliesTo(path));
    }

    Result scan(String path, byte[] content) {
        byte[] bytes = asUtf8(content);
        FileScan scan = new FileScan(FileFacts.of(path), bytes);
        for (SecretRule rule : rules.byPath()) {
            boolean store = rule.detector() == SecretRule.Detector.KEY_STORE;
            if (rule.appliesTo(path) && (!store || KeyStores.holdsKeys(content))) {
                scan.reportFile(rule);
            }
        }
        if (isText(bytes)) {
            rules.automaton().scan(bytes, (keyword, end) -> {
                int start = end - rules.lengthOf(keyword);
                for (SecretRule rule : rules.of(keyword)) {
                    scan.look(rule, start, end);
                }
            });
        }
        return scan.result();
    }

    private static boolean isText(byte[] bytes) {
        for (int i = 0; i < Math.min(TEXT_PROBE, bytes.length); i++) {
            if (bytes[i] == 0) {
                return false;
            }
        }
        return true;
    }

    /** Windows' own tools write UTF-16, with a mark. */
    private static byte[] asUtf8(byte[] content) {
        if (content.length < 2) {
            return content;
        }
        int mark = (content[0] & 0xFF) << 8 | content[1] & 0xFF;
        Charset charset = mark == 0xFFFE ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
        return mark == 0xFFFE || mark == 0xFEFF
                ? new String(content, 2, content.length - 2, charset).getBytes(StandardCharsets.UTF_8)
                : content;
    }
}

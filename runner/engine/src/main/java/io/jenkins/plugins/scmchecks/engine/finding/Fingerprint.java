package io.jenkins.plugins.scmchecks.engine.finding;

import io.jenkins.plugins.scmchecks.engine.analysis.SourceFile;
import io.jenkins.plugins.scmchecks.engine.analysis.SourceTree;
import io.jenkins.plugins.scmchecks.engine.analysis.secret.Redaction;
import io.jenkins.plugins.scmchecks.engine.change.ChangeSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Gives findings their identity: the same one before and after lines move, white space changes or the file is renamed,
 * and different ones for two findings of one rule. It is made of the tool, the rule, the file's path in the base, the
 * resource, the text of the line, and a count among those that are alike. Of a secret in the line only a few
 * bits go in, too few to guess it by.
 */
public final class Fingerprint {

    private final ChangeSet change;

    /** @param change by which renamed files keep their identity */
    public Fingerprint(ChangeSet change) {
        this.change = change;
    }

    /**
     * Computes the fingerprints. A finding that brings one from its tool keeps it as the part that stands for the
     * line's text.
     *
     * @param findings in the order of their paths and lines
     * @param tree that they were found in
     * @throws IOException when a file of the tree cannot be read
     */
    public List<Finding> assign(List<Finding> findings, SourceTree tree) throws IOException {
        List<Finding> result = new ArrayList<>(findings.size());
        Map<String, Integer> alike = new HashMap<>();
        Redaction redaction = Redaction.of(findings);
        SourceFile file = null;
        for (Finding finding : findings) {
            String path = finding.location().path();
            if (finding.fingerprint() == null && (file == null || !file.path().equals(path))) {
                file = new SourceFile(path, tree.read(path).orElse(new byte[0]));
            }
            String content = finding.fingerprint() == null ? text(finding, file, redaction) : finding.fingerprint();
            String identity = String.join(
                    "\0",
                    finding.tool(),
                    finding.rule().id(),
                    change.basePath(path),
                    finding.resource() == null ? "" : finding.resource(),
                    content);
            int count = alike.merge(identity, 1, Integer::sum);
            result.add(finding.withFingerprint(hash(identity + "\0" + count)));
        }
        return result;
    }

    private static String text(Finding finding, SourceFile file, Redaction redaction) {
        Region region = finding.location().region();
        if (region == null) {
            return "";
        }
        int line = region.startLine();
        return redaction.material(file.path(), line, file.line(line)).strip().replaceAll("\\s+", " ");
    }

    private static String hash(String identity) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(identity.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}

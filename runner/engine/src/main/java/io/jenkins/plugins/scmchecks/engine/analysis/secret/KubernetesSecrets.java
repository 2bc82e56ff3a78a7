package io.jenkins.plugins.scmchecks.engine.analysis.secret;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The values of Kubernetes Secrets, written as YAML manifests: {@code data} in Base64, {@code stringData} as text. */
final class KubernetesSecrets {

    private static final int LONGEST_DOCUMENT = 200_000;
    private static final Pattern YAML = Pattern.compile("(?i)\\.(?:ya?ml|tpl)(?:\\.\\w+)?$");
    private static final Pattern KIND = Pattern.compile("(\\s*(?:-\\s+)?)[\"']?kind[\"']?:\\s*[\"']?");
    private static final Pattern SECTION = Pattern.compile("[\"']?(data|stringData)[\"']?:\\s*");
    private static final Pattern ENTRY = Pattern.compile("(\\s+)[\"']?([\\w.-]+)[\"']?:[ \\t]*(.*?)\\s*");

    // What a Secret may hold besides secrets.
    private static final Pattern OPEN_NAMES = Pattern.compile("(?i).*username|(?:.*[-_.])?(?:user|host(?:name)?"
            + "|port|e?mail|database|dbname|db|name"
            + "|region|bucket|endpoint|url|uri|crt|cert|certificate|ca|pub|client[-_]?id|id|type|mode|version"
            + "|enabled|namespace|server|domain)");

    private static final Set<Character> BLOCK = Set.of('|', '>');

    private KubernetesSecrets() {}

    /** Looks at the manifest, if {@code kind: Secret} is there. */
    static void look(FileScan scan, SecretRule rule, int start, int end) {
        byte[] bytes = scan.bytes();
        if (scan.isManifestRead(start)
                || end < bytes.length && bytes[end] > ' ' && bytes[end] != '"' && bytes[end] != '\''
                || !YAML.matcher(scan.facts().path()).find()) {
            return;
        }
        int lineStart = lineStart(bytes, start);
        Matcher kind = KIND.matcher(scan.text(lineStart, start));
        if (!kind.matches()) {
            return;
        }
        int indent = kind.group(1).length();
        int first = lineStart;
        // Up to the start of the document, or of the item when it is one of a list.
        while (first > 0 && lineStart - first < LONGEST_DOCUMENT) {
            int previous = lineStart(bytes, first - 1);
            String line = scan.text(previous, first);
            if (isBoundary(line) || !line.isBlank() && depthOf(line) < indent) {
                break;
            }
            first = previous;
        }
        int last = readManifest(scan, rule, first, Math.max(first, lineStart), indent);
        scan.manifestReadUpTo(last);
        scan.spend(5L * (last - first));
    }

    private static int readManifest(FileScan scan, SecretRule rule, int first, int kind, int indent) {
        byte[] bytes = scan.bytes();
        String section = null;
        int at = first;
        while (at < bytes.length && at - first < LONGEST_DOCUMENT) {
            int next = lineEnd(bytes, at);
            String line = scan.text(at, next);
            int depth = at == kind ? indent : depthOf(line);
            if (at > kind && isBoundary(line)) {
                return at;
            }
            if (!line.isBlank() && depth == indent) {
                Matcher matcher = SECTION.matcher(line.strip());
                section = matcher.matches() ? matcher.group(1) : null;
            } else if (!line.isBlank() && depth < indent) {
                return at;
            } else if (section != null) {
                Matcher entry = ENTRY.matcher(line);
                if (entry.matches()) {
                    next = readEntry(scan, rule, section, entry, at, next);
                }
            }
            at = next;
        }
        return at;
    }

    private static int readEntry(FileScan scan, SecretRule rule, String section, Matcher entry, int line, int lineEnd) {
        byte[] bytes = scan.bytes();
        int depth = entry.group(1).length();
        String value = entry.group(3);
        int from = line + entry.start(3);
        int to = line + entry.end(3);
        int next = lineEnd;
        if (!value.isEmpty() && BLOCK.contains(value.charAt(0))) {
            from = lineEnd;
            to = lineEnd;
            while (next < bytes.length) {
                int end = lineEnd(bytes, next);
                String text = scan.text(next, end);
                int own = text.length() - text.stripLeading().length();
                if (!text.isBlank() && own <= depth) {
                    break;
                }
                if (!text.isBlank()) {
                    from = to == lineEnd ? next + own : from;
                    to = next + text.stripTrailing().length();
                }
                next = end;
            }
            value = scan.text(from, to);
        } else if (value.length() >= 2 && (value.startsWith("\"") || value.startsWith("'"))) {
            int close = value.indexOf(value.charAt(0), 1);
            to = close > 0 ? from + close : to;
            from++;
            value = scan.text(from, Math.max(from, to));
        } else {
            value = value.replaceAll("\\s+#.*", "");
            to = from + value.length();
        }
        String name = entry.group(2);
        Check.Outcome outcome = section.equals("data") ? judgeBase64(name, value) : judgeText(name, value);
        if (outcome != Check.Outcome.REFUTED && to > from) {
            scan.add(rule, from, to, outcome, 0);
        }
        return next;
    }

    private static Check.Outcome judgeBase64(String name, String value) {
        String compact = value.replaceAll("\\s", "");
        if (compact.length() < 8 || !compact.matches("[A-Za-z0-9+/]+={0,2}")) {
            return Check.Outcome.REFUTED;
        }
        String decoded = Check.decoded(compact);
        if (decoded.isEmpty()) {
            return Check.Outcome.REFUTED;
        }
        boolean text = decoded.matches("(?s)[\\x09-\\x0d\\x20-\\x7e]+");
        if (text) {
            return judgeText(name, decoded.strip());
        }
        return decoded.length() >= 16 ? Check.Outcome.PLAUSIBLE : Check.Outcome.REFUTED;
    }

    private static Check.Outcome judgeText(String name, String text) {
        if (text.contains("PRIVATE KEY-----")) {
            return Check.Outcome.PLAUSIBLE;
        }
        if (text.contains("-----BEGIN ") || OPEN_NAMES.matcher(name).matches()) {
            return Check.Outcome.REFUTED;
        }
        if (name.startsWith(".docker") && text.contains("\"auth")) {
            return Placeholder.WORDS.matcher(text).find() || Placeholder.isReference(text)
                    ? Check.Outcome.REFUTED
                    : Check.Outcome.PLAUSIBLE;
        }
        return Check.outcome(
                GenericSecret.isPassword(name) ? Password.strengthInSettings(text, true) : Password.strengthOf(text));
    }

    private static int depthOf(String line) {
        return line.length() - line.stripLeading().length();
    }

    private static boolean isBoundary(String line) {
        return line.startsWith("---");
    }

    private static int lineStart(byte[] bytes, int at) {
        int start = at;
        while (start > 0 && bytes[start - 1] != '\n') {
            start--;
        }
        return start;
    }

    private static int lineEnd(byte[] bytes, int at) {
        int end = at;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        return Math.min(bytes.length, end + 1);
    }
}

package io.jenkins.plugins.scmchecks.engine.analysis.secret;

import io.jenkins.plugins.scmchecks.engine.finding.Severity;
import java.util.Locale;

/** Passwords in the user information of URLs (RFC 3986, 3.2.1): {@code scheme://user:password@host}. */
final class UrlCredentials {

    private static final int LONGEST_AUTHORITY = 400;

    private UrlCredentials() {}

    /** Looks at the URL whose {@code ://} is there. */
    static void look(FileScan scan, SecretRule rule, int start, int end) {
        byte[] bytes = scan.bytes();
        if (start == 0 || !FileScan.isAlphanumeric(bytes[start - 1])) {
            return;
        }
        int colon = -1;
        int at = -1;
        int i = end;
        int limit = Math.min(bytes.length, end + LONGEST_AUTHORITY);
        while (i < limit && !endsAuthority(bytes[i])) {
            if (bytes[i] == ':' && colon < 0) {
                colon = i;
            } else if (bytes[i] == '@') {
                at = i;
            }
            i++;
        }
        if (colon < 0 || at <= colon + 1) {
            return;
        }
        String user = scan.text(end, colon);
        String password = scan.text(colon + 1, at);
        String host = scan.text(at + 1, i).replaceAll(":\\d*$", "").toLowerCase(Locale.ROOT);
        boolean settings = scan.facts().settings() && !host.matches("localhost|127\\..*|\\[?::1]?|0\\.0\\.0\\.0");
        Password.Strength strength =
                settings ? Password.strengthInSettings(password, false) : Password.strengthOf(password);
        if (strength == Password.Strength.NONE
                || !settings && password.equalsIgnoreCase(user)
                || password.equalsIgnoreCase(host)
                || Placeholder.isReference(user)
                || isPlaceholder(host)) {
            return;
        }
        boolean local = isLocal(host);
        if (strength == Password.Strength.WEAK) {
            if (!local || settings) {
                scan.add(rule, colon + 1, at, Check.Outcome.DOUBTFUL, 0);
            }
        } else {
            scan.add(rule, colon + 1, at, Check.Outcome.PLAUSIBLE, local ? Severity.LOW : rule.severity(), 0);
        }
    }

    private static boolean endsAuthority(byte b) {
        return b >= 0 && b <= ' ' || "/?#\"'`<>|\\,".indexOf(b) >= 0;
    }

    private static boolean isPlaceholder(String host) {
        return host.isEmpty()
                || host.matches("(?:my-?)?(?:host|hostname|server|domain|ip|address|hostport|url|endpoint|\\.+)")
                || host.matches("(?:.*\\.)?example(?:\\.\\w+)?|.*\\.(?:example|invalid)|(?:your"
            + "|my)[-_.]?.*\\.(?:com|org)|foo\\.\\w+");
    }

    private static boolean isLocal(String host) {
        return host.matches("localhost|127\\..*|0\\.0\\.0\\.0|\\[::1].*|::1|host\\.docker\\.internal"
            + "|.*\\.(?:local|localhost|test)")
                || !host.contains(".") && !host.contains("{") && !host.contains("$");
    }
}

package io.jenkins.plugins.scmchecks.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a clone came from.
 *
 * @param host name, with its port when the address has one that is not SSH's
 * @param path of the repository, without slashes around it and without {@code .git}
 */
public record RemoteUrl(String host, String path) {

    private static final Pattern SCP = Pattern.compile("(?:[^@/:]+@)?([^@/:]+):(?!//)(.+)");

    /** {@return what git's remote URL says, in any of its forms; empty for a local path or what cannot be read} */
    public static Optional<RemoteUrl> parse(String text) {
        if (text == null || text.length() > 2_000) {
            return Optional.empty();
        }
        if (text.contains("://")) {
            try {
                // A user's name may be an e-mail address, which is not encoded by everybody; nothing of it is needed.
                URI uri = new URI(text.replaceFirst("://[^/]*@", "://"));
                if (uri.getHost() == null || uri.getPath() == null) {
                    return Optional.empty();
                }
                // The port of an SSH server tells nothing about the provider's pages.
                boolean web = uri.getPort() >= 0 && !uri.getScheme().toLowerCase(Locale.ROOT).endsWith("ssh");
                return of(uri.getHost() + (web ? ":" + uri.getPort() : ""), uri.getPath());
            } catch (URISyntaxException e) {
                return Optional.empty();
            }
        }
        Matcher scp = SCP.matcher(text);
        // A single letter before the colon is a drive of Windows.
        return scp.matches() && scp.group(1).length() > 1 ? of(scp.group(1), scp.group(2)) : Optional.empty();
    }

    private static Optional<RemoteUrl> of(String host, String path) {
        String plain = path.replaceAll("^/+|/+$", "").replaceAll("\\.git$", "");
        return plain.isEmpty() ? Optional.empty() : Optional.of(new RemoteUrl(host, plain));
    }
}

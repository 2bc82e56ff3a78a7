package io.jenkins.plugins.scmchecks.config;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;

/**
 * The address of a provider's API as an administrator writes it, looked at before any request goes there: the form's
 * test button would otherwise let Jenkins be sent to the metadata services of clouds, which give out credentials.
 */
public final class ApiAddress {

    /** Names and addresses of metadata services that are not link-local: Google, Azure, Amazon over IPv6, Alibaba. */
    private static final Set<String> METADATA_NAMES = Set.of(
            "metadata", "metadata.google.internal", "metadata.goog", "metadata.azure.com", "metadata.azure.internal",
            "instance-data", "instance-data.ec2.internal");

    private static final Set<String> METADATA_ADDRESSES =
            Set.of("fd00:ec2:0:0:0:0:0:254", "fd20:ce:0:0:0:0:0:254", "100.100.100.200", "168.63.129.16", "192.0.0.192");

    private ApiAddress() {}

    /**
     * Reads an address. No name is looked up.
     *
     * @param text such as {@code https://github.example.org/api/v3}
     * @return it, without a slash at its end
     * @throws IllegalArgumentException when it is not an http(s) address of a host, saying how to write it
     */
    public static URI parse(String text) {
        URI uri;
        try {
            uri = new URI(text == null ? "" : text.strip().replaceAll("/+$", ""));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("This is not an address. Write it as https://host/path.", e);
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http") || uri.getHost() == null) {
            throw new IllegalArgumentException("This is not an API address. Write it as https://host/path.");
        }
        if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "An API address has no user, '?' or '#' in it. Select a credential instead of writing one here.");
        }
        return uri;
    }

    /** {@return the address of the pages that the API is a part of: without {@code apiPath} at its end} */
    static URI below(String apiUrl, String apiPath) {
        String address = parse(apiUrl).toString();
        return URI.create(
                address.endsWith(apiPath) ? address.substring(0, address.length() - apiPath.length()) : address);
    }

    static boolean isHost(String address, String host) {
        return parse(address).getHost().equalsIgnoreCase(host);
    }

    /**
     * Looks up where an address leads.
     *
     * @throws IllegalArgumentException when that is a link-local or metadata address; an unknown host is left to the
     *     connection, which says so
     */
    public static void requirePublic(URI address) {
        String host = address.getHost().toLowerCase(Locale.ROOT).replaceAll("\\.$", "");
        if (METADATA_NAMES.contains(host)) {
            throw refused(host);
        }
        try {
            for (InetAddress found : InetAddress.getAllByName(host)) {
                String ip = found.getHostAddress().replaceAll("%.*$", "");
                if (found.isLinkLocalAddress()
                        || found.isAnyLocalAddress()
                        || found.isMulticastAddress()
                        || METADATA_ADDRESSES.contains(ip)) {
                    throw refused(host);
                }
            }
        } catch (UnknownHostException e) {
            // Nothing is sent to a host that nobody knows; the connection will tell.
            return;
        }
    }

    private static IllegalArgumentException refused(String host) {
        return new IllegalArgumentException(host + " leads to a link-local or metadata address, which gives out"
                + " credentials of the machine. If that is meant, an administrator can allow it under"
                + " \"Allow link-local and metadata addresses\".");
    }
}

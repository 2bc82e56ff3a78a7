package io.jenkins.plugins.scmchecks.engine.scm;

import java.time.Instant;
import java.util.List;

/**
 * What a test of a connection saw.
 *
 * @param status in one word
 * @param account that the credential signs in as, like {@code App "SCM Checks" on acme}; null when it does not
 * @param server the provider's product and version as far as it tells, or null
 * @param repositories how many can be reached; -1 when not known
 * @param missing permissions or scopes that are missing, each with what it is needed for
 * @param notes other things worth knowing, such as a feature that the server's version lacks
 * @param expires when the credential ends, or null when it does not or the provider does not tell
 * @param reason why the status is what it is and how to mend it; empty when active
 */
public record ConnectionReport(
        Status status,
        String account,
        String server,
        int repositories,
        List<String> missing,
        List<String> notes,
        Instant expires,
        String reason) {

    /** The state of an integration. */
    public enum Status {
        ACTIVE,
        NOT_INSTALLED,
        SUSPENDED,
        UNAUTHORIZED,
        UNREACHABLE
    }

    public ConnectionReport {
        missing = List.copyOf(missing);
        notes = List.copyOf(notes);
        reason = reason == null ? "" : reason;
    }

    /** {@return a report of a connection that does not work} */
    public static ConnectionReport failed(Status status, String reason) {
        return new ConnectionReport(status, null, null, -1, List.of(), List.of(), null, reason);
    }
}

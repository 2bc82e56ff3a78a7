package io.jenkins.plugins.scmchecks.engine.finding;

import java.util.List;
import java.util.Objects;

/**
 * What a tool looks for: SARIF's {@code reportingDescriptor}.
 *
 * @param id stable and unique within its tool, like {@code SCM-TF-S3-001} or {@code javascript.lang.eval}
 * @param name a short title for people
 * @param help why it matters and how to mend it, in Markdown; may be empty
 * @param helpUri an http(s) address with more, or null
 * @param severity unless a finding says otherwise
 * @param tags such as {@code CWE-798} or {@code CIS-AWS-2.1.1}
 */
public record Rule(String id, String name, String help, String helpUri, Severity severity, List<String> tags) {

    public Rule {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(severity, "severity");
        name = name == null || name.isBlank() ? id : name;
        help = help == null ? "" : help;
        // Reports are untrusted: only addresses that are safe to show as a link are kept.
        helpUri = helpUri != null && helpUri.matches("(?i)https?://\\S+") ? helpUri : null;
        tags = tags == null ? List.of() : List.copyOf(tags);
    }

    /** {@return a rule of which only the id and severity are known} */
    public static Rule of(String id, Severity severity) {
        return new Rule(id, id, "", null, severity, List.of());
    }
}

package io.jenkins.plugins.scmchecks.engine.analysis.policy;

import io.jenkins.plugins.scmchecks.engine.finding.Rule;
import io.jenkins.plugins.scmchecks.engine.finding.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One thing that configuration should not say. Data only: it is read from a pack and judged by {@link CompiledPolicy}.
 *
 * @param id stable and unique, like {@code SCM-K8S-001}
 * @param title what is wrong, in one line
 * @param platform of the resources it is about
 * @param severity of its findings
 * @param resources their types; {@code *} for all, {@code aws_*} for those that begin so
 * @param each what is judged one by one, as <code>name in list</code>; empty when the resource is judged as a whole
 * @param failsWhen the condition, in CEL, under which the policy fails
 * @param at paths of which the first that exists is a finding's place
 * @param message of a finding, with <code>${CEL}</code> in it
 * @param with types of the other resources that the condition looks at
 * @param description why it matters, in Markdown
 * @param remediation how to mend it, in Markdown
 * @param references such as {@code CIS-K8S-5.2.2}, {@code CWE-250}, or addresses
 * @param aliases the ids by which other tools know it
 * @param examples that show what passes and what fails
 * @param line at which it begins in its pack's file
 */
public record Policy(
        String id,
        String title,
        String platform,
        Severity severity,
        List<String> resources,
        List<String> each,
        String failsWhen,
        List<String> at,
        String message,
        List<String> with,
        String description,
        String remediation,
        List<String> references,
        List<String> aliases,
        List<Example> examples,
        int line) {

    public Policy {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(platform, "platform");
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(failsWhen, "failsWhen");
        Objects.requireNonNull(message, "message");
        resources = List.copyOf(resources);
        each = List.copyOf(each);
        at = List.copyOf(at);
        with = List.copyOf(with);
        references = List.copyOf(references);
        aliases = List.copyOf(aliases);
        examples = List.copyOf(examples);
    }

    /**
     * What must pass or fail: a pack's own test.
     *
     * @param passes whether this policy finds nothing here
     * @param files by name
     * @param lines at which this policy's findings begin, in order, or empty when that is not said
     * @param line at which the example begins in its pack's file
     */
    public record Example(boolean passes, Map<String, String> files, List<Integer> lines, int line) {}

    /** {@return what findings refer to} */
    public Rule rule() {
        List<String> tags = new ArrayList<>();
        String helpUri = null;
        for (String reference : references) {
            if (!reference.startsWith("http")) {
                tags.add(reference);
            } else if (helpUri == null) {
                helpUri = reference;
            }
        }
        tags.addAll(aliases);
        String help = (description + "\n\n" + remediation).strip();
        return new Rule(id, title, help, helpUri, severity, tags);
    }

    /** {@return whether a suppression that names {@code other} means this policy} */
    public boolean isKnownAs(String other) {
        // Trivy writes AWS-0107 for what it called AVD-AWS-0107 before.
        return id.equalsIgnoreCase(other) || aliases.stream().anyMatch(alias ->
                alias.equalsIgnoreCase(other) || alias.equalsIgnoreCase("AVD-" + other));
    }
}

package io.jenkins.plugins.scmchecks.engine.analysis.policy.azure;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.Resource;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import java.util.LinkedHashMap;
import java.util.Map;

/** A template's parameters as resources of the type {@code Parameter}. */
final class Parameters {

    static final String TYPE = "Parameter";

    private Parameters() {}

    /** @param value the default as it is written, or null when there is none or it is computed */
    static Resource resource(String path, String name, String type, boolean secure, Node value, Region head) {
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        entries.put("name", new Node.Entry(head, new Node.Scalar(name, head)));
        entries.put("type", new Node.Entry(head, new Node.Scalar(type, head)));
        entries.put("secure", new Node.Entry(head, new Node.Scalar(secure, head)));
        if (value != null) {
            entries.put("defaultValue", new Node.Entry(value.region(), value));
        }
        return new Resource(
                ArmReader.PLATFORM, TYPE, TYPE + "/" + name, path, head, new Node.Mapping(entries, head));
    }
}

package io.jenkins.plugins.scmchecks.engine.analysis.policy;

import io.jenkins.plugins.scmchecks.engine.finding.Region;
import java.util.List;
import java.util.Map;

/** A value in a configuration file, with the place where it stands in the resource's own file. */
public sealed interface Node {

    /** {@return where the value stands; for a value computed elsewhere, where the resource refers to it} */
    Region region();

    /** A text, number, truth value or null: {@code value} is a String, Long, Double, Boolean or null. */
    record Scalar(Object value, Region region) implements Node {}

    record Sequence(List<Node> items, Region region) implements Node {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /** A map, or a block; the entries are in the file's order. */
    record Mapping(Map<String, Entry> entries, Region region) implements Node {

        /** {@return the value of a key, or null} */
        public Node get(String key) {
            Entry entry = entries.get(key);
            return entry == null ? null : entry.value();
        }
    }

    /** A value that the files alone do not tell. No policy fails because of it. */
    record Unknown(String why, Region region) implements Node {}

    /** One entry of a mapping: where its key stands, and its value. */
    record Entry(Region key, Node value) {}
}

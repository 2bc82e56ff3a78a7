package io.jenkins.plugins.scmchecks.engine.analysis.policy.cloudformation;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A loop over a list: {@code Fn::ForEach::Name: [Identifier, [values], {Key${Identifier}: …}]}. (AWS CloudFormation
 * User Guide, "Fn::ForEach", of the transform AWS::LanguageExtensions.)
 *
 * @param identifier that stands for each value
 * @param elements the values; one that is unknown when the list is not known
 * @param output what is repeated
 */
record ForEach(String identifier, List<Node> elements, Node.Mapping output) {

    private static final String KEY = "Fn::ForEach::";

    /** Rounds of a loop; what is written in longer ones differs in little. */
    private static final int MAX_ROUNDS = 100;

    /** {@return the loop that an entry is, or null when it is none} */
    static ForEach of(String key, Node value, Values values) {
        List<Node> parts = key.startsWith(KEY) && value instanceof Node.Sequence list ? list.items() : List.of();
        String identifier = parts.size() == 3 ? Values.text(parts.get(0)) : null;
        if (identifier == null || !(parts.get(2) instanceof Node.Mapping output)) {
            return null;
        }
        boolean known = values.of(parts.get(1), new ArrayList<>()) instanceof Node.Sequence list
                && list.items().size() <= MAX_ROUNDS;
        List<Node> elements = known
                ? ((Node.Sequence) values.of(parts.get(1), new ArrayList<>())).items()
                : List.of(new Node.Unknown("an element of a list that is not known", value.region()));
        return new ForEach(identifier, elements, output);
    }

    /** Hands over what each round makes, while the identifier has its value. */
    void rounds(Values values, Consumer<Node.Mapping> round) {
        for (Node element : elements) {
            String text = Values.text(element);
            Map<String, Node.Entry> entries = new LinkedHashMap<>();
            output.entries().forEach((key, entry) -> entries.put(text == null ? key : filled(key, text), entry));
            values.names().within(identifier, element, () -> round.accept(new Node.Mapping(entries, output.region())));
        }
    }

    private String filled(String key, String text) {
        return key.replace("${" + identifier + "}", text).replace("&{" + identifier + "}", text);
    }
}

package io.jenkins.plugins.scmchecks.engine.analysis.policy.document;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads YAML into {@link Node}s that know their places. Anchors, aliases and merge keys are followed; a local tag such
 * as {@code !Ref x} becomes the mapping <code>{"!Ref": x}</code>; a repeated key keeps its last value.
 */
public final class YamlDocuments {

    private final DocumentLimits limits;
    private final String text;
    private final TextLines lines;
    private final boolean astral;
    private final Map<Anchor, Anchored> anchors = new HashMap<>();
    private Iterator<Event> events;
    private int nodes;

    private record Anchored(Node node, int size) {}

    private YamlDocuments(String text, DocumentLimits limits) {
        this.text = text;
        this.limits = limits;
        this.lines = new TextLines(text);
        this.astral = text.chars().anyMatch(c -> Character.isHighSurrogate((char) c));
    }

    /**
     * Reads all documents of a text, each handed over as soon as it is complete, so an error in a later one does not
     * lose those before it. An empty document is left out.
     *
     * @throws DocumentException when the text is not YAML, or more than the limits allow
     */
    public static void read(String text, DocumentLimits limits, Consumer<Node> documents) throws DocumentException {
        if (text.length() > limits.characters()) {
            throw new DocumentException("the file has " + text.length() + " characters; at most "
                    + limits.characters() + " are read", 0, 0);
        }
        try {
            new YamlDocuments(text, limits).read(documents);
        } catch (MarkedYamlEngineException e) {
            throw e.getProblemMark()
                    .map(mark -> new DocumentException(problem(e), mark.getLine() + 1, mark.getColumn() + 1))
                    .orElseGet(() -> new DocumentException(problem(e), 0, 0));
        } catch (YamlEngineException | IndexOutOfBoundsException | IllegalArgumentException e) {
            // The scanner lets a few malformed escapes and directives through to the JDK.
            throw new DocumentException("not YAML: " + e.getMessage(), 0, 0);
        }
    }

    /** As {@link #read(String, DocumentLimits, Consumer)} with the default limits, as a list. */
    public static List<Node> read(String text) throws DocumentException {
        List<Node> documents = new ArrayList<>();
        read(text, DocumentLimits.DEFAULT, documents::add);
        return documents;
    }

    private static String problem(MarkedYamlEngineException e) {
        String context = e.getContext() == null ? "" : e.getContext() + ": ";
        return "not YAML: " + context + e.getProblem();
    }

    private void read(Consumer<Node> documents) throws DocumentException {
        LoadSettings settings = LoadSettings.builder()
                .setUseMarks(true)
                .setCodePointLimit(limits.characters())
                .build();
        events = new Parse(settings).parseString(text).iterator();
        while (events.hasNext()) {
            Event event = events.next();
            switch (event.getEventId()) {
                case DocumentStart -> anchors.clear();
                case Scalar, SequenceStart, MappingStart, Alias -> {
                    Node node = node(event, 0);
                    boolean empty = node instanceof Node.Scalar scalar && scalar.value() == null;
                    if (!empty) {
                        documents.accept(node);
                    }
                }
                default -> {
                    // Stream and document ends carry nothing.
                }
            }
        }
    }

    private Node node(Event event, int depth) throws DocumentException {
        if (depth > limits.depth()) {
            throw tooMuch("lists and maps are nested deeper than " + limits.depth() + " levels", event);
        }
        int before = nodes;
        count(1, event);
        if (event instanceof AliasEvent alias) {
            Anchored anchored = anchors.get(alias.getAlias());
            if (anchored == null) {
                throw tooMuch("the alias *" + alias.getAlias() + " has no anchor before it", event);
            }
            count(anchored.size(), event);
            return anchored.node();
        }
        Optional<Anchor> anchor;
        Optional<String> tag;
        Node node;
        if (event instanceof ScalarEvent scalar) {
            anchor = scalar.getAnchor();
            tag = scalar.getTag();
            boolean typed = scalar.isPlain() && tag.isEmpty();
            node = new Node.Scalar(
                    typed ? YamlScalars.resolve(scalar.getValue()) : scalar.getValue(), region(event, event));
        } else if (event instanceof SequenceStartEvent sequence) {
            anchor = sequence.getAnchor();
            tag = sequence.getTag();
            node = sequence(event, depth);
        } else if (event instanceof MappingStartEvent mapping) {
            anchor = mapping.getAnchor();
            tag = mapping.getTag();
            node = mapping(event, depth);
        } else {
            throw tooMuch("unexpected " + event.getEventId(), event);
        }
        Node result = tagged(tag, node);
        anchor.ifPresent(name -> anchors.put(name, new Anchored(result, nodes - before)));
        return result;
    }

    private static Node tagged(Optional<String> tag, Node node) {
        boolean local = tag.isPresent() && tag.get().length() > 1 && tag.get().startsWith("!");
        return local
                ? new Node.Mapping(Map.of(tag.get(), new Node.Entry(node.region(), node)), node.region())
                : node;
    }

    private Node sequence(Event start, int depth) throws DocumentException {
        List<Node> items = new ArrayList<>();
        Event event = events.next();
        while (event.getEventId() != Event.ID.SequenceEnd) {
            items.add(node(event, depth + 1));
            event = events.next();
        }
        return new Node.Sequence(items, region(start, event));
    }

    private Node mapping(Event start, int depth) throws DocumentException {
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        Deque<Node> merges = new ArrayDeque<>();
        Event event = events.next();
        while (event.getEventId() != Event.ID.MappingEnd) {
            Region key = region(event, event);
            String name = event instanceof ScalarEvent scalar ? scalar.getValue() : text(node(event, depth + 1));
            Node value = node(events.next(), depth + 1);
            if (name.equals("<<")) {
                merges.add(value);
            } else {
                entries.put(name, new Node.Entry(key, value));
            }
            event = events.next();
        }
        for (Node merge : merges) {
            merge(entries, merge);
        }
        return new Node.Mapping(entries, region(start, event));
    }

    /** What is merged never replaces what the mapping says itself (YAML merge key, yaml.org/type/merge.html). */
    private static void merge(Map<String, Node.Entry> entries, Node merge) {
        if (merge instanceof Node.Mapping mapping) {
            mapping.entries().forEach(entries::putIfAbsent);
        } else if (merge instanceof Node.Sequence sequence) {
            sequence.items().stream()
                    .filter(Node.Mapping.class::isInstance)
                    .forEach(item -> merge(entries, item));
        }
    }

    private static String text(Node key) {
        return key instanceof Node.Scalar scalar ? String.valueOf(scalar.value()) : "?";
    }

    private void count(int more, Event event) throws DocumentException {
        nodes += more;
        if (nodes > limits.nodes()) {
            throw tooMuch("more than " + limits.nodes() + " values, aliases counted as what they stand for", event);
        }
    }

    private DocumentException tooMuch(String problem, Event event) {
        Region region = region(event, event);
        return new DocumentException(problem, region.startLine(), region.startColumn());
    }

    private Region region(Event from, Event to) {
        int start = offset(from.getStartMark().orElseThrow().getIndex());
        int end = offset(to.getEndMark().orElseThrow().getIndex());
        return lines.region(start, Math.max(start, end));
    }

    /** The scanner counts code points, regions count UTF-16 code units. */
    private int offset(int codePoints) {
        int offset = astral ? text.offsetByCodePoints(0, codePoints) : codePoints;
        return Math.min(offset, text.length());
    }
}

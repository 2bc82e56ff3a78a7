package io.jenkins.plugins.scmchecks.engine.analysis.policy.dockerfile;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The stages of a Dockerfile, what each is built on, and what it has of that. */
final class Stages {

    /** What a stage takes over from the one that it is built on. */
    private static final List<String> INHERITED = List.of("USER", "HEALTHCHECK", "WORKDIR", "SHELL");

    private final Variables globals = new Variables();
    private final List<Stage> stages = new ArrayList<>();
    private final Map<String, Stage> byName = new HashMap<>();
    private final int last;
    private final Set<Integer> shipped;

    /** One stage while it is read. */
    static final class Stage {
        private final int index;
        private final String name;
        private final boolean isFinal;
        private final Stage base;
        private final Variables variables;
        private final List<Node.Mapping> instructions = new ArrayList<>();
        private final Map<String, Node> inherited = new HashMap<>();

        private Stage(int index, String name, boolean isFinal, Stage base) {
            this.index = index;
            this.name = name;
            this.isFinal = isFinal;
            this.base = base;
            this.variables = base == null ? new Variables() : base.variables.copy();
            if (base != null) {
                inherited.putAll(base.inherited);
            }
        }

        List<Node.Mapping> instructions() {
            return instructions;
        }

        String name() {
            return name;
        }

        /** {@return the stage as policies see it: its instructions by keyword, and what holds at its end} */
        Node.Mapping body() {
            Region region = instructions.get(0).region();
            Map<String, List<Node>> byKeyword = new LinkedHashMap<>();
            for (Node.Mapping instruction : instructions) {
                byKeyword.computeIfAbsent(keyword(instruction), key -> new ArrayList<>()).add(instruction);
            }
            Bodies.Builder body = new Bodies.Builder()
                    .put("index", new Node.Scalar((long) index, region))
                    .put("name", new Node.Scalar(name, region))
                    .put("final", new Node.Scalar(isFinal, region))
                    .put("_shipped", instructions.get(0).get("_shipped"))
                    .put("from", instructions.get(0))
                    .put("instructions", new Node.Sequence(List.copyOf(instructions), region));
            byKeyword.forEach((keyword, list) -> body.put(keyword, new Node.Sequence(list, list.get(0).region())));
            inherited.forEach((keyword, instruction) ->
                    body.put("last_" + keyword.toLowerCase(Locale.ROOT), instruction));
            return body.build(region);
        }
    }

    private Stages(int last, Set<Integer> shipped) {
        this.last = last;
        this.shipped = shipped;
    }

    static List<Stage> of(List<Instruction> instructions) {
        List<Instruction> heads = instructions.stream()
                .filter(i -> i.keyword().equals("FROM") || i.keyword().equals("ARG"))
                .toList();
        int last = (int) heads.stream().filter(i -> i.keyword().equals("FROM")).count() - 1;
        Set<Integer> shipped = new TreeSet<>();
        List<Stage> outline = read(heads, last, Set.of());
        Stage stage = outline.isEmpty() ? null : outline.get(last);
        while (stage != null) {
            shipped.add(stage.index);
            stage = stage.base;
        }
        return read(instructions, last, shipped);
    }

    private static List<Stage> read(List<Instruction> instructions, int last, Set<Integer> shipped) {
        Stages stages = new Stages(last, shipped);
        instructions.forEach(stages::add);
        return stages.stages;
    }

    private void add(Instruction instruction) {
        if (instruction.keyword().equals("FROM")) {
            begin(instruction);
        } else if (stages.isEmpty()) {
            new Bodies(globals, globals).of(instruction, new Node.Mapping(Map.of(), instruction.region()));
        } else {
            Stage stage = stages.get(stages.size() - 1);
            Node.Mapping common = common(stage, instruction.region());
            Node.Mapping complete = withSource(new Bodies(stage.variables, globals).of(instruction, common));
            stage.instructions.add(complete);
            if (INHERITED.contains(instruction.keyword())) {
                stage.inherited.put(instruction.keyword(), complete);
            }
        }
    }

    private void begin(Instruction instruction) {
        Node.Mapping from = new Bodies(globals, globals)
                .of(instruction, new Node.Mapping(Map.of(), instruction.region()));
        Stage base = stage(from.get("image"));
        String alias = text(from.get("alias"));
        int index = stages.size();
        Stage stage = new Stage(index, alias == null ? String.valueOf(index) : alias, index == last, base);
        Bodies.Builder body = new Bodies.Builder();
        from.entries().forEach((key, entry) -> body.put(key, entry.value()));
        common(stage, instruction.region()).entries().forEach((key, entry) -> body.put(key, entry.value()));
        body.put("stage", new Node.Scalar(base != null, instruction.region()));
        body.put("alias_taken", new Node.Scalar(
                alias != null && byName.containsKey(alias.toLowerCase(Locale.ROOT)), instruction.region()));
        stage.instructions.add(body.build(instruction.region()));
        stages.add(stage);
        if (alias != null) {
            byName.putIfAbsent(alias.toLowerCase(Locale.ROOT), stage);
        }
    }

    /** {@code COPY --from}: whether that is an earlier stage. */
    private Node.Mapping withSource(Node.Mapping body) {
        Node from = body.get("flags") instanceof Node.Mapping flags ? flags.get("from") : null;
        if (from == null || from instanceof Node.Unknown) {
            return body;
        }
        Stage current = stages.get(stages.size() - 1);
        Stage source = stage(from);
        Bodies.Builder more = new Bodies.Builder();
        body.entries().forEach((key, entry) -> more.put(key, entry.value()));
        boolean self = current.name.equalsIgnoreCase(text(from)) || String.valueOf(current.index).equals(text(from));
        more.put("from_stage", new Node.Scalar(source != null && !self, body.region()));
        more.put("from_self", new Node.Scalar(self, body.region()));
        return more.build(body.region());
    }

    private Node.Mapping common(Stage stage, Region region) {
        return new Bodies.Builder()
                .put("_stage", new Node.Scalar(stage.name, region))
                .put("_final", new Node.Scalar(stage.isFinal, region))
                .put("_shipped", new Node.Scalar(shipped.contains(stage.index), region))
                .build(region);
    }

    private Stage stage(Node name) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        Stage named = byName.get(text.toLowerCase(Locale.ROOT));
        boolean number = named == null && text.matches("[0-9]{1,4}");
        return number && Integer.parseInt(text) < stages.size() ? stages.get(Integer.parseInt(text)) : named;
    }

    private static String keyword(Node.Mapping instruction) {
        return String.valueOf(text(instruction.get("instruction"))).toLowerCase(Locale.ROOT) + "s";
    }

    private static String text(Node node) {
        return node instanceof Node.Scalar scalar && scalar.value() != null ? scalar.value().toString() : null;
    }
}

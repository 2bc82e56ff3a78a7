package io.jenkins.plugins.scmchecks.engine.analysis.policy.terraform;

import io.jenkins.plugins.scmchecks.engine.analysis.FindingSink;
import io.jenkins.plugins.scmchecks.engine.analysis.SourceFile;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.Resource;
import io.jenkins.plugins.scmchecks.engine.finding.Notice;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Reads a plan as {@code terraform show -json} writes it (internals/json-format): the planned values of every resource,
 * and which of them are known after apply only. Places are those in the plan.
 */
final class PlanReader {

    /** Largest plan, in bytes, and most values in it. */
    static final int MAX_SIZE = 64 * 1024 * 1024;

    static final int MAX_VALUES = 5_000_000;

    /** How much of a file is looked at to tell a plan from other JSON. */
    private static final int HEAD = 512;

    private final TerraformFile file;
    private final Expression plan;
    private final Map<String, Expression> unknowns = new HashMap<>();
    private final List<Planned> planned = new ArrayList<>();

    /** A resource of the plan before it knows what belongs to it. */
    record Planned(
            String type, String address, String module, String name, Region head, Map<String, Node.Entry> body) {}

    private PlanReader(SourceFile source, Expression plan) {
        this.file = new TerraformFile(source, new Body(Map.of(), List.of()));
        this.plan = plan;
    }

    /** {@return whether the content is a plan: it says its format and Terraform's version first of all} */
    static boolean isPlan(byte[] content) {
        String head = new String(content, 0, Math.min(HEAD, content.length), StandardCharsets.ISO_8859_1);
        if (!head.contains("\"terraform_version\"") || !head.contains("\"format_version\"")) {
            return false;
        }
        // A state has `values` where a plan has `planned_values`, which come after a plan's variables.
        return new String(content, StandardCharsets.ISO_8859_1).contains("\"planned_values\"");
    }

    static void read(SourceFile source, Consumer<Resource> resources, FindingSink notices) {
        if (source.content().length > MAX_SIZE) {
            notices.notice(Notice.error(source.path(), "The plan is larger than " + (MAX_SIZE >> 20)
                    + " MiB and was not read"));
            return;
        }
        try {
            new PlanReader(source, JsonSyntax.parseData(source.text(), MAX_VALUES)).give(resources);
        } catch (CharacterCodingException e) {
            notices.notice(Notice.error(source.path(), "The plan is not UTF-8 and was not read"));
        } catch (SyntaxError e) {
            notices.notice(Notice.error(source.path(), "line " + source.lineOf(e.offset()) + ", column "
                    + source.columnOf(e.offset()) + ": " + e.getMessage() + " (the plan was not checked)"));
        }
    }

    private void give(Consumer<Resource> resources) {
        for (Expression change : items(field(plan, "resource_changes"))) {
            unknowns.put(text(field(change, "address")), field(field(change, "change"), "after_unknown"));
        }
        module(field(field(plan, "planned_values"), "root_module"), "");
        PlanRelations relations = new PlanRelations(field(plan, "configuration"), planned);
        for (Planned one : planned) {
            Map<String, Node.Entry> entries = new LinkedHashMap<>(one.body());
            relations.addTo(one, entries);
            Resource resource = new Resource(TerraformReader.PLATFORM, one.type(), one.address(),
                    file.source().path(), one.head(), new Node.Mapping(entries, one.head()));
            resources.accept(resource);
            KubernetesProvider.resources(resource).forEach(resources);
        }
    }

    private void module(Expression module, String address) {
        for (Expression resource : items(field(module, "resources"))) {
            String where = text(field(resource, "address"));
            boolean data = "data".equals(text(field(resource, "mode")));
            Expression values = field(resource, "values");
            Expression place = field(resource, "address");
            if (where.isEmpty() || values == null) {
                continue;
            }
            String type = (data ? "data." : "") + text(field(resource, "type"));
            planned.add(new Planned(type, where, address, text(field(resource, "name")),
                    file.region(place.start(), place.end()), entries(values, unknowns.get(where))));
        }
        for (Expression child : items(field(module, "child_modules"))) {
            module(child, text(field(child, "address")));
        }
    }

    private Map<String, Node.Entry> entries(Expression values, Expression unknown) {
        Map<String, Node.Entry> result = new LinkedHashMap<>();
        if (values instanceof Expression.ObjectLiteral object) {
            for (Expression.ObjectLiteral.Item item : object.items()) {
                String name = text(item.key());
                Node node = node(item.value(), field(unknown, name));
                if (node != null) {
                    result.put(name, new Node.Entry(file.region(item.key().start(), item.key().end()), node));
                }
            }
            if (unknown instanceof Expression.ObjectLiteral more) {
                Region region = file.region(values.start(), values.start() + 1);
                more.items().stream()
                        .filter(item -> hasUnknown(item.value()))
                        .forEach(item -> result.putIfAbsent(text(item.key()),
                                new Node.Entry(region, new Node.Unknown("it is known after apply", region))));
            }
        }
        return result;
    }

    private static boolean hasUnknown(Expression unknown) {
        return unknown instanceof Expression.Literal literal && Boolean.TRUE.equals(literal.value());
    }

    /** {@return the node; null for null and for an empty list, which is how a plan writes what is not set} */
    private Node node(Expression value, Expression unknown) {
        Region region = file.region(value.start(), value.end());
        if (hasUnknown(unknown)) {
            return new Node.Unknown("it is known after apply", region);
        }
        if (value instanceof Expression.ObjectLiteral) {
            return new Node.Mapping(entries(value, unknown), region);
        }
        if (value instanceof Expression.Tuple tuple) {
            List<Node> items = new ArrayList<>(tuple.items().size());
            List<Expression> marks = items(unknown);
            for (int i = 0; i < tuple.items().size(); i++) {
                Node item = node(tuple.items().get(i), i < marks.size() ? marks.get(i) : null);
                if (item != null) {
                    items.add(item);
                }
            }
            return items.isEmpty() ? null : new Node.Sequence(items, region);
        }
        Object literal = ((Expression.Literal) value).value();
        return literal == null ? null : new BodyNodes(file, null).node(literal, region);
    }

    /** {@return the value of a key, or null when there is none or it is no object} */
    static Expression field(Expression object, String name) {
        if (object instanceof Expression.ObjectLiteral literal) {
            for (Expression.ObjectLiteral.Item item : literal.items()) {
                if (name.equals(text(item.key()))) {
                    return item.value();
                }
            }
        }
        return null;
    }

    static List<Expression> items(Expression list) {
        return list instanceof Expression.Tuple tuple ? tuple.items() : List.of();
    }

    static String text(Expression value) {
        return value instanceof Expression.Literal literal && literal.value() instanceof String text ? text : "";
    }
}

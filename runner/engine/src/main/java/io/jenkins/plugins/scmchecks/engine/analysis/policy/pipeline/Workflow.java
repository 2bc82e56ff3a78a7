package io.jenkins.plugins.scmchecks.engine.analysis.policy.pipeline;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.Resource;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A workflow or an action as policies see it. Everything has {@code _triggers}, the names of the events, and
 * {@code _environment}; a step has {@code _lines}, {@code _expressions} (those in its scripts), {@code _inputs} (of the
 * workflow or action), {@code _permissions}, and of what it uses {@code _action}, {@code _owner} and {@code _ref}.
 */
final class Workflow {

    private static final Pattern USES = Pattern.compile("(([\\w.-]+)/[\\w./-]+)@(\\S+)");

    /** What actions run as a script, by their inputs. */
    private static final Map<String, List<String>> SCRIPTS = Map.of(
            "actions/github-script", List.of("script"),
            "azure/cli", List.of("inlineScript"),
            "azure/powershell", List.of("inlineScript"),
            "addnab/docker-run-action", List.of("run", "options"),
            "amadevus/pwsh-script", List.of("script"),
            "jannekem/run-python-script-action", List.of("script"),
            "appleboy/ssh-action", List.of("script"),
            "nick-fields/retry", List.of("command"),
            "mikefarah/yq", List.of("cmd"));

    private final String path;
    private final Scripts scripts;
    private Node inputs;

    Workflow(String path, Scripts scripts) {
        this.path = path;
        this.scripts = scripts;
    }

    /** {@return whether it has events, and jobs that say where they run} */
    static boolean isOne(Node document) {
        return document instanceof Node.Mapping root
                && (root.get("on") != null || root.get("true") != null)
                && root.get("jobs") instanceof Node.Mapping jobs
                && !jobs.entries().isEmpty()
                && jobs.entries().values().stream().allMatch(entry -> entry.value() instanceof Node.Mapping job
                        && (job.get("runs-on") != null || job.get("uses") != null));
    }

    List<Resource> resources(Node document) {
        List<Resource> found = new ArrayList<>();
        if (!(document instanceof Node.Mapping root)) {
            return found;
        }
        inputs = inputs(root);
        if (root.get("jobs") instanceof Node.Mapping jobs) {
            Node triggers = triggers(root);
            List<Node> all = jobs.entries().values().stream().map(Node.Entry::value).toList();
            Node.Mapping workflow = with(root, Map.of(
                    "_triggers", triggers,
                    "_jobs", new Node.Sequence(all, jobs.region()),
                    "_environment", pairs(root.get("env"), root.region())));
            found.add(resource("workflow", "workflow", Region.line(root.region().startLine()), workflow));
            jobs.entries().forEach((name, entry) -> {
                if (entry.value() instanceof Node.Mapping job) {
                    job("jobs." + name, entry.key(), job, root, triggers, found);
                }
            });
        } else if (root.get("runs") instanceof Node.Mapping runs) {
            Node none = new Node.Unknown("it depends on the workflow that uses the action", root.region());
            found.add(resource("action", "action", Region.line(root.region().startLine()), root));
            steps("runs", runs, none, null, found);
        }
        return found;
    }

    private void job(
            String address, Region head, Node.Mapping job, Node.Mapping root, Node triggers, List<Resource> found) {
        Map<String, Node> more = new LinkedHashMap<>();
        more.put("_triggers", triggers);
        more.put("_environment", pairs(job.get("env"), job.region()));
        Node permissions = job.get("permissions") != null ? job.get("permissions") : root.get("permissions");
        if (permissions != null) {
            more.put("_permissions", permissions);
        }
        if (job.get("uses") instanceof Node.Scalar uses) {
            uses(uses, more);
        }
        found.add(resource("job", address, head, with(job, more)));
        steps(address, job, triggers, permissions, found);
    }

    private void steps(
            String address, Node.Mapping holder, Node triggers, Node permissions, List<Resource> found) {
        if (!(holder.get("steps") instanceof Node.Sequence steps)) {
            return;
        }
        int index = 0;
        for (Node item : steps.items()) {
            if (item instanceof Node.Mapping step) {
                found.add(resource("step", address + ".steps[" + index + "]", head(step),
                        step(step, triggers, permissions)));
            }
            index++;
        }
    }

    private Node.Mapping step(Node.Mapping step, Node triggers, Node permissions) {
        Map<String, Node> more = new LinkedHashMap<>();
        more.put("_triggers", triggers);
        more.put("_environment", pairs(step.get("env"), step.region()));
        more.put("_inputs", inputs);
        if (permissions != null) {
            more.put("_permissions", permissions);
        }
        List<Node> expressions = new ArrayList<>();
        if (step.get("run") != null) {
            more.put("_lines", new Node.Sequence(scripts.lines(step.get("run")), step.get("run").region()));
            expressions.addAll(scripts.expressions(step.get("run")));
        }
        if (step.get("uses") instanceof Node.Scalar uses) {
            uses(uses, more);
            if (more.get("_action") instanceof Node.Scalar action && step.get("with") instanceof Node.Mapping with) {
                String name = String.valueOf(action.value()).toLowerCase(Locale.ROOT);
                SCRIPTS.getOrDefault(name, List.of())
                        .forEach(input -> expressions.addAll(scripts.expressions(with.get(input))));
            }
        }
        more.put("_expressions", new Node.Sequence(expressions, step.region()));
        return with(step, more);
    }

    private static void uses(Node.Scalar uses, Map<String, Node> more) {
        Matcher matcher = USES.matcher(String.valueOf(uses.value()));
        if (matcher.matches()) {
            more.put("_action", new Node.Scalar(matcher.group(1), uses.region()));
            more.put("_owner", new Node.Scalar(matcher.group(2), uses.region()));
            more.put("_ref", new Node.Scalar(matcher.group(3), uses.region()));
        }
    }

    /** The inputs of an action, or of a workflow that is started by hand or called. */
    private static Node inputs(Node.Mapping root) {
        Map<String, Node.Entry> found = new LinkedHashMap<>();
        if (root.get("inputs") instanceof Node.Mapping own) {
            found.putAll(own.entries());
        }
        Node on = root.get("on") != null ? root.get("on") : root.get("true");
        for (String event : List.of("workflow_call", "workflow_dispatch")) {
            if (on instanceof Node.Mapping events && events.get(event) instanceof Node.Mapping start
                    && start.get("inputs") instanceof Node.Mapping given) {
                found.putAll(given.entries());
            }
        }
        return new Node.Mapping(found, root.region());
    }

    /** {@code on} is one event, a list of them, or a map by their names. YAML 1.1 readers take it for true. */
    private static Node triggers(Node.Mapping root) {
        Node on = root.get("on") != null ? root.get("on") : root.get("true");
        if (on instanceof Node.Mapping events) {
            List<Node> names = new ArrayList<>();
            events.entries().forEach((name, entry) -> names.add(new Node.Scalar(name, entry.key())));
            return new Node.Sequence(names, events.region());
        }
        if (on instanceof Node.Scalar) {
            return new Node.Sequence(List.of(on), on.region());
        }
        return on != null ? on : new Node.Sequence(List.of(), root.region());
    }

    private static Node pairs(Node map, Region otherwise) {
        return map instanceof Node.Mapping ? Scripts.pairs(map) : new Node.Sequence(List.of(), otherwise);
    }

    private static Region head(Node.Mapping step) {
        Region region = step.region();
        return Region.line(region.startLine());
    }

    private static Node.Mapping with(Node.Mapping own, Map<String, Node> more) {
        Map<String, Node.Entry> entries = new LinkedHashMap<>(own.entries());
        more.forEach((name, node) -> entries.put(name, new Node.Entry(node.region(), node)));
        return new Node.Mapping(entries, own.region());
    }

    private Resource resource(String type, String address, Region head, Node.Mapping body) {
        return new Resource(GithubActionsReader.PLATFORM, type, address, path, head, body);
    }
}

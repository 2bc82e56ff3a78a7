package io.jenkins.plugins.scmchecks.cli;

import io.jenkins.plugins.scmchecks.engine.analysis.SourceTree;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.PackTest;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.Packs;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.Policy;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.PolicyDocs;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.PolicyPack;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.Readers;
import io.jenkins.plugins.scmchecks.engine.change.Directory;
import io.jenkins.plugins.scmchecks.engine.finding.Notice;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows and tests policies: the built-in ones, and those that a repository keeps. */
@Command(name = "policies", description = "Lists, shows and tests policies.", synopsisSubcommandLabel = "COMMAND")
final class PoliciesCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(name = "list", description = "Lists the policies.")
    int list(
            @Option(names = "--platform", paramLabel = "NAME", description = "Only those of one platform.")
                    String platform,
            @Parameters(arity = "0..1", paramLabel = "DIRECTORY", description = "A repository (default: here).")
                    Path directory)
            throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        int count = 0;
        for (PolicyPack pack : packs(directory)) {
            for (Policy policy : pack.policies()) {
                if (platform == null || platform.equals(policy.platform())) {
                    count++;
                    out.printf(
                            "%-9s %-20s %-16s %s%n",
                            policy.severity().label(), policy.id(), policy.platform(), policy.title());
                }
            }
        }
        out.println(count + " policies");
        out.flush();
        if (count == 0 && platform != null) {
            throw new IOException("no policy is for '" + platform + "'; there are "
                    + String.join(", ", Packs.platforms()));
        }
        return 0;
    }

    @Command(name = "show", description = "Shows one policy: why it matters, how to mend it, what passes and fails.")
    int show(
            @Parameters(paramLabel = "ID", description = "Its id, or the id another tool knows it by.") String id,
            @Parameters(arity = "0..1", paramLabel = "DIRECTORY", description = "A repository (default: here).")
                    Path directory)
            throws IOException {
        for (PolicyPack pack : packs(directory)) {
            for (Policy policy : pack.policies()) {
                if (policy.id().equalsIgnoreCase(id) || policy.aliases().contains(id)) {
                    print(policy);
                    return 0;
                }
            }
        }
        throw new IOException("there is no policy '" + id + "'; see scm-checks policies list");
    }

    @Command(name = "test", description = "Runs the examples of a repository's own policies; --all: of all policies.")
    int test(
            @Option(names = "--all", description = "The built-in ones too.") boolean all,
            @Parameters(arity = "0..1", paramLabel = "DIRECTORY", description = "A repository (default: here).")
                    Path directory)
            throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        List<Notice> notices = new ArrayList<>();
        List<PolicyPack> packs = new ArrayList<>(Packs.ofTeam(tree(directory), notices::add));
        if (all) {
            packs.addAll(builtIn());
        }
        notices.forEach(n -> out.println("FAILED " + n));
        int failed = notices.size();
        int count = 0;
        for (PolicyPack pack : packs) {
            for (PackTest.Result result : new PackTest(Readers.all()).run(pack)) {
                count++;
                if (!result.passed()) {
                    failed++;
                    out.println("FAILED " + result.path() + ":" + result.line() + ": " + result.name() + ": "
                            + result.problem());
                }
            }
        }
        if (count == 0 && failed == 0) {
            out.println("There are no policies of your own in " + Packs.TEAM_FOLDER);
        } else {
            out.println(count + " examples in " + packs.size() + " packs, " + failed + " failed");
        }
        out.flush();
        return failed == 0 ? 0 : Main.GATE_FAILED;
    }

    @Command(name = "docs", description = "Writes the documentation of the built-in policies, a file for each platform.")
    int docs(@Parameters(paramLabel = "DIRECTORY", description = "Where to.") Path directory) throws IOException {
        PolicyDocs.write(builtIn(), directory).forEach(file -> spec.commandLine().getOut().println(file));
        return 0;
    }

    private List<PolicyPack> packs(Path directory) throws IOException {
        List<PolicyPack> packs = new ArrayList<>(builtIn());
        PrintWriter err = spec.commandLine().getErr();
        packs.addAll(Packs.ofTeam(tree(directory), n -> err.println("scm-checks: " + n)));
        packs.sort(Comparator.comparing(PolicyPack::platform).thenComparing(PolicyPack::name));
        return packs;
    }

    private static SourceTree tree(Path directory) throws IOException {
        return new Directory(directory == null ? Path.of("") : directory);
    }

    private static List<PolicyPack> builtIn() {
        return Packs.platforms().stream().flatMap(p -> Packs.builtIn(p).stream()).toList();
    }

    private void print(Policy policy) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(policy.id() + ": " + policy.title());
        out.println(policy.severity().label() + ", " + policy.platform() + ", " + String.join(" ", policy.resources()));
        section("Why", policy.description());
        section("How to mend it", policy.remediation());
        section("Fails when", policy.failsWhen());
        section("References", String.join("\n", policy.references()));
        section("Known elsewhere as", String.join(", ", policy.aliases()));
        for (Policy.Example example : policy.examples()) {
            example.files().forEach((name, text) ->
                    section((example.passes() ? "Passes: " : "Fails: ") + name, text.indent(4).stripTrailing()));
        }
        out.flush();
    }

    private void section(String title, String text) {
        if (text != null && !text.isBlank()) {
            spec.commandLine().getOut().println("\n" + title + "\n" + text.stripTrailing());
        }
    }
}

package io.jenkins.plugins.scmchecks.engine.analysis.policy.dockerfile;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a call of a package manager installs by name. Files, folders, groups and what a list of requirements names are
 * left out: their versions are pinned elsewhere.
 *
 * @param manager the family: {@code apt}, {@code apk}, {@code pip}, {@code npm}, {@code gem}, {@code rpm} or {@code go}
 * @param packages each a mapping of {@code name} and, when it is pinned, {@code version}
 */
record Packages(String manager, List<Node> packages) {

    /**
     * How one family is called.
     *
     * @param verbs that install
     * @param valued options whose next word is their value
     * @param pinned a word with a version
     * @param other a word that names no package of a repository
     */
    private record Grammar(Set<String> verbs, Set<String> valued, Pattern pinned, Pattern other) {}

    private static final Map<String, Grammar> GRAMMARS = Map.of(
            "apt", new Grammar(
                    Set.of("install"),
                    Set.of("-t", "--target-release", "-o", "--option", "-c", "--config-file"),
                    Pattern.compile("[=/]"),
                    Pattern.compile("^[./]|\\.deb$|-$|\\^$")),
            "apk", new Grammar(
                    Set.of("add"),
                    Set.of("-X", "--repository", "-t", "--virtual", "-p", "--root", "--wait", "--arch", "--keys-dir",
                            "--repositories-file", "--cache-dir"),
                    Pattern.compile("[=<>~]"),
                    Pattern.compile("^[./!]|\\.apk$")),
            "pip", new Grammar(
                    Set.of("install"),
                    Set.of("-r", "--requirement", "-c", "--constraint", "-e", "--editable", "-i", "--index-url",
                            "--extra-index-url", "-f", "--find-links", "--trusted-host", "-t", "--target", "--prefix",
                            "--root", "--root-user-action", "--cache-dir", "--platform", "--python-version",
                            "--implementation", "--abi", "--timeout", "--retries", "--proxy", "--progress-bar",
                            "--no-binary", "--only-binary", "--log", "--cert", "--client-cert", "--src",
                            "--upgrade-strategy", "--global-option", "--install-option", "--config-settings", "-C",
                            "--exists-action", "--keyring-provider", "--report", "-m", "--python", "--suffix",
                            "--pip-args", "--use-feature", "--use-deprecated"),
                    Pattern.compile("[=<>~]=?|@[^/]+$"),
                    Pattern.compile("^(?!git\\+)(?:.*[/\\\\].*|\\.|.*\\.(?:whl|zip|gz|bz2)|pip|setuptools|wheel)$")),
            "npm", new Grammar(
                    Set.of("install", "i", "add"),
                    Set.of("--registry", "--prefix", "--tag", "--cache", "--userconfig", "-C", "--workspace", "-w",
                            "--omit", "--include", "--loglevel", "--cwd", "--network-timeout", "--cache-folder"),
                    Pattern.compile("^.+@(?!latest$)[^/]+$|#"),
                    Pattern.compile("^[./~]|/$|^https?://|\\.t(?:gz|ar(?:\\.gz)?)$|^file:")),
            "gem", new Grammar(
                    Set.of("install", "i"),
                    Set.of("-v", "--version", "-s", "--source", "-i", "--install-dir", "-n", "--bindir",
                            "--platform", "-P",
                            "--use-system-libraries",
                            "--trust-policy", "-g", "--file", "--build-root", "-p", "--http-proxy", "--document"),
                    Pattern.compile(":"),
                    Pattern.compile("^[./]|\\.gem$")),
            "rpm", new Grammar(
                    Set.of("install", "in"),
                    Set.of("-c", "--config", "--enablerepo", "--disablerepo", "--installroot", "--releasever",
                            "--setopt", "-x", "--exclude", "--repo", "--repoid", "--root", "-R", "--from", "-r", "-t",
                            "--type", "--forcearch"),
                    Pattern.compile("-\\d|[=<>]"),
                    Pattern.compile("^[./@]|^https?://|\\.rpm$|:")),
            "go", new Grammar(
                    Set.of("install", "get", "run"),
                    Set.of("-ldflags", "-tags", "-mod", "-modfile", "-gcflags", "-asmflags", "-p", "-C", "-o"),
                    Pattern.compile("@(?!latest$|none$)"),
                    Pattern.compile("^[./]|^[^./]+(?:/[^.]*)?$")));

    private static final Map<String, String> FAMILIES = Map.ofEntries(
            Map.entry("apt-get", "apt"), Map.entry("apt", "apt"), Map.entry("aptitude", "apt"),
            Map.entry("apk", "apk"), Map.entry("pip", "pip"), Map.entry("pip2", "pip"), Map.entry("pip3", "pip"),
            Map.entry("pipx", "pip"), Map.entry("python", "pip"), Map.entry("python3", "pip"),
            Map.entry("npm", "npm"), Map.entry("yarn", "npm"), Map.entry("pnpm", "npm"), Map.entry("gem", "gem"),
            Map.entry("yum", "rpm"), Map.entry("dnf", "rpm"), Map.entry("microdnf", "rpm"), Map.entry("tdnf", "rpm"),
            Map.entry("zypper", "rpm"), Map.entry("go", "go"));

    private static final Pattern REDIRECTION = Pattern.compile("\\d*[<>].*");
    private static final Set<String> GEM_VERSION = Set.of("-v", "--version");

    /** {@return what the command installs, or null when it is no installation by a package manager} */
    static Packages of(String command, List<TrackedText> args) {
        String family = FAMILIES.get(command.matches("pip[23]\\.\\d+") ? "pip" : command);
        if (family == null || command.startsWith("python") && !isModulePip(args)) {
            return null;
        }
        Grammar grammar = GRAMMARS.get(family);
        List<TrackedText> words = words(args, grammar);
        int verb = 0;
        while (verb < words.size() && !grammar.verbs().contains(words.get(verb).text())) {
            verb++;
        }
        if (verb == words.size()) {
            return null;
        }
        boolean elsewhere = family.equals("pip") && args.stream().anyMatch(arg ->
                arg.text().equals("-c") || arg.text().startsWith("--constraint"));
        boolean group = family.equals("rpm") && words.subList(0, verb).stream()
                .anyMatch(word -> word.text().equals("group") || word.text().equals("groups"));
        if (elsewhere || group) {
            return new Packages(family, List.of());
        }
        boolean all = family.equals("gem") && args.stream().anyMatch(arg -> GEM_VERSION.contains(arg.text())
                || arg.text().startsWith("--version=") || arg.text().matches("-v\\d.*"));
        List<Node> packages = new ArrayList<>();
        for (TrackedText word : words.subList(verb + 1, words.size())) {
            if (!grammar.other().matcher(word.text()).find()) {
                packages.add(one(word, all || grammar.pinned().matcher(withoutFragment(word.text())).find()));
            }
        }
        return new Packages(family, packages);
    }

    private static boolean isModulePip(List<TrackedText> args) {
        return args.size() > 1 && args.get(0).text().equals("-m") && args.get(1).text().equals("pip");
    }

    /** pip's {@code #egg=name} and {@code #subdirectory=path} are no versions; npm's {@code #commit} is one. */
    private static String withoutFragment(String word) {
        int egg = word.matches(".*#(?:egg|subdirectory)=.*") ? word.indexOf('#') : -1;
        return egg < 0 ? word : word.substring(0, egg);
    }

    /** The words without options, their values, and redirections. */
    private static List<TrackedText> words(List<TrackedText> args, Grammar grammar) {
        List<TrackedText> words = new ArrayList<>();
        for (int i = 0; i < args.size(); i++) {
            String text = args.get(i).text();
            if (text.equals("--")) {
                break;
            }
            if (grammar.valued().contains(text) || text.equals(">") || text.equals(">>") || text.equals("2>")) {
                i++;
            } else if (!text.isEmpty() && !text.startsWith("-") && !REDIRECTION.matcher(text).matches()) {
                words.add(args.get(i));
            }
        }
        return words;
    }

    private static Node one(TrackedText word, boolean pinned) {
        Bodies.Builder body = new Bodies.Builder().put("name", word.scalar());
        if (pinned) {
            body.put("version", word.scalar());
        } else if (word.text().indexOf('$') >= 0 || word.text().indexOf('`') >= 0) {
            body.put("version", new Node.Unknown("put in by the shell: " + word.text(), word.region()));
        }
        return body.build(word.region());
    }
}

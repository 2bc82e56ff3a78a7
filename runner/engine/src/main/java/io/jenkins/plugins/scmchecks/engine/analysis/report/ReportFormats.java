package io.jenkins.plugins.scmchecks.engine.analysis.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The formats of reports that can be read. */
public final class ReportFormats {

    /**
     * A format.
     *
     * @param id as in {@code checkstyle:target/checkstyle-result.xml}
     * @param name of the tool
     * @param recognised by its content, so that the id need not be given
     */
    public record Format(String id, String name, boolean recognised) {}

    /** A sign of a format in the beginning of a report. */
    private record Sign(String format, Pattern pattern) {
        static Sign of(String format, String regex) {
            return new Sign(format, Pattern.compile(regex));
        }
    }

    private static final int HEAD = 1 << 14;
    private static final Map<String, String> OWN = Map.of(
            "sarif", "SARIF 2.1.0",
            "spotbugs", "SpotBugs",
            "findbugs", "FindBugs",
            "lines", "path:line:column: message");

    /** By the root element of XML. */
    private static final Map<String, String> ROOTS = Map.ofEntries(
            Map.entry("BugCollection", "spotbugs"),
            Map.entry("checkstyle", "checkstyle"),
            Map.entry("pmd", "pmd"),
            Map.entry("pmd-cpd", "cpd"),
            Map.entry("issues", "android-lint"),
            Map.entry("CodeNarc", "codenarc"),
            Map.entry("mutations", "pit"),
            Map.entry("FxCopReport", "fxcop"),
            Map.entry("StyleCopViolations", "stylecop"),
            Map.entry("gendarme-output", "gendarme"),
            Map.entry("DuplicatesReport", "dupfinder"),
            Map.entry("valgrindoutput", "valgrind"),
            Map.entry("simian", "simian"),
            Map.entry("problems", "idea"),
            Map.entry("DEFECTS", "prefast"),
            Map.entry("ccm", "ccm"),
            Map.entry("jslint", "jslint"),
            Map.entry("lint", "jslint"),
            Map.entry("Report", "resharper"),
            Map.entry("results", "cppcheck"),
            Map.entry("plist", "clang-analyzer"));

    /** By what is typical of JSON; the first that fits is meant. */
    private static final List<Sign> SIGNS = List.of(
            Sign.of("sarif", "\"runs\"\\s*:|sarif"),
            Sign.of("trivy", "\"ArtifactName\"\\s*:|\"SchemaVersion\"\\s*:\\s*2"),
            Sign.of("grype", "\"matchDetails\"\\s*:"),
            Sign.of("checkov-json", "\"check_type\"\\s*:"),
            Sign.of("semgrep", "\"check_id\"\\s*:"),
            Sign.of("eslint", "\"filePath\"\\s*:[^{]*\"messages\"\\s*:\\s*\\["),
            Sign.of("stylelint", "\"deprecations\"\\s*:|\"invalidOptionWarnings\"\\s*:"),
            Sign.of("hadolint", "\"code\"\\s*:\\s*\"(DL|SC)\\d"),
            Sign.of("brakeman", "\"brakeman_version\"\\s*:"),
            Sign.of("npm-audit", "\"auditReportVersion\"\\s*:"),
            Sign.of("owasp-dependency-check", "\"reportSchema\"\\s*:"),
            Sign.of("code-climate", "\"check_name\"\\s*:"),
            Sign.of("cargo", "\"reason\"\\s*:\\s*\"compiler-"));

    private static final Pattern ROOT = Pattern.compile("<([A-Za-z_][\\w.-]*)");

    private final ReportLimits limits;

    public ReportFormats() {
        this(ReportLimits.DEFAULT);
    }

    public ReportFormats(ReportLimits limits) {
        this.limits = limits;
    }

    /** {@return all formats, in the order of their ids} */
    public List<Format> list() {
        Map<String, String> names = new TreeMap<>(AnalysisModelReader.formats());
        names.putAll(OWN);
        JsonFormat.all().forEach((id, format) -> names.put(id, format.name() + " (JSON)"));
        return names.entrySet().stream()
                .map(e -> new Format(
                        e.getKey(),
                        e.getValue(),
                        ROOTS.containsValue(e.getKey())
                                || JsonFormat.all().containsKey(e.getKey())
                                || SIGNS.stream().anyMatch(s -> s.format().equals(e.getKey()))))
                .toList();
    }

    /** {@return whether there is a format of that id} */
    public boolean isKnown(String id) {
        return OWN.containsKey(id) || JsonFormat.all().containsKey(id) || AnalysisModelReader.formats().containsKey(id);
    }

    /**
     * @param id of a known format
     * @throws IllegalArgumentException for an unknown one
     */
    public ReportReader reader(String id) {
        return reader(id, null);
    }

    /**
     * @param id of a known format
     * @param tool that wrote the report, where the format does not say; null when it is not known
     * @throws IllegalArgumentException for an unknown format
     */
    public ReportReader reader(String id, String tool) {
        return switch (id) {
            case "sarif" -> new SarifReader(limits);
            case "lines" -> new LineReader(tool == null ? "linter" : tool, limits);
            case "spotbugs", "findbugs" -> new SpotBugsReader(limits);
            default -> {
                if (!isKnown(id)) {
                    throw new IllegalArgumentException(
                            "there is no report format '" + id + "'; 'scm-checks formats' lists them all");
                }
                JsonFormat json = JsonFormat.all().get(id);
                yield json == null ? new AnalysisModelReader(id, tool, limits) : new JsonReader(json, tool, limits);
            }
        };
    }

    /**
     * Recognises a format by the beginning of a report.
     *
     * @return its id, or empty when nothing typical is there, as in lines of plain text
     * @throws IOException when the report cannot be opened
     */
    public Optional<String> recognise(ReportReader.Source source) throws IOException {
        String head;
        try (InputStream in = ReportBytes.open(source, limits.bytes())) {
            head = new String(in.readNBytes(HEAD), StandardCharsets.UTF_8).stripLeading();
        }
        if (head.startsWith("<")) {
            Matcher root = ROOT.matcher(head.replaceAll("(?s)<!--.*?-->", ""));
            return root.find() ? Optional.ofNullable(ROOTS.get(root.group(1))) : Optional.empty();
        }
        if (head.startsWith("{") || head.startsWith("[")) {
            return SIGNS.stream()
                    .filter(s -> s.pattern().matcher(head).find())
                    .map(Sign::format)
                    .findFirst()
                    .or(() -> JsonFormat.all().values().stream()
                            .filter(f -> f.sign().matcher(head).find())
                            .map(JsonFormat::id)
                            .findFirst());
        }
        return Optional.empty();
    }
}

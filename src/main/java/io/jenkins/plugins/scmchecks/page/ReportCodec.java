package io.jenkins.plugins.scmchecks.page;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.scmchecks.engine.change.ChangeSet;
import io.jenkins.plugins.scmchecks.engine.change.FileChange;
import io.jenkins.plugins.scmchecks.engine.finding.Finding;
import io.jenkins.plugins.scmchecks.engine.finding.Fix;
import io.jenkins.plugins.scmchecks.engine.finding.Gate;
import io.jenkins.plugins.scmchecks.engine.finding.Location;
import io.jenkins.plugins.scmchecks.engine.finding.Notice;
import io.jenkins.plugins.scmchecks.engine.finding.Rule;
import io.jenkins.plugins.scmchecks.engine.finding.Severity;
import io.jenkins.plugins.scmchecks.engine.finding.Suppression;
import io.jenkins.plugins.scmchecks.engine.finding.TrackedFinding;
import io.jenkins.plugins.scmchecks.engine.publish.CheckReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A report as JSON: the form in which it comes from the agent and in which it is kept beside the build. It is bounded,
 * and what is read back is treated as untrusted, since an agent wrote it.
 */
public final class ReportCodec {

    /** The most findings that leave the agent; beyond that nobody reads them, and a notice tells how many there were. */
    static final int MAX_FINDINGS = 10_000;

    static final int MAX_NOTICES = 1_000;
    private static final int MAX_TEXT = 20_000;
    private static final int MAX_BYTES = 64 * 1024 * 1024;

    private static final Comparator<TrackedFinding> NEWEST_AND_WORST_FIRST = Comparator.comparing(TrackedFinding::state)
            .thenComparing(f -> f.finding().severity());

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxDocumentLength(MAX_BYTES)
                            .maxNestingDepth(20)
                            .maxStringLength(100_000)
                            .build())
                    .build())
            .setSerializationInclusion(JsonInclude.Include.NON_NULL)
            .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

    private ReportCodec() {}

    /** The JSON's shape: rules stand apart, since many findings share one. */
    record Document(
            String name,
            String baseSha,
            String headSha,
            List<FileChange> files,
            List<Rule> rules,
            List<Item> findings,
            List<Notice> notices,
            boolean passed,
            List<String> reasons,
            String detailsUrl) {}

    record Item(
            int rule,
            String tool,
            Severity severity,
            String message,
            Location location,
            String resource,
            List<Location> related,
            Fix fix,
            Suppression suppression,
            String fingerprint,
            TrackedFinding.State state,
            boolean onChangedLine,
            boolean counted) {}

    /** Writes a report, within the bounds. */
    public static byte[] write(CheckReport report) throws IOException {
        List<TrackedFinding> findings = report.findings();
        List<Notice> notices = new ArrayList<>(
                report.notices().subList(0, Math.min(MAX_NOTICES, report.notices().size())));
        if (report.notices().size() > MAX_NOTICES) {
            notices.add(Notice.warning(null, (report.notices().size() - MAX_NOTICES) + " more notices are left out"));
        }
        if (findings.size() > MAX_FINDINGS) {
            notices.add(Notice.warning(null, "there are " + findings.size() + " findings; the " + MAX_FINDINGS
                    + " newest and worst are kept, while the gate counted all"));
            findings = findings.stream()
                    .sorted(NEWEST_AND_WORST_FIRST)
                    .limit(MAX_FINDINGS)
                    .toList();
        }
        Map<Rule, Integer> rules = new LinkedHashMap<>();
        Set<TrackedFinding> counted = new HashSet<>(report.gate().counted());
        List<Item> items = new ArrayList<>(findings.size());
        Set<String> paths = new HashSet<>();
        for (TrackedFinding tracked : findings) {
            paths.add(tracked.finding().location().path());
            items.add(item(tracked, rules, counted.contains(tracked)));
        }
        return JSON.writeValueAsBytes(new Document(
                report.name(),
                report.change().baseSha(),
                report.change().headSha(),
                report.change().files().values().stream()
                        .filter(f -> paths.contains(f.path()))
                        .toList(),
                List.copyOf(rules.keySet()),
                items,
                notices,
                report.gate().passed(),
                report.gate().reasons(),
                report.detailsUrl()));
    }

    private static Item item(TrackedFinding tracked, Map<Rule, Integer> rules, boolean counted) {
        Finding finding = tracked.finding();
        Rule rule = finding.rule();
        Rule shortened =
                new Rule(rule.id(), rule.name(), cut(rule.help()), rule.helpUri(), rule.severity(), rule.tags());
        return new Item(
                rules.computeIfAbsent(shortened, r -> rules.size()),
                finding.tool(),
                finding.severity(),
                cut(finding.message()),
                finding.location(),
                finding.resource(),
                finding.related().subList(0, Math.min(20, finding.related().size())),
                finding.fix() == null || finding.fix().replacement().length() > MAX_TEXT ? null : finding.fix(),
                finding.suppression(),
                finding.fingerprint(),
                tracked.state(),
                tracked.onChangedLine(),
                counted);
    }

    private static String cut(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT - 1) + "…";
    }

    /**
     * Reads a report.
     *
     * @throws IOException when it is not one, or larger than {@link #write} would make it
     */
    public static CheckReport read(byte[] json) throws IOException {
        if (json.length > MAX_BYTES) {
            throw new IOException("the report is larger than " + MAX_BYTES / (1024 * 1024) + " MB");
        }
        try {
            return report(JSON.readValue(json, Document.class));
        } catch (RuntimeException e) {
            throw new IOException("this is not a report of SCM Checks: " + e.getMessage(), e);
        }
    }

    private static CheckReport report(Document document) {
        if (document.findings.size() > MAX_FINDINGS || document.notices.size() > MAX_NOTICES + 2) {
            throw new IllegalArgumentException("more findings or notices than a report can have");
        }
        List<TrackedFinding> findings = new ArrayList<>(document.findings.size());
        List<TrackedFinding> counted = new ArrayList<>();
        for (Item item : document.findings) {
            TrackedFinding tracked = new TrackedFinding(
                    new Finding(
                            item.tool,
                            document.rules.get(item.rule),
                            item.severity,
                            item.message,
                            item.location,
                            item.resource,
                            item.related,
                            item.fix,
                            item.suppression,
                            item.fingerprint),
                    item.state,
                    item.onChangedLine);
            findings.add(tracked);
            if (item.counted) {
                counted.add(tracked);
            }
        }
        ChangeSet change = ChangeSet.of(document.baseSha, document.headSha, document.files);
        Gate.Result gate = new Gate.Result(document.passed, document.reasons, counted);
        return new CheckReport(document.name, change, findings, document.notices, gate, document.detailsUrl);
    }
}

package io.jenkins.plugins.scmchecks.engine.analysis.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.scmchecks.engine.analysis.FindingSink;
import io.jenkins.plugins.scmchecks.engine.analysis.report.JsonFormat.Element;
import io.jenkins.plugins.scmchecks.engine.finding.Finding;
import io.jenkins.plugins.scmchecks.engine.finding.Location;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import io.jenkins.plugins.scmchecks.engine.finding.Rule;
import io.jenkins.plugins.scmchecks.engine.finding.Severity;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the JSON of tools by a description of it. Loaded only when such a report is there. */
final class JsonReader implements ReportReader {

    private static final int DEEPEST = 200;

    private final JsonFormat format;
    private final String tool;
    private final ReportLimits limits;

    /** @param tool that wrote the report, or null for the one that the format is called after */
    JsonReader(JsonFormat format, String tool, ReportLimits limits) {
        this.format = format;
        this.tool = tool == null ? format.name() : tool;
        this.limits = limits;
    }

    @Override
    public void read(String name, Source source, ReportPaths paths, FindingSink sink) throws ReportException {
        LimitedSink limited = new LimitedSink(name, sink, limits);
        Map<String, Rule> rules = new HashMap<>();
        ObjectMapper mapper = new ObjectMapper(JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                .build());
        try (MappingIterator<JsonNode> values =
                mapper.readerFor(JsonNode.class).readValues(ReportText.read(name, source))) {
            while (values.hasNextValue()) {
                take(new Element(values.nextValue(), null, null), format.each(), finding -> {
                    limited.finding(toFinding(finding, rules, paths));
                });
            }
        } catch (ReportException e) {
            throw e;
        } catch (LimitedSink.FullException | ReportBytes.TooLargeException e) {
            throw new ReportException(name + ": " + e.getMessage(), e);
        } catch (IOException e) {
            String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new ReportException(
                    name + ": not readable as a report of " + format.name() + " ('" + format.id() + "'): " + reason, e);
        }
    }

    /** Takes a finding; fails when there are too many. */
    @FunctionalInterface
    private interface Taker {
        void take(Element finding) throws IOException;
    }

    private static void take(Element element, List<String> way, Taker taker) throws IOException {
        JsonNode node = element.node();
        if (node.isArray()) {
            for (JsonNode one : node) {
                take(new Element(one, element.outer(), element.key()), way, taker);
            }
        } else if (way.isEmpty()) {
            if (node.isObject()) {
                taker.take(element);
            }
        } else {
            String step = way.get(0);
            List<String> rest = way.subList(1, way.size());
            boolean optional = step.endsWith("?");
            String member = optional ? step.substring(0, step.length() - 1) : step;
            if (step.equals("*")) {
                for (Map.Entry<String, JsonNode> entry : node.properties()) {
                    take(new Element(entry.getValue(), element, entry.getKey()), rest, taker);
                }
            } else if (node.has(member)) {
                take(new Element(node.get(member), element, null), rest, taker);
            } else if (optional) {
                take(element, rest, taker);
            }
        }
    }

    private Finding toFinding(Element finding, Map<String, Rule> rules, ReportPaths paths) {
        String written = format.text(finding, "severity");
        Severity severity = written.isEmpty() ? Severity.MEDIUM : LineReader.severity(written);
        String id = format.text(finding, "rule");
        String help = format.text(finding, "help");
        String ruleId = id.isEmpty() ? format.id() : id;
        Rule rule = rules.computeIfAbsent(
                ruleId, i -> new Rule(i, i, "", help.startsWith("https://") ? help : null, severity, List.of()));
        String message = PlainText.of(format.text(finding, "message"));
        String path = format.text(finding, "path");
        Location location = new Location(path.isEmpty() ? "" : paths.resolve(path), region(finding));
        return Finding.of(tool, rule, message.isEmpty() ? ruleId : message, location).withSeverity(severity);
    }

    private Region region(Element finding) {
        int line = format.number(finding, "line");
        if (line < 1) {
            return null;
        }
        int end = Math.max(line, format.number(finding, "end-line"));
        int column = format.number(finding, "column");
        int endColumn = column > 0 ? format.number(finding, "end-column") : 0;
        return new Region(line, column, end, end == line && endColumn <= column ? 0 : endColumn);
    }
}

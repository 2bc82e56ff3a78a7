package io.jenkins.plugins.scmchecks.engine.analysis.report;

import io.jenkins.plugins.scmchecks.engine.analysis.FindingSink;
import io.jenkins.plugins.scmchecks.engine.finding.Finding;
import io.jenkins.plugins.scmchecks.engine.finding.Location;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import io.jenkins.plugins.scmchecks.engine.finding.Rule;
import io.jenkins.plugins.scmchecks.engine.finding.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads the XML of SpotBugs and FindBugs ({@code BugCollection}) by streaming: their own reader needs five megabytes of
 * libraries.
 */
final class SpotBugsReader implements ReportReader {

    private static final int MAX_RELATED = 20;

    private final ReportLimits limits;

    SpotBugsReader(ReportLimits limits) {
        this.limits = limits;
    }

    @Override
    public void read(String name, Source source, ReportPaths paths, FindingSink sink) throws ReportException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try (InputStream in = ReportBytes.open(source, limits.bytes())) {
            XMLStreamReader xml = factory.createXMLStreamReader(in);
            new Collection(xml, paths, new LimitedSink(name, sink, limits)).read(name);
        } catch (ReportException e) {
            throw e;
        } catch (XMLStreamException e) {
            throw new ReportException(
                    name + ": not readable as a report of SpotBugs: "
                            + e.getMessage().replaceAll("(?s).*Message: ", "") + " at line "
                            + (e.getLocation() == null ? "?" : e.getLocation().getLineNumber()),
                    e);
        } catch (IOException e) {
            throw new ReportException(name + ": " + e.getMessage(), e);
        }
    }

    /** One pass over one report. */
    private static final class Collection {
        private final XMLStreamReader xml;
        private final ReportPaths paths;
        private final LimitedSink sink;
        private final List<String> sources = new ArrayList<>();
        private final Map<String, Rule> rules = new HashMap<>();

        Collection(XMLStreamReader xml, ReportPaths paths, LimitedSink sink) {
            this.xml = xml;
            this.paths = paths;
            this.sink = sink;
        }

        void read(String name) throws XMLStreamException, IOException {
            boolean root = true;
            while (xml.hasNext()) {
                int event = xml.next();
                if (event == XMLStreamConstants.DTD) {
                    throw new ReportException(name + ": declares a document type, which is not read for safety", null);
                }
                if (event != XMLStreamConstants.START_ELEMENT) {
                    continue;
                }
                String element = xml.getLocalName();
                if (root && !element.equals("BugCollection")) {
                    throw new ReportException(
                            name + ": is not a report of SpotBugs: its root is <" + element + ">, not <BugCollection>", null);
                }
                root = false;
                switch (element) {
                    case "SrcDir" -> sources.add(xml.getElementText().strip());
                    case "BugInstance" -> readBug();
                    default -> {}
                }
            }
        }

        private void readBug() throws XMLStreamException, IOException {
            String type = attribute("type", "unknown");
            String category = attribute("category", "");
            String cwe = attribute("cweid", "0");
            Severity severity = severity(number("rank", 0), number("priority", 2));
            String shortMessage = null;
            String message = null;
            Location own = null;
            Location outer = null;
            List<Location> related = new ArrayList<>();
            for (int depth = 1; depth > 0; ) {
                int event = xml.next();
                if (event == XMLStreamConstants.END_ELEMENT) {
                    depth--;
                } else if (event == XMLStreamConstants.START_ELEMENT) {
                    switch (xml.getLocalName()) {
                        case "ShortMessage" -> shortMessage = xml.getElementText();
                        case "LongMessage" -> message = xml.getElementText();
                        case "SourceLine" -> {
                            Location location = location();
                            boolean direct = ++depth == 2;
                            if (direct && own == null) {
                                own = location;
                            } else if (direct && related.size() < MAX_RELATED) {
                                related.add(location);
                            } else if (outer == null || outer.region() == null) {
                                outer = location;
                            }
                        }
                        default -> depth++;
                    }
                }
            }
            String title = shortMessage == null ? type : shortMessage;
            List<String> tags = new ArrayList<>();
            if (!category.isEmpty()) {
                tags.add(category);
            }
            if (!cwe.equals("0")) {
                tags.add("CWE-" + cwe);
            }
            Rule rule = rules.computeIfAbsent(type, t -> new Rule(t, title, "", null, severity, tags));
            Location place = own != null ? own : outer != null ? outer : new Location("", null);
            sink.finding(Finding.of("SpotBugs", rule, message == null ? title : message, place)
                    .withSeverity(severity)
                    .withRelated(related));
        }

        private Location location() {
            String path = attribute("sourcepath", "");
            int start = number("start", 0);
            int end = number("end", start);
            Region region = start < 1 ? null : Region.lines(start, Math.max(start, end));
            for (String source : sources) {
                String whole = source.endsWith(path) ? source : source + "/" + path;
                String resolved = paths.resolve(whole);
                if (!path.isEmpty() && paths.isFile(resolved)) {
                    return new Location(resolved, region);
                }
            }
            return new Location(path.isEmpty() ? "" : paths.resolveSource(path), region);
        }

        private String attribute(String name, String otherwise) {
            String value = xml.getAttributeValue(null, name);
            return value == null ? otherwise : value;
        }

        private int number(String name, int otherwise) {
            try {
                return Integer.parseInt(attribute(name, ""));
            } catch (NumberFormatException e) {
                return otherwise;
            }
        }
    }

    /** The rank goes from 1, the scariest, to 20; older reports have a priority from 1 to 3 alone. */
    private static Severity severity(int rank, int priority) {
        if (rank > 0) {
            return rank <= 4 ? Severity.HIGH : rank <= 14 ? Severity.MEDIUM : Severity.LOW;
        }
        return priority <= 1 ? Severity.HIGH : priority == 2 ? Severity.MEDIUM : Severity.LOW;
    }
}

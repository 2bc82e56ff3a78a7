package io.jenkins.plugins.scmchecks.engine.analysis.store;

import io.jenkins.plugins.scmchecks.engine.analysis.FindingSink;
import io.jenkins.plugins.scmchecks.engine.finding.Finding;
import io.jenkins.plugins.scmchecks.engine.finding.Fix;
import io.jenkins.plugins.scmchecks.engine.finding.Location;
import io.jenkins.plugins.scmchecks.engine.finding.Notice;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import io.jenkins.plugins.scmchecks.engine.finding.Rule;
import io.jenkins.plugins.scmchecks.engine.finding.Severity;
import io.jenkins.plugins.scmchecks.engine.finding.Suppression;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Findings and notices in a {@link ResultStore}. Rules, which are long and few, are entries of their own. Thread-safe. */
public final class StoredFindings {

    private final ResultStore store;
    private final Map<ResultKey, Rule> rules = new ConcurrentHashMap<>();
    private final Map<Rule, ResultKey> keys = new ConcurrentHashMap<>();

    public StoredFindings(ResultStore store) {
        this.store = store;
    }

    /** What one piece of work found; passes everything on at once. */
    public static final class Recording implements FindingSink {
        private final FindingSink sink;
        private final List<Finding> findings = new ArrayList<>();
        private final List<Notice> notices = new ArrayList<>();

        public Recording(FindingSink sink) {
            this.sink = sink;
        }

        @Override
        public synchronized void finding(Finding finding) {
            findings.add(finding);
            sink.finding(finding);
        }

        @Override
        public synchronized void notice(Notice notice) {
            notices.add(notice);
            sink.notice(notice);
        }
    }

    /** Keeps what was recorded. */
    public void put(ResultKey key, Recording recorded) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(recorded.findings.size());
            for (Finding finding : recorded.findings) {
                write(finding, out);
            }
            out.writeInt(recorded.notices.size());
            for (Notice notice : recorded.notices) {
                out.writeByte(notice.level().ordinal());
                text(notice.path(), out);
                text(notice.message(), out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        }
        store.put(key, bytes.toByteArray());
    }

    /** Gives what is kept under a key; {@return whether there is something, and so nothing left to do} */
    public boolean replay(ResultKey key, FindingSink sink) {
        List<Finding> findings = new ArrayList<>();
        List<Notice> notices = new ArrayList<>();
        try {
            byte[] bytes = store.get(key);
            if (bytes == null) {
                return false;
            }
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
            for (int left = in.readInt(); left > 0; left--) {
                findings.add(finding(in));
            }
            for (int left = in.readInt(); left > 0; left--) {
                notices.add(new Notice(Notice.Level.values()[in.readUnsignedByte()], text(in), text(in)));
            }
        } catch (IOException | RuntimeException e) {
            // Not what this class wrote, or its rule was forgotten: it is worked out again.
            return false;
        }
        findings.forEach(sink::finding);
        notices.forEach(sink::notice);
        return true;
    }

    private void write(Finding finding, DataOutputStream out) throws IOException {
        text(finding.tool(), out);
        ResultKey rule = key(finding.rule());
        out.writeLong(rule.high());
        out.writeLong(rule.low());
        out.writeByte(finding.severity().ordinal());
        text(finding.message(), out);
        write(finding.location(), out);
        text(finding.resource(), out);
        out.writeInt(finding.related().size());
        for (Location related : finding.related()) {
            write(related, out);
        }
        out.writeBoolean(finding.fix() != null);
        if (finding.fix() != null) {
            text(finding.fix().description(), out);
            write(finding.fix().region(), out);
            text(finding.fix().replacement(), out);
        }
        out.writeBoolean(finding.suppression() != null);
        if (finding.suppression() != null) {
            text(finding.suppression().source(), out);
            text(finding.suppression().justification(), out);
        }
        text(finding.fingerprint(), out);
    }

    private Finding finding(DataInputStream in) throws IOException {
        String tool = text(in);
        Rule rule = rule(new ResultKey(in.readLong(), in.readLong()));
        Severity severity = Severity.values()[in.readUnsignedByte()];
        String message = text(in);
        Location location = location(in);
        String resource = text(in);
        List<Location> related = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            related.add(location(in));
        }
        Fix fix = in.readBoolean() ? new Fix(text(in), region(in), text(in)) : null;
        Suppression suppression = in.readBoolean() ? new Suppression(text(in), text(in)) : null;
        return new Finding(
                tool, rule, severity, message, location, resource, related, fix, suppression, text(in));
    }

    private ResultKey key(Rule rule) throws IOException {
        ResultKey known = keys.get(rule);
        if (known != null) {
            return known;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        text(rule.id(), out);
        text(rule.name(), out);
        text(rule.help(), out);
        text(rule.helpUri(), out);
        out.writeByte(rule.severity().ordinal());
        out.writeInt(rule.tags().size());
        for (String tag : rule.tags()) {
            text(tag, out);
        }
        ResultKey key = ResultKey.of(bytes.toByteArray());
        store.put(key, bytes.toByteArray());
        keys.put(rule, key);
        return key;
    }

    private Rule rule(ResultKey key) throws IOException {
        Rule known = rules.get(key);
        if (known != null) {
            return known;
        }
        byte[] bytes = store.get(key);
        if (bytes == null) {
            throw new IOException("the rule is not there");
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        String id = text(in);
        String name = text(in);
        String help = text(in);
        String helpUri = text(in);
        Severity severity = Severity.values()[in.readUnsignedByte()];
        List<String> tags = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            tags.add(text(in));
        }
        Rule rule = new Rule(id, name, help, helpUri, severity, tags);
        rules.put(key, rule);
        return rule;
    }

    private static void write(Location location, DataOutputStream out) throws IOException {
        text(location.path(), out);
        write(location.region(), out);
    }

    private static Location location(DataInputStream in) throws IOException {
        return new Location(text(in), region(in));
    }

    private static void write(Region region, DataOutputStream out) throws IOException {
        out.writeBoolean(region != null);
        if (region != null) {
            out.writeInt(region.startLine());
            out.writeInt(region.startColumn());
            out.writeInt(region.endLine());
            out.writeInt(region.endColumn());
        }
    }

    private static Region region(DataInputStream in) throws IOException {
        return in.readBoolean() ? new Region(in.readInt(), in.readInt(), in.readInt(), in.readInt()) : null;
    }

    private static void text(String text, DataOutputStream out) throws IOException {
        byte[] bytes = text == null ? null : text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes == null ? -1 : bytes.length);
        if (bytes != null) {
            out.write(bytes);
        }
    }

    private static String text(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length > in.available()) {
            throw new IOException("a text of " + length + " bytes where " + in.available() + " are left");
        }
        return length < 0 ? null : new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }
}

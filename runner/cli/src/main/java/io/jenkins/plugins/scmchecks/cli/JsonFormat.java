package io.jenkins.plugins.scmchecks.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.jenkins.plugins.scmchecks.engine.finding.Finding;
import io.jenkins.plugins.scmchecks.engine.finding.Notice;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import io.jenkins.plugins.scmchecks.engine.finding.TrackedFinding;
import io.jenkins.plugins.scmchecks.engine.publish.CheckReport;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/** A report for scripts: flat, with the names that the table uses. */
final class JsonFormat {

    void write(CheckReport report, OutputStream out) throws IOException {
        JsonGenerator json = new JsonFactory().createGenerator(out);
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        json.setPrettyPrinter(new DefaultPrettyPrinter());
        json.writeStartObject();
        json.writeStringField("name", report.name());
        json.writeStringField("base", report.change().baseSha());
        json.writeStringField("head", report.change().headSha());
        json.writeBooleanField("passed", report.gate().passed());
        json.writeArrayFieldStart("reasons");
        for (String reason : report.gate().reasons()) {
            json.writeString(reason);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("findings");
        for (TrackedFinding tracked : report.findings()) {
            write(tracked, json);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("notices");
        for (Notice notice : report.notices()) {
            json.writeStartObject();
            json.writeStringField("level", notice.level().name().toLowerCase(Locale.ROOT));
            json.writeStringField("path", notice.path());
            json.writeStringField("message", notice.message());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.close();
        out.write('\n');
        out.flush();
    }

    private static void write(TrackedFinding tracked, JsonGenerator json) throws IOException {
        Finding finding = tracked.finding();
        Region region = finding.location().region();
        json.writeStartObject();
        json.writeStringField("state", tracked.state().name().toLowerCase(Locale.ROOT));
        json.writeBooleanField("onChangedLine", tracked.onChangedLine());
        json.writeStringField("severity", finding.severity().label());
        json.writeStringField("tool", finding.tool());
        json.writeStringField("rule", finding.rule().id());
        json.writeStringField("title", finding.rule().name());
        json.writeStringField("message", finding.message());
        json.writeStringField("path", finding.location().path());
        if (region != null) {
            json.writeNumberField("startLine", region.startLine());
            json.writeNumberField("startColumn", region.startColumn());
            json.writeNumberField("endLine", region.endLine());
            json.writeNumberField("endColumn", region.endColumn());
        }
        json.writeStringField("resource", finding.resource());
        json.writeBooleanField("suppressed", finding.suppression() != null);
        json.writeStringField("helpUri", finding.rule().helpUri());
        json.writeStringField("fingerprint", finding.fingerprint());
        json.writeEndObject();
    }
}

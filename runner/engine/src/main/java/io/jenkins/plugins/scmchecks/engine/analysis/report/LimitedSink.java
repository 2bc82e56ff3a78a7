package io.jenkins.plugins.scmchecks.engine.analysis.report;

import io.jenkins.plugins.scmchecks.engine.analysis.FindingSink;
import io.jenkins.plugins.scmchecks.engine.finding.Finding;
import io.jenkins.plugins.scmchecks.engine.finding.Notice;
import java.io.IOException;

/** Passes on as many findings as a report may bring. */
final class LimitedSink {

    /** The report has more findings than it may bring. */
    static final class FullException extends IOException {
        private static final long serialVersionUID = 1L;

        FullException(int limit) {
            super("has more than " + limit + " findings; the others were left out. Exclude what the tool need not look"
                    + " at, or switch its noisiest rules off");
        }
    }

    private static final int MAX_NOTICES = 20;

    private final String report;
    private final FindingSink sink;
    private final int limit;
    private int count;
    private int notices;

    LimitedSink(String report, FindingSink sink, ReportLimits limits) {
        this.report = report;
        this.sink = sink;
        this.limit = limits.findings();
    }

    /**
     * @throws FullException at the first finding that is too much
     */
    void finding(Finding finding) throws FullException {
        if (count == limit) {
            throw new FullException(limit);
        }
        count++;
        sink.finding(finding);
    }

    /** Tells what the report says of itself, the first few times. */
    void notice(Notice.Level level, String message) {
        notices++;
        if (notices <= MAX_NOTICES) {
            sink.notice(new Notice(level, null, report + ": " + message));
        } else if (notices == MAX_NOTICES + 1) {
            sink.notice(Notice.info(null, report + ": more notifications of its tool were left out"));
        }
    }
}

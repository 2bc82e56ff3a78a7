package io.jenkins.plugins.scmchecks.engine.analysis.report;

import java.io.IOException;

/** A report that cannot be read. The message says which, where in it, and why. */
public class ReportException extends IOException {

    private static final long serialVersionUID = 1L;

    public ReportException(String message, Throwable cause) {
        super(message, cause);
    }
}

package io.jenkins.plugins.scmchecks.engine.analysis.report;

/**
 * How much one report may bring: a report is untrusted, and a compressed one can be a bomb.
 *
 * @param bytes after decompression
 * @param findings that are taken; more are told of, and left out
 */
public record ReportLimits(long bytes, int findings) {

    /** Two gigabytes of SARIF, a quarter of a million findings. */
    public static final ReportLimits DEFAULT = new ReportLimits(2L << 30, 250_000);

    public ReportLimits {
        if (bytes < 1 || findings < 1) {
            throw new IllegalArgumentException("limits of a report must be positive");
        }
    }
}

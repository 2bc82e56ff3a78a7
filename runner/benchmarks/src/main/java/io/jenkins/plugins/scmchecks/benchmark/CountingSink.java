package io.jenkins.plugins.scmchecks.benchmark;

import io.jenkins.plugins.scmchecks.engine.analysis.FindingSink;
import io.jenkins.plugins.scmchecks.engine.finding.Finding;
import io.jenkins.plugins.scmchecks.engine.finding.Notice;

/** Counts findings. A notice fails the benchmark: work that was left out is no work done fast. */
final class CountingSink implements FindingSink {

    private int findings;

    @Override
    public synchronized void finding(Finding finding) {
        findings++;
    }

    @Override
    public void notice(Notice notice) {
        throw new IllegalStateException(notice.toString());
    }

    synchronized int findings() {
        return findings;
    }
}

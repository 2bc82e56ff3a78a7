package io.jenkins.plugins.scmchecks.engine.analysis;

import io.jenkins.plugins.scmchecks.engine.finding.Finding;
import io.jenkins.plugins.scmchecks.engine.finding.Notice;

/** Takes what analyzers find. Thread-safe. */
public interface FindingSink {

    void finding(Finding finding);

    void notice(Notice notice);
}

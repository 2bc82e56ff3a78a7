package io.jenkins.plugins.scmchecks.engine.analysis;

import io.jenkins.plugins.scmchecks.engine.finding.Finding;
import io.jenkins.plugins.scmchecks.engine.finding.Notice;
import java.util.List;

/**
 * What one scan of one tree found.
 *
 * @param findings in the order of their paths and lines
 * @param notices what could not be analysed
 * @param files how many files were read
 */
public record Analysis(List<Finding> findings, List<Notice> notices, long files) {

    public Analysis {
        findings = List.copyOf(findings);
        notices = List.copyOf(notices);
    }
}

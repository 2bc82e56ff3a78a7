package io.jenkins.plugins.scmchecks.engine.scm.bitbucket;

import io.jenkins.plugins.scmchecks.engine.change.ChangeSet;
import io.jenkins.plugins.scmchecks.engine.finding.Finding;
import io.jenkins.plugins.scmchecks.engine.finding.Gate;
import io.jenkins.plugins.scmchecks.engine.finding.Location;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import io.jenkins.plugins.scmchecks.engine.finding.Rule;
import io.jenkins.plugins.scmchecks.engine.finding.Severity;
import io.jenkins.plugins.scmchecks.engine.finding.TrackedFinding;
import io.jenkins.plugins.scmchecks.engine.publish.CheckPublisher;
import io.jenkins.plugins.scmchecks.engine.publish.CheckReport;
import io.jenkins.plugins.scmchecks.engine.publish.PublishOutcome;
import io.jenkins.plugins.scmchecks.engine.publish.Publisher;
import io.jenkins.plugins.scmchecks.engine.publish.Reconciler;
import io.jenkins.plugins.scmchecks.engine.publish.Renderer;
import io.jenkins.plugins.scmchecks.engine.scm.PullRequest;
import io.jenkins.plugins.scmchecks.engine.scm.ScmConnection;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Findings on lines of {@code a.tf}, and their publishing without a pause. */
final class Reporting {

    static final String FILE = "a.tf";

    private Reporting() {}

    static Finding finding(int line, String message) {
        Rule rule = new Rule(
                "R-1", "Rule one", "Do it right.\n\n```html\n</details>\n```", "https://example.com/r1", Severity.CRITICAL,
                List.of("CWE-1"));
        return Finding.of("tool", rule, message, new Location(FILE, Region.line(line))).withFingerprint("fp-" + line);
    }

    static Finding[] findings(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> finding(i, "wrong " + i)).toArray(Finding[]::new);
    }

    /** Publishes these findings as new ones. */
    static PublishOutcome publish(BitbucketFixture fixture, ScmConnection connection, long number, Finding... findings)
            throws Exception {
        PullRequest pull = connection.pullRequest(fixture.repository(), number);
        ChangeSet change = connection.changes(fixture.repository(), pull);
        List<TrackedFinding> tracked = Arrays.stream(findings)
                .map(f -> new TrackedFinding(f, TrackedFinding.State.NEW, true))
                .toList();
        CheckReport report = new CheckReport(
                "SCM Checks", change, tracked, List.of(), Gate.DEFAULT.evaluate(tracked, List.of()), "http://jenkins/job/1/");
        CheckPublisher publisher =
                new CheckPublisher(new Renderer(), new Reconciler(), wait -> {}, 4, Duration.ofMinutes(1));
        return publisher.publish(
                connection, new Publisher.Target(fixture.repository(), pull.headSha(), pull), report);
    }
}

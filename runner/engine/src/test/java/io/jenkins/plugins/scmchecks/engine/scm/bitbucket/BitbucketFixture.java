package io.jenkins.plugins.scmchecks.engine.scm.bitbucket;

import io.jenkins.plugins.scmchecks.engine.scm.ForgeFixture;
import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.Check;
import io.jenkins.plugins.scmchecks.forge.model.CommitStatus;
import io.jenkins.plugins.scmchecks.forge.model.PullRequest;
import java.util.List;

/** The forge as one of the Bitbuckets, where a report and a build status together are the check. */
abstract class BitbucketFixture extends ForgeFixture {

    static final String SECRET = "webhook-secret";

    BitbucketFixture() {
        super("acme");
        acme.member(alice, Account.Role.ADMIN);
        forge.resetRequests();
    }

    /** The build status gates a merge, and the report shows why: both have to say the same. */
    @Override
    protected String check(PullRequest pull) {
        Check check = last(repo.checks(pull.headSha()));
        CommitStatus status =
                last(repo.statuses().stream().filter(s -> s.sha().equals(pull.headSha())).toList());
        String state = status == null ? null : switch (status.state()) {
            case "SUCCESSFUL" -> "success";
            case "FAILED" -> "failure";
            default -> "pending";
        };
        String report = check == null ? null : check.conclusion() == null ? "pending" : check.conclusion();
        return state != null && state.equals(report) ? state : report + "/" + state;
    }

    @Override
    protected int annotations(PullRequest pull) {
        Check check = last(repo.checks(pull.headSha()));
        return check == null ? 0 : check.annotations().size();
    }

    private static <T> T last(List<T> all) {
        return all.isEmpty() ? null : all.get(all.size() - 1);
    }
}

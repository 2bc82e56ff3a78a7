package io.jenkins.plugins.scmchecks.step;

import hudson.EnvVars;
import hudson.Util;
import hudson.model.Run;
import io.jenkins.plugins.scmchecks.config.RemoteUrl;
import io.jenkins.plugins.scmchecks.config.ScmIntegration;
import io.jenkins.plugins.scmchecks.engine.scm.RepositoryPath;
import io.jenkins.plugins.scmchecks.outbox.OwedAnswer;
import io.jenkins.plugins.scmchecks.trigger.Coordinates;
import io.jenkins.plugins.scmchecks.trigger.ScmEventAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jenkins.scm.api.SCMHead;
import jenkins.scm.api.SCMHeadOrigin;
import jenkins.scm.api.mixin.ChangeRequestSCMHead;
import jenkins.scm.api.mixin.ChangeRequestSCMHead2;

/**
 * What a build is about, from whatever there is that tells: the step's options, then the event that started it, then
 * the branch source of a multibranch job, then the environment, then the workspace's own git.
 *
 * @param integration by which to answer, or null when none was found
 * @param repository or null
 * @param pullRequest its number, or 0
 * @param targetBranch of the pull request, or null
 * @param headSha the commit that the build is about, or null when only the workspace knows
 * @param before a commit to compare with where there is no pull request, or null
 * @param fork whether the commit comes from a fork as far as is known
 * @param originKnown whether an event or a branch source told that, so that it need not be asked
 * @param missing why there is no integration or repository; null when there are both
 */
record CheckSubject(
        ScmIntegration integration,
        RepositoryPath repository,
        long pullRequest,
        String targetBranch,
        String headSha,
        String before,
        boolean fork,
        boolean originKnown,
        String missing) {

    /**
     * @param configured all integrations
     * @throws IllegalArgumentException when an option of the step names what there is not
     */
    static CheckSubject find(
            ScmCheckStep options,
            Run<?, ?> run,
            EnvVars environment,
            WorkspaceFacts workspace,
            List<ScmIntegration> configured) {
        ScmEventAction action = run.getAction(ScmEventAction.class);
        Coordinates event = action == null ? null : action.coordinates();
        if (event != null
                && (options.getRepository() == null
                        || options.getRepository().equalsIgnoreCase(event.repository()))) {
            return ofEvent(options, event, configured);
        }
        long number = options.getPullRequest();
        String target = null;
        boolean fork = false;
        boolean told = options.getPullRequest() == 0;
        SCMHead head = SCMHead.HeadByItem.findHead(run.getParent());
        if (number == 0 && head instanceof ChangeRequestSCMHead change) {
            number = number(change.getId());
            target = change.getTarget().getName();
            fork = change instanceof ChangeRequestSCMHead2 two && !SCMHeadOrigin.DEFAULT.equals(two.getOrigin());
        } else if (number == 0 && environment.get("CHANGE_ID") != null) {
            number = number(environment.get("CHANGE_ID"));
            target = environment.get("CHANGE_TARGET");
        }
        fork |= environment.get("CHANGE_FORK") != null;
        String commit = number == 0 ? environment.get("GIT_COMMIT") : null;
        String before = environment.get("GIT_PREVIOUS_SUCCESSFUL_COMMIT");
        return located(options, environment, workspace, configured)
                .about(number, target, commit, before, fork, told);
    }

    private static CheckSubject ofEvent(ScmCheckStep options, Coordinates event, List<ScmIntegration> configured) {
        String name = options.getIntegration() == null ? event.integration() : options.getIntegration();
        ScmIntegration integration = named(name, configured);
        boolean same = options.getPullRequest() == 0 || options.getPullRequest() == event.pullRequest();
        return new CheckSubject(
                integration,
                new RepositoryPath(event.repository()),
                same ? event.pullRequest() : options.getPullRequest(),
                same ? event.targetBranch() : null,
                same ? event.headSha() : null,
                event.pullRequest() == 0 ? known(event.baseSha()) : null,
                event.fork(),
                same && !"rerun_requested".equals(event.event()),
                null);
    }

    private static CheckSubject located(
            ScmCheckStep options, EnvVars environment, WorkspaceFacts workspace, List<ScmIntegration> configured) {
        List<ScmIntegration> candidates =
                options.getIntegration() == null ? configured : List.of(named(options.getIntegration(), configured));
        if (options.getRepository() != null) {
            RepositoryPath repository = new RepositoryPath(options.getRepository());
            return only(candidates.stream().filter(i -> i.covers(repository)).toList(), repository, repository.value());
        }
        String text = workspace.remoteUrl() == null ? environment.get("GIT_URL") : workspace.remoteUrl();
        Optional<RemoteUrl> remote = RemoteUrl.parse(text);
        if (remote.isEmpty()) {
            return missing("nothing tells which repository this is: the workspace has no git remote; set the step's"
                    + " options integration and repository");
        }
        List<ScmIntegration> serving = new ArrayList<>();
        RepositoryPath repository = null;
        for (ScmIntegration candidate : candidates) {
            Optional<RepositoryPath> found = candidate.repositoryAt(remote.get());
            if (found.isPresent()) {
                serving.add(candidate);
                repository = found.get();
            }
        }
        return only(serving, repository, remote.get().host() + "/" + remote.get().path());
    }

    private static CheckSubject only(List<ScmIntegration> serving, RepositoryPath repository, String what) {
        if (serving.size() == 1) {
            return new CheckSubject(serving.get(0), repository, 0, null, null, null, false, false, null);
        }
        return missing(
                serving.isEmpty()
                        ? "no SCM integration is for " + what + "; add one under Manage Jenkins › System, or set the"
                                + " step's options integration and repository"
                        : "more than one SCM integration is for " + what + ": "
                                + String.join(", ", serving.stream().map(ScmIntegration::getName).toList())
                                + "; choose one with the step's option integration");
    }

    private static CheckSubject missing(String reason) {
        return new CheckSubject(null, null, 0, null, null, null, false, false, reason);
    }

    private CheckSubject about(
            long number, String target, String commit, String previous, boolean fromFork, boolean told) {
        return new CheckSubject(
                integration,
                repository,
                number,
                Util.fixEmpty(target),
                Util.fixEmpty(commit),
                number == 0 ? known(previous) : null,
                fromFork,
                told,
                missing);
    }

    private static ScmIntegration named(String name, List<ScmIntegration> configured) {
        return configured.stream()
                .filter(i -> i.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no SCM integration '" + name
                        + "'; those under Manage Jenkins › System are: "
                        + String.join(", ", configured.stream().map(ScmIntegration::getName).toList())));
    }

    private static long number(String id) {
        return id != null && id.matches("\\d{1,18}") ? Long.parseLong(id) : 0;
    }

    /** {@return what the provider is to be told of a check of this subject} */
    OwedAnswer owed(String commit, String check, Run<?, ?> run, String detailsUrl) {
        return OwedAnswer.begun(
                integration.getName(),
                repository.value(),
                pullRequest,
                commit,
                check,
                run.getExternalizableId(),
                detailsUrl);
    }

    /** Git writes zeros for a commit that there is not. */
    private static String known(String sha) {
        return sha == null || sha.isEmpty() || sha.matches("0+") ? null : sha;
    }
}

package io.jenkins.plugins.scmchecks.engine.scm;

/**
 * A pull request, or merge request.
 *
 * @param number as people know it
 * @param title as its author wrote it: untrusted
 * @param sourceBranch without {@code refs/heads/}
 * @param targetBranch without {@code refs/heads/}
 * @param headSha the newest commit of the source branch
 * @param baseSha the target branch's newest commit as the provider tells it; not the merge base; may be null
 * @param headRepository where the source branch is; null when that fork has been deleted
 * @param author login name
 * @param fork whether the source branch is in another repository than the target
 * @param webUrl for people
 */
public record PullRequest(
        long number,
        String title,
        String sourceBranch,
        String targetBranch,
        String headSha,
        String baseSha,
        RepositoryPath headRepository,
        String author,
        boolean fork,
        String webUrl) {}

package io.jenkins.plugins.scmchecks.forge.github;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Addresses of all around accounts and repositories, as URI templates: GitHub's description requires them. */
enum UrlTemplates {
    ACCOUNT("""
            events /events{/privacy}
            followers /followers
            following /following{/other_user}
            gists /gists{/gist_id}
            organizations /orgs
            received_events /received_events
            repos /repos
            starred /starred{/owner}{/repo}
            subscriptions /subscriptions
            """),
    ORGANIZATION("""
            events /events
            hooks /hooks
            issues /issues
            members /members{/member}
            public_members /public_members{/member}
            repos /repos
            """),
    REPOSITORY("""
            archive /{archive_format}{/ref}
            assignees /assignees{/user}
            blobs /git/blobs{/sha}
            branches /branches{/branch}
            collaborators /collaborators{/collaborator}
            comments /comments{/number}
            commits /commits{/sha}
            compare /compare/{base}...{head}
            contents /contents/{+path}
            contributors /contributors
            deployments /deployments
            downloads /downloads
            events /events
            forks /forks
            git_commits /git/commits{/sha}
            git_refs /git/refs{/sha}
            git_tags /git/tags{/sha}
            hooks /hooks
            issue_comment /issues/comments{/number}
            issue_events /issues/events{/number}
            issues /issues{/number}
            keys /keys{/key_id}
            labels /labels{/name}
            languages /languages
            merges /merges
            milestones /milestones{/number}
            notifications /notifications{?since,all,participating}
            pulls /pulls{/number}
            releases /releases{/id}
            stargazers /stargazers
            statuses /statuses/{sha}
            subscribers /subscribers
            subscription /subscription
            tags /tags
            teams /teams
            trees /git/trees{/sha}
            """);

    private final String[] lines;

    UrlTemplates(String text) {
        this.lines = text.split("\n");
    }

    /** @param api the address of the account, organization or repository itself */
    void addTo(ObjectNode json, String api) {
        for (String line : lines) {
            String[] parts = line.split(" ");
            json.put(parts[0] + "_url", api + parts[1]);
        }
    }
}

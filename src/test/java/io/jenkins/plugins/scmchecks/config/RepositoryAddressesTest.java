package io.jenkins.plugins.scmchecks.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.scmchecks.engine.scm.RepositoryPath;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From clones' addresses to repositories, and back to the addresses that builds and people need. */
class RepositoryAddressesTest {

    private static final Map<String, ScmIntegration> INTEGRATIONS = Map.of(
            "github", new GitHubIntegration("x", ""),
            "gitlab", new GitLabIntegration("x", ""),
            "own-gitlab", new GitLabIntegration("x", "https://example.org:8443/gitlab/api/v4"),
            "gitea", new GiteaIntegration("x", "https://gitea.example.org/api/v1"),
            "bitbucket", new BitbucketCloudIntegration("x", ""),
            "bitbucket-server", new BitbucketDataCenterIntegration("x", "https://example.org/git"),
            "azure", new AzureDevOpsIntegration("x", "https://dev.azure.com/acme"),
            "azure-server", new AzureDevOpsIntegration("x", "https://example.org/tfs/DefaultCollection"),
            "google", new GoogleSourceRepositoriesIntegration("x", ""));

    @ParameterizedTest
    @CsvSource({
        "github, https://github.com/acme/shop.git, acme/shop",
        "gitlab, git@gitlab.com:acme/platform/shop.git, acme/platform/shop",
        "own-gitlab, https://example.org:8443/gitlab/acme/shop.git, acme/shop",
        "own-gitlab, ssh://git@example.org:2222/acme/shop.git, acme/shop",
        "gitea, https://gitea.example.org/acme/shop, acme/shop",
        "bitbucket, https://alice@bitbucket.org/acme/shop.git, acme/shop",
        "bitbucket-server, https://example.org/git/scm/shop/web.git, shop/web",
        "bitbucket-server, ssh://git@example.org:7999/~alice/web.git, ~alice/web",
        "azure, https://acme@dev.azure.com/acme/Web%20Shop/_git/front%20end, Web Shop/front end",
        "azure, https://dev.azure.com/acme/_git/Shop, Shop/Shop",
        "azure, git@ssh.dev.azure.com:v3/acme/Web%20Shop/front+end, Web Shop/front+end",
        "azure-server, https://example.org/tfs/DefaultCollection/Shop/_git/web, Shop/web",
        "google, https://source.developers.google.com/p/acme-shop/r/web, acme-shop/web",
        "google, ssh://alice@example.org@source.developers.google.com:2022/p/acme-shop/r/team/web, acme-shop/team/web",
    })
    void shouldKnowItsRepositoryByTheAddressOfItsClone(String integration, String remote, String repository) {
        assertThat(RemoteUrl.parse(remote).flatMap(INTEGRATIONS.get(integration)::repositoryAt))
                .contains(new RepositoryPath(repository));
    }

    @ParameterizedTest
    @CsvSource({
        "gitlab, https://gitlab.com.evil.example/acme/shop.git",
        "own-gitlab, https://example.org:9443/gitlab/acme/shop.git",
        "azure, https://dev.azure.com/acme/Shop",
        "azure, git@ssh.dev.azure.com:v3/other/Shop/web",
        "azure-server, git@ssh.dev.azure.com:v3/acme/Shop/web",
        "google, https://source.developers.google.com/acme/web",
    })
    void shouldLeaveOthersAlone(String integration, String remote) {
        assertThat(RemoteUrl.parse(remote).flatMap(INTEGRATIONS.get(integration)::repositoryAt)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "github, acme/shop, https://github.com/acme/shop.git, https://github.com/acme/shop/commit/abc",
        "gitlab, acme/a/shop, https://gitlab.com/acme/a/shop.git, https://gitlab.com/acme/a/shop/-/commit/abc",
        "own-gitlab, acme/shop, https://example.org:8443/gitlab/acme/shop.git, https://example.org:8443/gitlab/acme/shop/-/commit/abc",
        "gitea, acme/shop, https://gitea.example.org/acme/shop.git, https://gitea.example.org/acme/shop/commit/abc",
        "bitbucket, acme/shop, https://bitbucket.org/acme/shop.git, https://bitbucket.org/acme/shop/commits/abc",
        "bitbucket-server, SHOP/web, https://example.org/git/scm/shop/web.git, https://example.org/git/projects/SHOP/repos/web/commits/abc",
        "bitbucket-server, ~alice/web, https://example.org/git/scm/~alice/web.git, https://example.org/git/users/alice/repos/web/commits/abc",
        "azure, Web Shop/web, https://dev.azure.com/acme/Web%20Shop/_git/web, https://dev.azure.com/acme/Web%20Shop/_git/web/commit/abc",
        "google, acme/team/web, https://source.developers.google.com/p/acme/r/team/web, https://source.cloud.google.com/acme/team/web/+/abc",
    })
    void shouldKnowWhereToCloneAndLook(String integration, String repository, String clone, String commit) {
        ScmIntegration configured = INTEGRATIONS.get(integration);

        assertThat(configured.cloneUrl(new RepositoryPath(repository))).isEqualTo(clone);
        assertThat(configured.commitUrl(new RepositoryPath(repository), "abc")).isEqualTo(commit);
    }
}

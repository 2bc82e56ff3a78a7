package io.jenkins.plugins.scmchecks.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.scmchecks.engine.scm.ProviderFixture;
import io.jenkins.plugins.scmchecks.engine.scm.ScmConnection;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException;
import io.jenkins.plugins.scmchecks.engine.scm.bitbucket.CloudFixture;
import io.jenkins.plugins.scmchecks.engine.scm.bitbucket.DataCenterFixture;
import java.util.List;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Bitbucket Cloud and Bitbucket Data Center. */
class BitbucketDescriptionTest {

    private static final List<DescribedContract.Erratum> CLOUD_ERRATA = List.of(
            new DescribedContract.Erratum(
                    "Query parameter '(page|pagelen)' is unexpected",
                    "described once for all listings, in the introduction, Pagination"),
            new DescribedContract.Erratum(
                    "POST /repositories/.workspace./.repo_slug./hooks: request: No request body is expected",
                    "the body is in the text of the operation alone"),
            new DescribedContract.Erratum(
                    "/commits: answer 200: No response body is expected", "the text says: a page of commits"),
            new DescribedContract.Erratum(
                    "/src/[^']*: request: No API path", "the validator takes {path} for one segment, it is any number"),
            new DescribedContract.Erratum(
                    "reports/.reportId.: .*/data/0/value.*", "the text says: number, text, boolean or object"),
            new DescribedContract.Erratum(
                    "pullrequests/.*: answer .*not allowed by the schema: \\[\"(type|outdated)\"\\]",
                    "parts of comments and pull requests are described as closed and without these, which servers send"));
    private static final List<DescribedContract.Erratum> DATA_CENTER_ERRATA = List.of(
            new DescribedContract.Erratum(
                    "Query parameter 'limit' is unexpected", "Paged APIs, in the introduction: every listing has it"),
            new DescribedContract.Erratum(
                    "(/nextPageStart|/errors/0/context)'\\] Instance type \\(null\\)", "the examples have null there"),
            new DescribedContract.Erratum(
                    "reports/.key.: .*/data/[01]/value'", "the text says: number, text, boolean or object"),
            new DescribedContract.Erratum(
                    "comments: request: \\[Path '/anchor/path'\\]", "the example of the operation has a string"),
            new DescribedContract.Erratum(
                    "activities: answer 200: .*not allowed.*\\[\"comment\",\"commentAction\"",
                    "activities are described by what all kinds of them have"),
            new DescribedContract.Erratum(
                    "GET /api/latest/users: answer 200: .*\"isLastPage\"", "described as one user; it is a page of them"),
            new DescribedContract.Erratum(
                    "/pull-requests/.pullRequestId.: answer 200: .*\\[\"author\"\\]",
                    "the text of the operation and the events have it"),
            new DescribedContract.Erratum(
                    "branches: answer 200: .*\\[\"isDefault\"\\]", "servers name \"default\" so, as in their examples"));

    @Nested
    class Cloud extends DescribedContract {

        private CloudFixture fixture;

        Cloud() {
            super(List.of(OpenApiDescription.read("bitbucket-cloud.json", "/bitbucket-cloud/2.0")), CLOUD_ERRATA);
        }

        @Override
        ProviderFixture createFixture(OkHttpClient http) {
            fixture = new CloudFixture(true, http);
            return fixture;
        }

        @Test
        void shouldFindAForksCommitInThePullRequest() throws ScmException {
            long number = fixture.openPullRequest("a.txt", 3, true);
            fixture.forge.bitbucketCloud().hideForkCommits();

            try (ScmConnection connection = fixture.provider().connect(fixture.integration())) {
                assertThat(connection.pullRequest(fixture.repository(), number).headSha())
                        .isEqualTo(fixture.pull(number).headSha());
            }
        }
    }

    @Nested
    class DataCenter extends DescribedContract {
        DataCenter() {
            super(List.of(OpenApiDescription.read("bitbucket-data-center.json", "/bitbucket/rest")), DATA_CENTER_ERRATA);
        }

        @Override
        ProviderFixture createFixture(OkHttpClient http) {
            return new DataCenterFixture(http);
        }
    }
}

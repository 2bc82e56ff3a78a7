package io.jenkins.plugins.scmchecks.contract;

import io.jenkins.plugins.scmchecks.engine.scm.ProviderFixture;
import io.jenkins.plugins.scmchecks.engine.scm.gitea.GiteaFixture;
import java.util.List;
import okhttp3.OkHttpClient;

/** Gitea. */
class GiteaDescriptionTest extends DescribedContract {

    GiteaDescriptionTest() {
        super(List.of(OpenApiDescription.read("gitea.json", "/gitea/api/v1")), List.of(
                new Erratum(
                        "pulls/comments/\\d+/(un)?resolve: request: No API path",
                        "newer than the description: since 1.26"),
                new Erratum(
                        "comments: request: Query parameter 'limit' is unexpected",
                        "this version has all comments on one page and ignores what it does not know"),
                new Erratum(
                        "not allowed by the schema: \\[\"username\"\\]",
                        "servers write a user's login a second time, for older clients"),
                new Erratum("pulls/.index.: answer 200: .*\\[\"draft\"\\]", "newer than the description"),
                new Erratum("hooks: answer 201: .*\\[\"branch_filter\"\\]", "newer than the description"),
                new Erratum("/resolver'\\] Instance type \\(null\\)", "servers write null for nobody")));
    }

    @Override
    ProviderFixture createFixture(OkHttpClient http) {
        return new GiteaFixture(http);
    }
}

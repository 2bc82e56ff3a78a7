package io.jenkins.plugins.scmchecks.contract;

import io.jenkins.plugins.scmchecks.engine.scm.ProviderFixture;
import io.jenkins.plugins.scmchecks.engine.scm.github.GitHubFixture;
import java.util.List;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Nested;

/** GitHub, and the oldest of its servers that it still describes. */
class GitHubDescriptionTest {

    private static final String BASE = "/api/v3";
    private static final List<Description> DESCRIPTIONS = List.of(
            GraphQlDescription.read("github.graphql", "/api/graphql"),
            OpenApiDescription.read("github.json", BASE),
            OpenApiDescription.read("github-enterprise-server.json", BASE));
    private static final List<DescribedContract.Erratum> ERRATA = List.of(
            new DescribedContract.Erratum(
                    "/contents: request: No API path",
                    "the root folder is the empty {path} of /contents/{path}; the REST documentation allows it"));

    @Nested
    class ByApp extends DescribedContract {
        ByApp() {
            super(DESCRIPTIONS, ERRATA);
        }

        @Override
        ProviderFixture createFixture(OkHttpClient http) {
            return new GitHubFixture(true, http);
        }
    }

    @Nested
    class ByToken extends DescribedContract {
        ByToken() {
            super(DESCRIPTIONS, ERRATA);
        }

        @Override
        ProviderFixture createFixture(OkHttpClient http) {
            return new GitHubFixture(false, http);
        }
    }
}

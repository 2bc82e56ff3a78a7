package io.jenkins.plugins.scmchecks.contract;

import io.jenkins.plugins.scmchecks.engine.scm.ProviderFixture;
import io.jenkins.plugins.scmchecks.engine.scm.bitbucket.CloudFixture;
import io.jenkins.plugins.scmchecks.engine.scm.bitbucket.DataCenterFixture;
import java.util.List;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Nested;

/** Bitbucket Cloud and Bitbucket Data Center. */
class BitbucketDescriptionTest {

    @Nested
    class Cloud extends DescribedContract {
        Cloud() {
            super(List.of(OpenApiDescription.read("bitbucket-cloud.json", "/bitbucket-cloud/2.0")), List.of());
        }

        @Override
        ProviderFixture createFixture(OkHttpClient http) {
            return new CloudFixture(true, http);
        }
    }

    @Nested
    class DataCenter extends DescribedContract {
        DataCenter() {
            super(List.of(OpenApiDescription.read("bitbucket-data-center.json", "/bitbucket/rest")), List.of());
        }

        @Override
        ProviderFixture createFixture(OkHttpClient http) {
            return new DataCenterFixture(http);
        }
    }
}

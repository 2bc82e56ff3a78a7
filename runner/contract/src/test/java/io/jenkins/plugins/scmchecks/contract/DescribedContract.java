package io.jenkins.plugins.scmchecks.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.scmchecks.engine.scm.Http;
import io.jenkins.plugins.scmchecks.engine.scm.ProviderContract;
import io.jenkins.plugins.scmchecks.engine.scm.ProviderFixture;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestInstance;

/** The contract of all providers once more, with every request and answer held against the provider's descriptions. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DescribedContract extends ProviderContract {

    /**
     * A place where the description is known to be wrong.
     *
     * @param mismatch a regular expression that is found in the message about it
     * @param why where the fact is from
     */
    record Erratum(Pattern mismatch, String why) {

        Erratum(String mismatch, String why) {
            this(Pattern.compile(mismatch), why);
        }
    }

    private final Recorder recorder = new Recorder();
    private final TreeMap<String, Integer> seen = new TreeMap<>();
    private final Set<Erratum> met = new HashSet<>();
    private final List<Description> descriptions;
    private final List<Erratum> errata;

    DescribedContract(List<Description> descriptions, List<Erratum> errata) {
        this.descriptions = descriptions;
        this.errata = errata;
    }

    abstract ProviderFixture createFixture(OkHttpClient http) throws Exception;

    @Override
    protected final ProviderFixture createFixture() throws Exception {
        recorder.take();
        return createFixture(Http.client(new OkHttpClient.Builder().addNetworkInterceptor(recorder), false));
    }

    @AfterEach
    void shouldBeAsDescribed() {
        Set<String> mismatches = new LinkedHashSet<>();
        for (Exchange exchange : new LinkedHashSet<>(recorder.take())) {
            List<Description> about = descriptions.stream().filter(d -> d.covers(exchange)).toList();
            if (about.isEmpty()) {
                mismatches.add("No description: " + exchange.method() + " " + exchange.path());
                continue;
            }
            seen.merge(about.get(0).operation(exchange), 1, Integer::sum);
            about.forEach(description -> mismatches.addAll(description.mismatches(exchange)));
        }
        mismatches.removeIf(this::isKnown);
        assertThat(mismatches).isEmpty();
    }

    private boolean isKnown(String mismatch) {
        List<Erratum> known = errata.stream().filter(e -> e.mismatch().matcher(mismatch).find()).toList();
        met.addAll(known);
        return !known.isEmpty();
    }

    @AfterAll
    void shouldHaveMetAllThatIsKnownToBeWrong() {
        assertThat(errata).filteredOn(erratum -> !met.contains(erratum)).isEmpty();
    }

    @AfterAll
    void tell() {
        int requests = seen.values().stream().mapToInt(Integer::intValue).sum();
        System.out.println(getClass().getName() + ": " + requests + " requests of " + seen.size() + " operations");
        seen.forEach((operation, count) -> System.out.println("  " + count + " × " + operation));
    }
}

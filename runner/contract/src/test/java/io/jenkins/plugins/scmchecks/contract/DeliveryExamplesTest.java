package io.jenkins.plugins.scmchecks.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.scmchecks.engine.scm.ProviderKind;
import io.jenkins.plugins.scmchecks.engine.scm.Providers;
import io.jenkins.plugins.scmchecks.engine.scm.PullRequest;
import io.jenkins.plugins.scmchecks.engine.webhook.Delivery;
import io.jenkins.plugins.scmchecks.engine.webhook.EventParser;
import io.jenkins.plugins.scmchecks.engine.webhook.EventParser.MalformedDeliveryException;
import io.jenkins.plugins.scmchecks.engine.webhook.ScmEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/**
 * Every example of a delivery in the tests of other clients, which {@code .ci/contract} takes from Go modules: what
 * real servers have sent. The table tells what each says; nothing is for kinds of events that nobody here has use for.
 */
class DeliveryExamplesTest {

    private static final Path EXAMPLES = Path.of(System.getProperty("contract.deliveries", "target/deliveries"));
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<ProviderKind, String> EVENT_HEADERS = Map.of(
            ProviderKind.GITLAB, "X-Gitlab-Event",
            ProviderKind.BITBUCKET_CLOUD, "X-Event-Key",
            ProviderKind.BITBUCKET_DATA_CENTER, "X-Event-Key",
            ProviderKind.GITEA, "X-Gitea-Event",
            ProviderKind.AZURE_DEVOPS, "X-No-Such-Header");

    private final Providers providers = new Providers();

    @ParameterizedTest(name = "{1}")
    @CsvFileSource(resources = "/delivery-examples.csv", numLinesToSkip = 1)
    void shouldReadWhatServersSend(ProviderKind kind, String file, String event, String says) throws Exception {
        assumeThat(EXAMPLES).isDirectory();

        assertThat(told(kind, event, read(file))).isEqualTo(says == null ? "" : says);
    }

    @ParameterizedTest(name = "{1}")
    @CsvFileSource(resources = "/delivery-examples.csv", numLinesToSkip = 1)
    void shouldNameWhatIsMissingAndIgnoreWhatIsUnknown(ProviderKind kind, String file, String event, String says)
            throws Exception {
        assumeThat(EXAMPLES).isDirectory();
        JsonNode example = read(file);
        String told = told(kind, event, example);
        List<String> wrong = new ArrayList<>();

        // When a field that nobody knows is in every object
        JsonNode more = example.deepCopy();
        objects(more, object -> object.put("x_unknown", 1));
        if (!told(kind, event, more).equals(told)) {
            wrong.add("an unknown field changes what is told");
        }
        // When each field is missing, null, or of another type
        objects(example, object -> {
            for (String name : List.copyOf(fields(object))) {
                JsonNode value = object.get(name);
                for (JsonNode other : new JsonNode[] {null, NullNode.instance, TextNode.valueOf("x y"),
                    JSON.createArrayNode().add(1), JSON.createObjectNode().put("a", 1)}) {
                    set(object, name, other);
                    check(kind, event, example, name + " is " + other, wrong);
                }
                object.set(name, value);
            }
        });

        // Then
        assertThat(wrong).isEmpty();
    }

    private static void set(ObjectNode object, String name, JsonNode value) {
        if (value == null) {
            object.remove(name);
        } else {
            object.set(name, value);
        }
    }

    private void check(ProviderKind kind, String event, JsonNode payload, String what, List<String> wrong) {
        try {
            parse(kind, event, payload);
        } catch (MalformedDeliveryException e) {
            if (!e.getMessage().contains("field '")) {
                wrong.add(what + ": says only " + e.getMessage());
            }
        } catch (IOException | RuntimeException e) {
            wrong.add(what + ": " + e);
        }
    }

    private static List<String> fields(ObjectNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** Calls back for each object but for the second and further ones of a list. */
    private static void objects(JsonNode node, Consumer<ObjectNode> each) {
        if (node instanceof ArrayNode array && !array.isEmpty()) {
            objects(array.get(0), each);
        } else if (node instanceof ObjectNode object) {
            fields(object).forEach(name -> objects(object.get(name), each));
            each.accept(object);
        }
    }

    private static JsonNode read(String file) throws IOException {
        return JSON.readTree(Files.readAllBytes(EXAMPLES.resolve(file)));
    }

    private List<ScmEvent> parse(ProviderKind kind, String event, JsonNode payload)
            throws IOException, MalformedDeliveryException {
        EventParser parser = providers.of(kind).parser();
        Map<String, String> headers = Map.of(EVENT_HEADERS.get(kind), event == null ? "" : event);
        return parser.parse(new Delivery("acme", headers, JSON.writeValueAsBytes(payload), Instant.EPOCH));
    }

    private String told(ProviderKind kind, String event, JsonNode payload) throws Exception {
        return parse(kind, event, payload).stream()
                .map(DeliveryExamplesTest::text)
                .collect(Collectors.joining("; "))
                .strip();
    }

    private static String text(ScmEvent event) {
        if (event instanceof ScmEvent.Push push) {
            return "push %s %s %s..%s by %s".formatted(
                    push.repository(), push.branch(), sha(push.before()), sha(push.after()), push.actor());
        }
        if (event instanceof ScmEvent.RefChange change) {
            return "%s %s %s %s by %s".formatted(
                    change.type(), change.repository(), change.name(), sha(change.sha()), change.actor());
        }
        if (event instanceof ScmEvent.PullRequestChange change) {
            PullRequest request = change.pullRequest();
            return "%s %s %d %s:%s %s -> %s of %s by %s".formatted(
                    change.type(), change.repository(), request.number(),
                    request.fork() ? request.headRepository() : "", request.sourceBranch(), sha(request.headSha()),
                    request.targetBranch(), request.author(), change.actor());
        }
        return event.toString();
    }

    private static String sha(String full) {
        return full == null ? "?" : full.substring(0, 7);
    }
}

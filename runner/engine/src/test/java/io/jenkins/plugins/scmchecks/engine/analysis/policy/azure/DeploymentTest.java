package io.jenkins.plugins.scmchecks.engine.analysis.policy.azure;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.Resource;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.TestTree;
import org.junit.jupiter.api.Test;

class DeploymentTest {

    private static final String SCHEMA =
            "\"$schema\": \"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#\"";

    @Test
    void shouldReadATemplateOnceMoreWithWhatOthersGiveIt() throws Exception {
        // Given
        TestTree tree = new TestTree()
                .with("main.bicep", """
                        module m 'modules/store.bicep' = {
                          name: 'm'
                          params: {
                            tls: 'TLS1_0'
                          }
                        }
                        module r 'br:registry/store:1' = {
                          name: 'r'
                        }
                        """)
                .with("modules/store.bicep", """
                        param tls string = 'TLS1_2'
                        resource s 'T/t@1' = {
                          name: 's'
                          tls: tls
                        }
                        """)
                .with("modules/prod.bicepparam", "using './store.bicep'\nparam tls = 'TLS1_1'\n")
                .with("modules/store.parameters.json", "{\"$schema\": \"x/deploymentParameters.json#\","
                        + " \"parameters\": {\"tls\": {\"value\": \"SSL3\"}}}");

        // When
        TestTree.Outcome outcome = tree.read(new ArmReader());

        // Then
        assertThat(outcome.notices).isEmpty();
        assertThat(outcome.resources).filteredOn(r -> r.type().equals("T/t")).allMatch(r ->
                r.path().equals("modules/store.bicep"));
        assertThat(outcome.resources).filteredOn(r -> r.type().equals("T/t")).extracting(r ->
                text(r.body().get("tls"))).containsExactlyInAnyOrder("TLS1_2", "TLS1_0", "TLS1_1", "SSL3");
    }

    @Test
    void shouldFollowLinkedTemplates() throws Exception {
        // Given
        String parent = "{" + SCHEMA
                + ", \"resources\": [{\"type\": \"Microsoft.Resources/deployments\", \"name\": \"d\","
                + " \"properties\": {\"templateLink\": {\"relativePath\": \"child.json\"},"
                + " \"parameters\": {\"env\": {\"value\": \"prod\"}}}}]}";
        String child = "{" + SCHEMA + ", \"parameters\": {\"env\": {\"type\": \"string\", \"defaultValue\": \"dev\"}}"
                + ", \"resources\": [{\"type\": \"T/t\", \"name\": \"[parameters('env')]\"}]}";

        // When
        TestTree.Outcome outcome =
                new TestTree().with("a/child.json", child).with("a/parent.json", parent).read(new ArmReader());

        // Then
        assertThat(outcome.resources).extracting(Resource::address).contains("T/t/dev", "T/t/prod");
    }

    @Test
    void shouldReadTheTemplateOfABlueprint() throws Exception {
        // Given
        String artifact = "{\"kind\": \"template\", \"properties\": {\"template\": {" + SCHEMA
                + ", \"resources\": [{\"type\": \"Microsoft.Web/sites/\", \"name\": \"w\"}]}}}";

        // When, Then
        assertThat(new TestTree().with("a.json", artifact).read(new ArmReader()).resources)
                .extracting(Resource::address).containsExactly("Microsoft.Web/sites/w");
    }

    @Test
    void shouldNotFollowModulesInACircle() throws Exception {
        // Given
        String module = "module m '%s.bicep' = {\n  name: 'm'\n}\nresource s 'T/t@1' = {\n  name: 's'\n}\n";
        TestTree tree = new TestTree().with("a.bicep", module.formatted("b")).with("b.bicep", module.formatted("a"));

        // When, Then
        assertThat(tree.read(new ArmReader()).resources).hasSizeLessThan(50);
    }

    private static String text(Node node) {
        return node instanceof Node.Scalar scalar ? String.valueOf(scalar.value()) : null;
    }
}

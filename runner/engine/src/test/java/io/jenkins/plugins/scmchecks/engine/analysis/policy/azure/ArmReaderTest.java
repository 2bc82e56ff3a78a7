package io.jenkins.plugins.scmchecks.engine.analysis.policy.azure;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.Resource;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.TestTree;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArmReaderTest {

    private static final String SCHEMA =
            "\"$schema\": \"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#\"";
    private static final String PARAMETERS =
            "\"parameters\": {\"env\": {\"type\": \"string\", \"defaultValue\": \"dev\"},"
            + " \"pw\": {\"type\": \"secureString\", \"defaultValue\": \"x\"}, \"given\": {\"type\": \"string\"}}";
    private static final String VARIABLES = "\"variables\": {\"both\": \"[concat(parameters('env'), '-', 'a')]\","
            + " \"map\": {\"dev\": {\"size\": 1}}, \"loop\": \"[variables('loop')]\"}";

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', textBlock = """
            plain                                              ; plain
            [[not an expression]                               ; [not an expression]
            [parameters('env')]                                ; dev
            [variables('both')]                                ; dev-a
            [format('{0}/{1}/{0}', parameters('env'), 2)]      ; dev/2/dev
            [toUpper(parameters('env'))]                       ; DEV
            [if(equals(parameters('env'), 'dev'), 'x', 'y')]   ; x
            [if(or(false(), not(false())), 'x', 'y')]          ; x
            [variables('map')[parameters('env')].size]         ; 1
            [concat('it''s', '')]                              ; it's
            [createArray('a', 'b')[1]]                         ; b
            """)
    void shouldComputeWhatTheTemplateTells(String value, String expected) throws Exception {
        assertThat(arm(value)).isInstanceOfSatisfying(Node.Scalar.class, scalar ->
                assertThat(scalar.value()).hasToString(expected));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "[parameters('given')]", "[parameters('pw')]", "[parameters('none')]", "[variables('loop')]",
        "[resourceId('Microsoft.Web/sites', 'a')]", "[reference('a').b]", "[utcNow()]", "[concat('a', utcNow())]",
        "[if(parameters('given'), 'a', 'b')]", "[copyIndex()]", "[format('{1}', 'a')]", "[concat(]", "[a b]",
        "['a]", "[variables('map').x]", "[]", "[f(f(f(]"
    })
    void shouldNotGuessWhatOnlyTheDeploymentTells(String value) throws Exception {
        assertThat(arm(value)).isInstanceOf(Node.Unknown.class);
    }

    @Test
    void shouldNameNestedResourcesInFull() throws Exception {
        // Given
        String inner = "{\"type\": \"Microsoft.Web/sites\", \"name\": \"[parameters('n')]\"}";
        String template = "{" + SCHEMA + ", \"resources\": [\n{\"type\": \"Microsoft.Sql/servers\", \"name\": \"s\","
                + " \"resources\": [{\"type\": \"firewallRules\", \"name\": \"all\"}]},\n"
                + "{\"type\": \"Microsoft.Sql/servers/auditingSettings\", \"name\": \"s/default\"},\n"
                + "{\"type\": \"Microsoft.Resources/deployments\", \"name\": \"d\", \"properties\": {"
                + "\"expressionEvaluationOptions\": {\"scope\": \"inner\"},"
                + " \"parameters\": {\"n\": {\"value\": \"w\"}},"
                + " \"template\": {\"parameters\": {\"n\": {\"type\": \"string\"}},"
                + " \"resources\": [" + inner + "]}}}]}";

        // When
        TestTree.Outcome outcome = new TestTree().with("a.json", template).read(new ArmReader());

        // Then
        assertThat(outcome.resources).extracting(Resource::address).containsExactly(
                "Microsoft.Sql/servers/s", "Microsoft.Sql/servers/firewallRules/s/all",
                "Microsoft.Sql/servers/auditingSettings/s/default", "Microsoft.Resources/deployments/d",
                "Microsoft.Web/sites/w");
        assertThat(references(outcome.resources.get(2))).containsExactly("Microsoft.Sql/servers/s");
        assertThat(outcome.resources.get(0).region()).isEqualTo(Region.line(2));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', textBlock = """
            'plain'                            ; plain
            'a${env}b${1}'                     ; adevb1
            'it\\'s \\u{41} \\${x}'            ; it's A ${x}
            '''raw ${env}'''                   ; raw ${env}
            env == 'dev' ? 'x' : 'y'           ; x
            !(env != 'dev') && true ? 'x' : 'y'; x
            both                               ; dev-a
            toUpper(env)                       ; DEV
            map.dev.size                       ; 1
            map['dev'].size                    ; 1
            null ?? 'x'                        ; x
            -3                                 ; -3
            ( 'p' /* note */ )                 ; p
            """)
    void shouldComputeWhatBicepTells(String value, String expected) throws Exception {
        assertThat(bicep(value)).isInstanceOfSatisfying(Node.Scalar.class, scalar ->
                assertThat(scalar.value()).hasToString(expected));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "given", "pw", "nobody", "loop", "'a${given}'", "given ? 1 : 2", "1 + 2", "utcNow()", "env > 'a'", "-given",
        "map(list, x => x.y)", "other.properties.x", "mod.outputs.x", "[...list]", "a!.b.?c"
    })
    void shouldNotGuessWhatBicepDoesNotTell(String value) throws Exception {
        assertThat(bicep(value)).isInstanceOf(Node.Unknown.class);
    }

    @Test
    void shouldReadResourcesOfBicepWithTheirRelations() throws Exception {
        // Given
        String text = """
                @description('it is {')
                param names array = ['a', 'b'] // two
                resource old 'Microsoft.Sql/servers@2024-01-01' existing = {
                  name: 'old'
                }
                resource audit 'Microsoft.Sql/servers/auditingSettings@2024-01-01' = if (length(names) > 1) {
                  parent: old
                  name: 'default'
                }
                resource many 'Microsoft.Web/sites@2024-01-01' = [for (name, i) in names: {
                  name: 'site-${i}'
                  properties: {
                    httpsOnly: false, 'x-y': old.id
                    list: [ 'a'
                      'b', 'c' ]
                  }
                }]
                module m './m.bicep' = {
                  name: 'm'
                }
                output x string = many[0].id
                """;

        // When
        TestTree.Outcome outcome = new TestTree().with("main.bicep", text).read(new ArmReader());

        // Then
        assertThat(outcome.notices).isEmpty();
        assertThat(outcome.resources).extracting(Resource::address).containsExactly(
                "Parameter/names", "Microsoft.Sql/servers/auditingSettings/old/default", "Microsoft.Web/sites/many",
                "Microsoft.Web/sites/many");
        Resource many = outcome.resources.get(2);
        Node.Mapping properties = (Node.Mapping) many.body().get("properties");
        assertThat(properties.get("httpsOnly")).isEqualTo(new Node.Scalar(false, new Region(13, 16, 13, 21)));
        assertThat(((Node.Sequence) properties.get("list")).items()).hasSize(3);
        assertThat(text(many.body().get("name"))).isEqualTo("site-0");
        assertThat(references(many)).containsExactly("Microsoft.Sql/servers/old");
        assertThat(references(outcome.resources.get(1))).contains("Microsoft.Sql/servers/old");
    }

    @Test
    void shouldKeepWhatStandsBeforeAMistake() throws Exception {
        // When
        TestTree.Outcome outcome = new TestTree().with("main.bicep",
                "resource a 'Microsoft.Web/sites@1' = {\n  name: 'a'\n}\nresource b 'x' = {\n  name '\n}\n")
                .read(new ArmReader());

        // Then
        assertThat(outcome.resources).extracting(Resource::address).containsExactly("Microsoft.Web/sites/a");
        assertThat(outcome.notices).singleElement()
                .satisfies(notice -> assertThat(notice.message()).contains("line 5"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "var a = ((", "var a = [", "var a = {", "var a = '${", "resource a 'b' = {", "param a string =", "@x(", "a: '"
    })
    void shouldStandUnfinishedText(String text) throws Exception {
        assertThat(new TestTree().with("a.bicep", text).read(new ArmReader()).notices).hasSizeLessThan(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "[", "'${", "!", "{a:", "f(", "x ? "})
    void shouldBoundTheDepth(String open) throws Exception {
        assertThat(new TestTree().with("a.bicep", "var a = " + open.repeat(50_000)).read(new ArmReader()).notices)
                .hasSizeLessThan(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {" + 1", ".a", "[0]", " && env"})
    void shouldStandLongChains(String more) throws Exception {
        assertThat(bicep("env" + more.repeat(100_000))).isInstanceOf(Node.Unknown.class);
    }

    @Test
    void shouldBoundWhatVariablesGrowTo() throws Exception {
        // Given: each variable holds the one before it twice
        StringBuilder text = new StringBuilder("var v0 = ['a']\n");
        for (int i = 1; i < 60; i++) {
            text.append("var v").append(i).append(" = [v").append(i - 1).append(", v").append(i - 1).append("]\n");
        }

        // When
        Resource site = new TestTree()
                .with("a.bicep", text + "resource a 'Microsoft.Web/sites@1' = {\n  name: 'a'\n  x: v40\n}\n")
                .read(new ArmReader()).resources.get(0);

        // Then
        assertThat(size(site.body().get("x"))).isLessThan(5_000_000);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', textBlock = """
            count: 2                                ; r0,r1
            count: [length(variables('names'))]     ; rx
            """)
    void shouldRepeatWhatCopySays(String count, String names) throws Exception {
        // Given
        String value = count.replace("count: ", "");
        String written = value.startsWith("[") ? "\"" + value + "\"" : value;
        String template = "{" + SCHEMA + ", \"resources\": [{\"type\": \"T/t\","
                + " \"name\": \"[concat('r', copyIndex())]\","
                + " \"copy\": {\"name\": \"all\", \"count\": " + written + "},"
                + " \"properties\": {\"copy\": [{\"name\": \"rules\", \"count\": 2,"
                + " \"input\": {\"n\": \"[copyIndex('rules', 1)]\", \"outer\": \"[copyIndex('all')]\"}}]}}]}";

        // When
        TestTree.Outcome outcome = new TestTree().with("a.json", template).read(new ArmReader());

        // Then
        assertThat(outcome.notices).isEmpty();
        assertThat(outcome.resources).hasSize(names.split(",").length);
        for (Resource resource : outcome.resources) {
            Node.Sequence rules = (Node.Sequence) ((Node.Mapping) resource.body().get("properties")).get("rules");
            assertThat(rules.items()).extracting(rule -> text(((Node.Mapping) rule).get("n")))
                    .containsExactly("1", "2");
        }
        assertThat(outcome.resources).filteredOn(r -> !names.equals("rx")).extracting(Resource::address)
                .containsAll(names.equals("rx") ? List.of() : List.of("T/t/r0", "T/t/r1"));
    }

    @Test
    void shouldComputeLoopsOfBicep() throws Exception {
        // Given
        String template = """
                param names array = ['a', 'b']
                param given array
                resource each 'T/t@2024-01-01' = [for (n, i) in names: {
                  name: n
                  index: i
                  rules: [for port in [22, 80]: {
                    port: port
                  }]
                }]
                resource other 'T/t@2024-01-01' = [for n in given: if (n != 'x') {
                  name: n
                }]
                """;

        // When
        TestTree.Outcome outcome = new TestTree().with("a.bicep", template).read(new ArmReader());

        // Then
        assertThat(outcome.notices).isEmpty();
        List<Resource> loops = outcome.resources.stream().filter(r -> r.type().equals("T/t")).toList();
        assertThat(loops).extracting(r -> text(r.body().get("name"))).containsExactly("a", "b", null);
        assertThat(text(loops.get(1).body().get("index"))).isEqualTo("1");
        assertThat(text(loops.get(1).body().get("apiVersion"))).isEqualTo("2024-01-01");
        Node.Sequence rules = (Node.Sequence) loops.get(0).body().get("rules");
        assertThat(rules.items()).extracting(rule -> text(((Node.Mapping) rule).get("port")))
                .containsExactly("22", "80");
    }

    private static String text(Node node) {
        return node instanceof Node.Scalar scalar ? String.valueOf(scalar.value()) : null;
    }

    private static int size(Node node) {
        return node instanceof Node.Sequence list ? 1 + list.items().stream().mapToInt(ArmReaderTest::size).sum() : 1;
    }

    private static Node arm(String value) throws InterruptedException {
        String template = "{" + SCHEMA + ", " + PARAMETERS + ", " + VARIABLES + ", \"resources\": [{\"type\": \"T/t\","
                + " \"name\": \"n\", \"value\": \"" + value + "\"}]}";
        return new TestTree().with("a.json", template).read(new ArmReader()).resource("T/t/n").body().get("value");
    }

    private static Node bicep(String value) throws InterruptedException {
        String template = "param env string = 'dev'\n@secure()\nparam pw string = 'x'\nparam given bool\n"
                + "param list array\n"
                + "var both = '${env}-a'\nvar map = {\n  dev: {\n    size: 1\n  }\n}\nvar loop = loop\n"
                + "resource n 'T/t@1' = {\n  name: 'n'\n  value: " + value + "\n}\n";
        TestTree.Outcome outcome = new TestTree().with("a.bicep", template).read(new ArmReader());
        assertThat(outcome.notices).isEmpty();
        return outcome.resource("T/t/n").body().get("value");
    }

    private static List<Object> references(Resource resource) {
        return ((Node.Sequence) resource.body().get("_references")).items().stream()
                .map(node -> ((Node.Scalar) node).value())
                .toList();
    }
}

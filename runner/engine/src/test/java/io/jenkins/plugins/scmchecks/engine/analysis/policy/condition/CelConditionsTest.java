package io.jenkins.plugins.scmchecks.engine.analysis.policy.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.document.YamlDocuments;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CelConditionsTest {

    private static final String RESOURCE = """
            name: web
            on: 'true'
            number: 22
            digits: '22'
            nothing: null
            one: [{enabled: true}]
            two: [{port: 80}, {port: 443}]
            empty: []
            tags: {env: prod, team: core}
            cidrs: [10.0.0.0/8, 0.0.0.0/0]
            policy: '{"Statement": {"Effect": "Allow", "Principal": "*", "Action": "s3:Get*"}}'
            admin: '{"Statement": [{"Effect": "Allow", "Action": ["*"], "Resource": "*"}]}'
            """;

    @ParameterizedTest
    @ValueSource(strings = {
        "resource.name == 'web' && resource.number == 22",
        "resource.on == true && resource.on",
        "resource.digits == 22 && resource.number == '22' && resource.digits < 23",
        "resource.missing.deeper.still == null",
        "!resource.missing.flag",
        "!has(resource.missing) && !has(resource.nothing) && has(resource.name)",
        "resource.one.enabled",
        "resource.empty.enabled == null",
        "resource.two.exists(p, p.port == 443)",
        "resource.two.all(p, p.port > 79)",
        "!resource.missing.exists(p, true) && resource.missing.all(p, false)",
        "resource.two.exists_one(p, p.port == 80)",
        "resource.two.filter(p, p.port == 80).size() == 1",
        "443 in resource.two.map(p, p.port)",
        "'env' in resource.tags && !('x' in resource.tags) && !('x' in resource.missing)",
        "size(as_list(resource.name)) == 1 && size(as_list(resource.missing)) == 0 && size(as_list(resource.two)) == 2",
        "resource.tags.exists(k, k == 'team')",
        "'prod' in values(resource.tags)",
        "get(resource, 'tags.env', 'dev') == 'prod' && get(resource, 'tags.other', 'dev') == 'dev'",
        "resource.name.matches('^w.b$') && resource.name.startsWith('we') && upper(resource.name) == 'WEB'",
        "!resource.missing.startsWith('a')",
        "cidr_open(resource.cidrs) && cidr_open('::/0') && !cidr_open('10.0.0.0/8') && !cidr_open(resource.missing)",
        "cidr_public('52.0.0.0/8') && !cidr_public('192.168.1.0/24') && !cidr_public('example.com')",
        "cidr_size('10.0.0.0/8') == 8",
        "port_in_range(20, 30, 22) && !port_in_range(80, 80, 22) && port_in_range(-1, -1, 22)",
        "port_in_range(80, 90, [22, 85]) && port_in(['8000-9000', '22'], 22) && port_in('*', 22)",
        "port_in('80, 8000-9000,22', 22) && !port_in('80, 8000-9000', 22) && cidr_open('/0')",
        "public_statement(resource.policy) && !wildcard_statement(resource.policy)",
        "wildcard_statement(resource.admin) && !public_statement(resource.admin)",
        "json(resource.policy).Statement.Principal == '*'",
        "version_less('1.9', '1.10') && !version_less('1.10', '1.9')",
        "looks_secret('hunter22') && !looks_secret('changeme') && !looks_secret('${SECRET}')",
        "flatten([[1, 2], [3]]) == [1, 2, 3]",
        "split('a,b', ',') == ['a', 'b'] && join(['a', 'b'], '-') == 'a-b'",
        "resource['name'] == 'web' && resource.two[1].port == 443 && resource.two[9] == null",
        "(resource.number > 20 ? 'high' : 'low') == 'high' && resource.number + 1 == 23",
        "type_of(resource.tags) == 'map' && type_of(resource.missing) == 'null'"
    })
    void shouldHold(String condition) throws Exception {
        assertThat(truth(condition)).isEqualTo(true);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "resource.unknown",
        "!resource.unknown",
        "resource.unknown == 'x'",
        "has(resource.unknown)",
        "!has(resource.unknown)",
        "resource.unknown.deeper == null",
        "resource.unknown == null",
        "resource.name == 'web' && resource.unknown",
        "resource.unknown || resource.name == 'other'",
        "resource.unknown.exists(x, true)",
        "[1, resource.unknown].exists(x, x == 2)",
        "[1, resource.unknown].all(x, x == 1)",
        "2 in [1, resource.unknown]",
        "cidr_open([resource.unknown, '10.0.0.0/8'])",
        "resource.two.port == 80",
        "resource.name < 3",
        "resource.missing < 3",
        "resource.missing + 1 == 1",
        "'a' == 'a' ? resource.unknown : false",
        "resource.name"
    })
    void shouldBeUndetermined(String condition) throws Exception {
        assertThat(truth(condition)).isInstanceOf(Undetermined.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', textBlock = """
            resource.unknown || resource.name == 'web' ; true
            resource.name == 'web' || resource.unknown ; true
            resource.unknown && resource.name == 'other' ; false
            [resource.unknown, 1].exists(x, x == 1) ; true
            [resource.unknown, 1].all(x, x == 2) ; false
            1 in [resource.unknown, 1] ; true
            cidr_open([resource.unknown, '0.0.0.0/0']) ; true
            known(resource.unknown) ; false
            known(resource.name) ; true
            """)
    void shouldDecideInSpiteOfWhatIsNotKnown(String condition, boolean expected) throws Exception {
        assertThat(truth(condition)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', textBlock = """
            resource.a == ; not a CEL expression
            resourse.a ; unknown variable 'resourse'
            explode(resource) ; unknown function 'explode'
            size(resource, 1) ; takes 1 arguments
            resource.a.matches('(') ; not a regular expression
            resource.a.exists(1, 2) ; write list.exists(name, condition)
            {'a': 1} == resource ; cannot be used
            """)
    void shouldSayWhatIsWrong(String condition, String problem) {
        assertThatThrownBy(() -> CelConditions.compile(condition, Set.of("resource")))
                .isInstanceOf(ConditionException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void shouldGiveUpAnEndlessEvaluation() throws Exception {
        // Given
        String list = "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]";
        String condition = list + ".all(a, " + list + ".all(b, " + list + ".all(c, " + list + ".all(d, a + b + c + d >= 0))))";
        Expression expression = CelConditions.compile(condition, Set.of());

        // When, Then
        assertThatThrownBy(() -> expression.truth(Scope.create(Scope.Relations.NONE, 1_000)))
                .isInstanceOf(Scope.TooManySteps.class);
    }

    @Test
    void shouldTakeLinearTimeForAnyPattern() throws Exception {
        // Given: a pattern and a text with which a backtracking matcher would take years
        String condition = "'" + "a".repeat(200) + "!'.matches('^(a+)+$')";

        // When, Then
        assertThat(truth(condition)).isEqualTo(false);
    }

    @Test
    void shouldRefuseADeeplyNestedCondition() {
        String condition = "(".repeat(1_900) + "1" + ")".repeat(1_900);
        assertThatThrownBy(() -> CelConditions.compile(condition, Set.of())).isInstanceOf(ConditionException.class);
    }

    @Test
    void shouldShowValuesInAMessage() throws Exception {
        // Given
        Template template = Template.compile("${resource.name} on ${resource.two[0].port}, ${resource.unknown}", Set.of("resource"));

        // When, Then
        assertThat(template.render(scope())).isEqualTo("web on 80, (not known)");
    }

    private static Object truth(String condition) throws Exception {
        return CelConditions.compile(condition, Set.of("resource")).truth(scope());
    }

    private static Scope scope() throws Exception {
        List<Node> documents = YamlDocuments.read(RESOURCE);
        Map<String, Node.Entry> entries = new LinkedHashMap<>(((Node.Mapping) documents.get(0)).entries());
        entries.put("unknown", new Node.Entry(Region.line(1), new Node.Unknown("for the test", Region.line(1))));
        return Scope.create(Scope.Relations.NONE, 100_000).with("resource", new Node.Mapping(entries, Region.line(1)));
    }
}

package io.jenkins.plugins.scmchecks.engine.analysis.policy.compose;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.Resource;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.TestTree;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComposeReaderTest {

    @ParameterizedTest
    @CsvSource(delimiter = ';', nullValues = "-", textBlock = """
            80                    ; -         ; -    ; 80
            8080:80               ; -         ; 8080 ; 80
            127.0.0.1:8080:80/tcp ; 127.0.0.1 ; 8080 ; 80
            [::1]:8080:80         ; ::1       ; 8080 ; 80
            """)
    void shouldReadShortPorts(String port, String hostIp, String published, String target) throws Exception {
        // When
        Node.Mapping read = first(read("ports: ['" + port + "']"), "_ports");

        // Then
        assertThat(text(read.get("host_ip"))).isEqualTo(hostIp);
        assertThat(text(read.get("published"))).isEqualTo(published);
        assertThat(text(read.get("target"))).isEqualTo(target);
    }

    @Test
    void shouldReadVolumesAndVariablesOfBothForms() throws Exception {
        assertThat(text(first(read("volumes: ['/a:/b:ro']"), "_volumes").get("mode"))).isEqualTo("ro");
        assertThat(text(first(read("volumes: [{source: /a, target: /b}]"), "_volumes").get("source"))).isEqualTo("/a");
        assertThat(text(first(read("environment: [A=b=c]"), "_environment").get("value"))).isEqualTo("b=c");
        assertThat(text(first(read("environment: {A: b}"), "_environment").get("name"))).isEqualTo("A");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', nullValues = "-", quoteCharacter = '`', textBlock = """
            ${IMAGE}          ; -
            $IMAGE            ; -
            ${IMAGE:?needed}  ; -
            ${A:-${B}}        ; -
            ${IMAGE:-a:1}     ; a:1
            x-${TAG-2}        ; x-2
            a$$b              ; a$b
            """)
    void shouldFillInDefaultsOnly(String image, String expected) throws Exception {
        // When
        Node read = read("image: '" + image + "'").body().get("image");

        // Then
        assertThat(text(read)).isEqualTo(expected);
        assertThat(read instanceof Node.Unknown).isEqualTo(expected == null);
    }

    @Test
    void shouldRecogniseAComposeFileOfAnotherNameByItsContent() throws Exception {
        // Given
        TestTree tree = new TestTree()
                .with("deploy/stack.yml", "x-a: 1\nservices:\n  web: {image: a:1}\n")
                .with("skaffold.yaml", "kind: Config\nservices:\n  web: {image: a:1}\n")
                .with("app.yaml", "services:\n  mailer:\n    class: Mailer\n");

        // When / Then
        assertThat(tree.read(new ComposeReader()).resources).extracting(Resource::path)
                .containsExactly("deploy/stack.yml");
    }

    @Test
    void shouldTakeOverFromAServiceOfTheSameFile() throws Exception {
        // Given
        TestTree tree = new TestTree().with("compose.yml", "services:\n  base:\n    image: a:1\n    privileged: true\n"
                + "    cap_add: [NET_ADMIN]\n    ports: ['80:80']\n  web:\n    extends: {service: base}\n"
                + "    privileged: false\n    cap_add: [SYSLOG]\n    ports: !reset []\n  far:\n    extends: {file: b.yml, service: x}\n"
                + "  loop: {extends: loop}\n");

        // When
        Node.Mapping web = tree.read(new ComposeReader()).resource("services.web").body();

        // Then
        assertThat(text(web.get("image"))).isEqualTo("a:1");
        assertThat(text(web.get("privileged"))).isEqualTo("false");
        assertThat(((Node.Sequence) web.get("cap_add")).items()).hasSize(2);
        assertThat(web.get("_ports")).isNull();
        assertThat(web.get("extends")).isNull();
        assertThat(tree.read(new ComposeReader()).resource("services.far").body().get("extends")).isNotNull();
    }

    @Test
    void shouldFollowAnchorsAndKnowPlaces() throws Exception {
        // Given
        String compose = "x-base: &base {privileged: true}\nservices:\n  web:\n    <<: *base\n    image: a:1\n";

        // When
        Resource web = new TestTree().with("deploy/compose.prod.yaml", compose)
                .with("values.yaml", compose).read(new ComposeReader()).resource("services.web");

        // Then
        assertThat(web.region()).isEqualTo(new Region(3, 3, 3, 6));
        assertThat(web.body().get("privileged").region().startLine()).isEqualTo(1);
    }

    @Test
    void shouldTellOfAFileThatIsNoYaml() throws Exception {
        assertThat(new TestTree().with("compose.yml", "services: {").read(new ComposeReader()).notices)
                .singleElement().satisfies(notice -> assertThat(notice.message()).contains("line 1"));
    }

    private static Resource read(String service) throws InterruptedException {
        return new TestTree().with("docker-compose.yml", "services:\n  app:\n    " + service + "\n")
                .read(new ComposeReader()).resource("services.app");
    }

    private static Node.Mapping first(Resource resource, String list) {
        return (Node.Mapping) ((Node.Sequence) resource.body().get(list)).items().get(0);
    }

    private static String text(Node node) {
        return node instanceof Node.Scalar scalar ? String.valueOf(scalar.value()) : null;
    }
}

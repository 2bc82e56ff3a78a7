package io.jenkins.plugins.scmchecks.engine.analysis.policy.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.Resource;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.TestTree;
import io.jenkins.plugins.scmchecks.engine.finding.Notice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KubernetesReaderTest {

    private static final String CONTAINERS = "{containers: [{name: a, image: a:1}], initContainers: [{name: b, image: b:1}]}";

    @Test
    void shouldReadAllDocumentsListsAndJson() throws Exception {
        // Given
        TestTree tree = new TestTree()
                .with("a.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: s, namespace: prod}\n---\n---\n"
                        + "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: ConfigMap\n  metadata: {name: c}\n")
                .with("b.json", "{\"apiVersion\": \"rbac.authorization.k8s.io/v1\", \"kind\": \"ClusterRole\","
                        + " \"metadata\": {\"name\": \"r\", \"namespace\": \"ignored\"}}")
                .with("c.yml", "apiVersion: serving.knative.dev/v1\nkind: Service\nmetadata: {generateName: k-}\n")
                .with("d.yaml", "kind: nothing\nversion: 3\n");

        // When
        TestTree.Outcome outcome = tree.read(new KubernetesReader());

        // Then
        assertThat(outcome.resources).extracting(Resource::address).containsExactly(
                "Service/prod/s", "ConfigMap/c", "ClusterRole/r", "Service.serving.knative.dev/k-*");
        assertThat(outcome.resources).extracting(resource -> resource.region().startLine()).containsExactly(1, 9, 1, 1);
        assertThat(outcome.notices).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            v1      ; Pod         ; spec: %s
            apps/v1 ; Deployment  ; spec: {template: {spec: %s}}
            apps/v1 ; StatefulSet ; spec: {template: {spec: %s}}
            batch/v1 ; Job        ; spec: {template: {spec: %s}}
            batch/v1 ; CronJob    ; spec: {jobTemplate: {spec: {template: {spec: %s}}}}
            argoproj.io/v1alpha1 ; Rollout ; spec: {template: {spec: %s}}
            """)
    void shouldFindThePodOfWhateverRunsOne(String api, String kind, String spec) throws Exception {
        // Given
        String text = "apiVersion: " + api + "\nkind: " + kind + "\n" + spec.formatted(CONTAINERS) + "\n";

        // When
        Resource resource = new TestTree().with("a.yaml", text).read(new KubernetesReader()).resources.get(0);

        // Then
        assertThat(resource.body().get("_pod")).isInstanceOf(Node.Mapping.class);
        assertThat(((Node.Sequence) resource.body().get("_containers")).items()).hasSize(2);
    }

    @Test
    void shouldLeaveOutPartsOfWorkloads() throws Exception {
        // Given: a patch says what differs only
        String patch = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  template:\n    spec:\n"
                + "      containers:\n        - {name: app, image: web:2}\n";
        TestTree tree = new TestTree()
                .with("base/web.yaml", patch)
                .with("over/kustomization.yaml", "resources: [../base]\npatches:\n  - path: parts/web.yaml\n")
                .with("over/parts/web.yaml", patch)
                .with("old/kustomization.yml", "patchesStrategicMerge: [web.yaml]\n")
                .with("old/web.yaml", patch)
                .with("half/web.yaml", patch.replace(", image: web:2", ", env: []"))
                .with("less/web.yaml", patch.replaceAll("(?s)  template.*", "  replicas: 3"));

        // When
        TestTree.Outcome outcome = tree.read(new KubernetesReader());

        // Then
        assertThat(outcome.resources).extracting(Resource::path).containsExactly("base/web.yaml");
    }

    @Test
    void shouldTellOfWhatItCannotRead() throws Exception {
        // Given
        TestTree tree = new TestTree()
                .with("template.yaml", "apiVersion: v1\nkind: Pod\n{{ if .x }}\n")
                .with("broken.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n---\nkind: [\n");

        // When
        TestTree.Outcome outcome = tree.read(new KubernetesReader());

        // Then
        assertThat(outcome.resources).extracting(Resource::address).containsExactly("ConfigMap/a");
        assertThat(outcome.notices).extracting(Notice::level, Notice::path).containsExactly(
                org.assertj.core.groups.Tuple.tuple(Notice.Level.WARNING, "broken.yaml"),
                org.assertj.core.groups.Tuple.tuple(Notice.Level.INFO, "template.yaml"));
        assertThat(outcome.notices.get(0).message()).contains("line 6");
    }

    @Test
    void shouldNotKnowWhatIsFilledInLater() throws Exception {
        // Given
        String text = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: '{{ name }}'}\ndata: {a: \"${B}\", c: plain}\n";

        // When
        Resource resource = new TestTree().with("a.yaml", text).read(new KubernetesReader()).resources.get(0);

        // Then
        Node.Mapping data = (Node.Mapping) resource.body().get("data");
        assertThat(data.get("a")).isInstanceOf(Node.Unknown.class);
        assertThat(data.get("c")).isInstanceOf(Node.Scalar.class);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void shouldReadWhatHelmMakesOfATrustedChart(@TempDir Path folder) throws Exception {
        // Given
        Path ran = folder.resolve("ran");
        Helm helm = createHelm(folder, "touch " + ran + "\ncat <<'END'\n---\n# Source: shop/templates/pod.yaml\n"
                + "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: " + CONTAINERS + "\nEND\n");
        TestTree tree = createChart(folder);

        // When
        TestTree.Outcome outcome = tree.trusted(folder).read(new KubernetesReader(helm));

        // Then
        assertThat(ran).exists();
        Resource pod = outcome.resource("Pod/web");
        assertThat(pod.path()).isEqualTo("charts/shop/templates/pod.yaml");
        assertThat(pod.region().startLine()).isEqualTo(2);
        assertThat(pod.body().entries().get("kind").key().startLine()).isEqualTo(3);
        assertThat(((Node.Mapping) pod.body().get("metadata")).get("namespace")).isInstanceOf(Node.Unknown.class);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void shouldPlaceWhatHelmRendersOnItsLinesAndLeaveOutTests(@TempDir Path folder) throws Exception {
        // Given
        Helm helm = createHelm(folder, "cat <<'END'\n---\n# Source: shop/templates/pod.yaml\napiVersion: v1\nkind: Pod\n"
                + "metadata:\n  name: a\n  labels:\n    x: y\nspec:\n  containers:\n    - name: app\n      image: web:1\n"
                + "---\n# Source: shop/templates/test.yaml\napiVersion: v1\nkind: Pod\nmetadata: {name: t,"
                + " annotations: {helm.sh/hook: test}}\nspec: " + CONTAINERS + "\nEND\n");
        TestTree tree = createChart(folder)
                .with("charts/shop/templates/test.yaml", "{{ .x }}\n")
                .with("charts/shop/templates/pod.yaml", "apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Name }}\n"
                        + "  labels:\n    {{- include \"labels\" . | nindent 4 }}\nspec:\n  {{- with .Values.extra }}\n"
                        + "  {{- end }}\n  containers:\n    - name: app\n      image: {{ .Values.image }}\n");

        // When
        TestTree.Outcome outcome = tree.trusted(folder).read(new KubernetesReader(helm));

        // Then
        assertThat(outcome.resources).hasSize(1);
        Node.Mapping app = (Node.Mapping) ((Node.Sequence) outcome.resources.get(0).body().get("_containers")).items().get(0);
        assertThat(app.region().startLine()).isEqualTo(11);
        assertThat(app.get("image").region().startLine()).isEqualTo(12);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void shouldRunNothingForAChangeThatIsNotTrusted(@TempDir Path folder) throws Exception {
        // Given
        Path ran = folder.resolve("ran");
        Helm helm = createHelm(folder, "touch " + ran + "\n");

        // When
        TestTree.Outcome outcome = createChart(folder).on(folder).read(new KubernetesReader(helm));

        // Then
        assertThat(ran).doesNotExist();
        assertThat(outcome.resources).isEmpty();
        assertThat(outcome.notices).singleElement().asString().contains("charts/shop/templates", "not trusted");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void shouldNotWaitForHelmLongerThanItsLimit(@TempDir Path folder) throws Exception {
        // Given
        Helm endless = new Helm(createHelm(folder, "while :; do sleep 1; done\n").program(), Duration.ofMillis(50));

        // When
        TestTree.Outcome outcome = createChart(folder).trusted(folder).read(new KubernetesReader(endless));

        // Then
        assertThat(outcome.notices).singleElement().asString().contains("helm could not render");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void shouldTellWhenHelmFails(@TempDir Path folder) throws Exception {
        // Given
        Helm helm = createHelm(folder, "echo no such value >&2\nexit 3\n");

        // When
        TestTree.Outcome outcome = createChart(folder).trusted(folder).read(new KubernetesReader(helm));

        // Then
        assertThat(outcome.notices).singleElement().asString().contains("no such value", "helm template charts/shop");
    }

    private static TestTree createChart(Path folder) throws Exception {
        Files.createDirectories(folder.resolve("charts/shop"));
        Files.writeString(folder.resolve("charts/shop/Chart.yaml"), "name: shop\n");
        return new TestTree().with("charts/shop/templates/pod.yaml", "{{ if .Values.on }}\napiVersion: v1\nkind: Pod\n{{ end }}\n");
    }

    private static Helm createHelm(Path folder, String script) throws Exception {
        Path program = folder.resolve("helm");
        Files.writeString(program, "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return new Helm(program, Duration.ofSeconds(30));
    }
}

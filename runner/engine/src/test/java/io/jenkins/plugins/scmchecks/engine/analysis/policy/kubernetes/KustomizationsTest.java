package io.jenkins.plugins.scmchecks.engine.analysis.policy.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.scmchecks.engine.analysis.Analysis;
import io.jenkins.plugins.scmchecks.engine.analysis.AnalysisContext;
import io.jenkins.plugins.scmchecks.engine.analysis.Progress;
import io.jenkins.plugins.scmchecks.engine.analysis.Scan;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.PolicyAnalyzer;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.Readers;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.Resource;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.TestTree;
import io.jenkins.plugins.scmchecks.engine.change.ChangeSet;
import io.jenkins.plugins.scmchecks.engine.change.FileChange;
import java.util.List;
import org.junit.jupiter.api.Test;

class KustomizationsTest {

    private static final String BASE = """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: web
            spec:
              replicas: 1
              template:
                metadata: {labels: {app: web}}
                spec:
                  hostNetwork: true
                  containers:
                    - name: app
                      image: shop/web
                      env: [{name: A, value: a}, {name: B, value: b}]
            """;

    @Test
    void shouldJudgeABaseThroughItsOverlays() throws Exception {
        // Given: one overlay mends what the other leaves as it is
        TestTree tree = createTree()
                .with("prod/kustomization.yaml", "resources: [../base]\nnamespace: prod\npatches:\n  - path: web.yaml\n")
                .with("prod/web.yaml", """
                        apiVersion: apps/v1
                        kind: Deployment
                        metadata: {name: web}
                        spec:
                          template:
                            spec:
                              hostNetwork: false
                              containers:
                                - name: app
                                  securityContext: {privileged: true}
                        """)
                .with("dev/kustomization.yaml", "resources: [../base]\nnamespace: dev\n");

        // When
        TestTree.Outcome outcome = tree.analyse();

        // Then: what the base says stands there, what the patch says in the patch
        assertThat(outcome.findings).filteredOn(f -> f.rule().id().equals("SCM-K8S-004"))
                .extracting(f -> f.location().toString(), f -> f.resource())
                .containsExactly(org.assertj.core.groups.Tuple.tuple("base/web.yaml:10:7", "Deployment/dev/web"));
        assertThat(outcome.findings).filteredOn(f -> f.rule().id().equals("SCM-K8S-001"))
                .extracting(f -> f.location().toString(), f -> f.resource())
                .containsExactly(org.assertj.core.groups.Tuple.tuple("prod/web.yaml:10:29", "Deployment/prod/web"));
        assertThat(outcome.findings).filteredOn(f -> f.rule().id().equals("SCM-K8S-025")).hasSize(1);
    }

    @Test
    void shouldMergeListsByTheirKeys() throws Exception {
        // Given
        TestTree tree = createOverlay("""
                patches:
                  - patch: |-
                      apiVersion: apps/v1
                      kind: Deployment
                      metadata: {name: web}
                      spec:
                        replicas: null
                        template:
                          spec:
                            $patch: merge
                            containers:
                              - name: app
                                env: [{name: A, $patch: delete}, {name: C, value: c}]
                              - {name: side, image: "side:1"}
                """);

        // When
        Resource web = tree.read(new KubernetesReader()).resource("Deployment/web");

        // Then
        List<Node> containers = ((Node.Sequence) web.body().get("_containers")).items();
        assertThat(containers).extracting(container -> text(container, "name")).containsExactly("side", "app");
        Node.Sequence env = (Node.Sequence) ((Node.Mapping) containers.get(1)).get("env");
        assertThat(env.items()).extracting(variable -> text(variable, "name")).containsExactly("C", "B");
        assertThat(((Node.Mapping) web.body().get("spec")).get("replicas")).isNull();
        assertThat(web.locate(containers.get(0).region()).toString()).startsWith("over/kustomization.yaml:15:17");
    }

    @Test
    void shouldApplyJsonPatchesImagesAndReplicas() throws Exception {
        // Given
        TestTree tree = createOverlay("""
                patches:
                  - target: {kind: Deploy.*, name: web}
                    patch: |-
                      - op: replace
                        path: /spec/template/spec/hostNetwork
                        value: false
                      - op: add
                        path: /spec/template/spec/containers/0/env/-
                        value: {name: "x/y", value: z}
                      - op: remove
                        path: /spec/template/spec/containers/0/env/0
                images:
                  - {name: shop/web, newName: registry.example.com/web, newTag: "1.2"}
                replicas: [{name: web, count: 3}]
                namePrefix: eu-
                """);

        // When
        Resource web = tree.read(new KubernetesReader()).resource("Deployment/eu-web");

        // Then
        Node.Mapping pod = (Node.Mapping) web.body().get("_pod");
        Node.Mapping app = (Node.Mapping) ((Node.Sequence) pod.get("containers")).items().get(0);
        assertThat(text(pod, "hostNetwork")).isEqualTo("false");
        assertThat(((Node.Sequence) app.get("env")).items()).extracting(v -> text(v, "name")).containsExactly("B", "x/y");
        assertThat(text(app, "image")).isEqualTo("registry.example.com/web:1.2");
        assertThat(web.locate(app.get("image").region()).toString()).startsWith("over/kustomization.yaml:14:");
        assertThat(text(web.body().get("spec"), "replicas")).isEqualTo("3");
    }

    @Test
    void shouldUseComponentsAndLabelSelectors() throws Exception {
        // Given
        TestTree tree = createOverlay("components: [../part]\n")
                .with("part/kustomization.yaml", """
                        apiVersion: kustomize.config.k8s.io/v1alpha1
                        kind: Component
                        labels: [{pairs: {team: a}}]
                        patches:
                          - target: {labelSelector: "app=none"}
                            patch: '[{"op": "remove", "path": "/spec"}]'
                          - target: {kind: Deployment}
                            patch: |
                              metadata: {annotations: {a: b}}
                        """);

        // When
        Resource web = tree.read(new KubernetesReader()).resource("Deployment/web");

        // Then
        Node.Mapping metadata = (Node.Mapping) web.body().get("metadata");
        assertThat(text(metadata.get("labels"), "team")).isEqualTo("a");
        assertThat(text(metadata.get("annotations"), "a")).isEqualTo("b");
        assertThat(web.locate(((Node.Mapping) metadata.get("annotations")).get("a").region()).path())
                .isEqualTo("part/kustomization.yaml");
    }

    @Test
    void shouldNotKnowWhatReplacementsPutIn() throws Exception {
        // Given
        TestTree tree = createOverlay("""
                replacements:
                  - path: r.yaml
                  - targets:
                      - select: {kind: Deployment, name: web}
                        fieldPaths: ["spec.template.spec.containers.[name=app].image"]
                      - select: {kind: Service}
                        fieldPaths: [metadata.name]
                """).with("over/r.yaml", "- targets: [{select: {name: web}, fieldPaths: [spec.template.spec.containers.*.env]}]\n");

        // When
        Resource web = tree.read(new KubernetesReader()).resource("Deployment/web");

        // Then
        Node.Mapping app = (Node.Mapping) ((Node.Sequence) web.body().get("_containers")).items().get(0);
        assertThat(app.get("image")).isInstanceOf(Node.Unknown.class);
        assertThat(app.get("env")).isInstanceOf(Node.Unknown.class);
        assertThat(text(app, "name")).isEqualTo("app");
    }

    @Test
    void shouldLeaveOutWhatAPatchDeletes() throws Exception {
        // Given
        TestTree tree = createOverlay("patchesStrategicMerge:\n  - |-\n    apiVersion: apps/v1\n    kind: Deployment\n"
                + "    metadata: {name: web}\n    $patch: delete\n");

        // When / Then
        assertThat(tree.read(new KubernetesReader()).resources).isEmpty();
    }

    @Test
    void shouldTellOfWhatItCannotBuildAndJudgeTheRest() throws Exception {
        // Given: a remote base, a patch that is not there, an operation that cannot be done
        TestTree tree = createOverlay("""
                resources: [../base, "https://example.com/a.yaml", "github.com/acme/base?ref=v1"]
                patches:
                  - path: missing.yaml
                  - target: {kind: Deployment}
                    patch: '[{"op": "remove", "path": "/spec/nothing"}]'
                """);

        // When
        TestTree.Outcome outcome = tree.read(new KubernetesReader());

        // Then
        assertThat(outcome.resources).extracting(Resource::address).contains("Deployment/web");
        assertThat(outcome.notices).extracting(notice -> notice.message()).anyMatch(m -> m.contains("missing.yaml"))
                .anyMatch(m -> m.contains("spec/nothing") || m.contains("nothing"))
                .anyMatch(m -> m.contains("elsewhere") && m.contains("https://example.com/a.yaml"));
    }

    @Test
    void shouldJudgeFilesOfKustomizationsThatBuildOnEachOther() throws Exception {
        // Given
        TestTree tree = createOverlay("").with("base/kustomization.yaml", "resources: [web.yaml, ../over]\n");

        // When / Then
        assertThat(tree.read(new KubernetesReader()).resources).extracting(Resource::address)
                .containsExactly("Deployment/web");
    }

    @Test
    void shouldJudgeWhatIsUsedByNobodyAsItIs() throws Exception {
        // Given
        TestTree tree = createTree().with("base/other.yaml", BASE.replace("name: web", "name: other"));

        // When / Then
        assertThat(tree.read(new KubernetesReader()).resources).extracting(Resource::address)
                .containsExactlyInAnyOrder("Deployment/web", "Deployment/other");
    }

    @Test
    void shouldJudgeAnUntouchedBaseWhenItsOverlayChanges() throws Exception {
        // Given
        TestTree tree = createOverlay("namespace: shop\n")
                .with("apart/kustomization.yaml", "resources: [web.yaml]\n")
                .with("apart/web.yaml", BASE);
        String changed = "over/kustomization.yaml";
        ChangeSet change = ChangeSet.of("1", "2",
                List.of(new FileChange(changed, changed, FileChange.Kind.MODIFIED, List.of())));

        // When
        Analysis analysis = new Scan(List.of(new PolicyAnalyzer(Readers.all(), List.of())), 1)
                .run(new AnalysisContext(tree, change, false, Progress.NONE), change::touches);

        // Then
        assertThat(analysis.findings()).extracting(f -> f.location().path()).containsOnly("base/web.yaml");
    }

    @Test
    void shouldHeedACommentInAFileThatIsNotVisited() throws Exception {
        // Given
        TestTree tree = createOverlay("namespace: shop\n").with("base/web.yaml",
                BASE.replace("hostNetwork: true", "hostNetwork: true # scm-checks:ignore SCM-K8S-004"));
        String changed = "over/kustomization.yaml";
        ChangeSet change = ChangeSet.of("1", "2",
                List.of(new FileChange(changed, changed, FileChange.Kind.MODIFIED, List.of())));

        // When
        Analysis analysis = new Scan(List.of(new PolicyAnalyzer(Readers.all(), List.of())), 1)
                .run(new AnalysisContext(tree, change, false, Progress.NONE), change::touches);

        // Then
        assertThat(analysis.findings()).filteredOn(f -> f.rule().id().equals("SCM-K8S-004"))
                .singleElement().satisfies(f -> assertThat(f.suppression()).isNotNull());
    }

    private static TestTree createTree() {
        return new TestTree().with("base/kustomization.yaml", "resources: [web.yaml]\n").with("base/web.yaml", BASE);
    }

    private static TestTree createOverlay(String more) {
        String resources = more.contains("resources:") ? "" : "resources: [../base]\n";
        return createTree().with("over/kustomization.yaml", resources + more);
    }

    private static String text(Node node, String field) {
        return Kustomization.text(((Node.Mapping) node).get(field));
    }
}

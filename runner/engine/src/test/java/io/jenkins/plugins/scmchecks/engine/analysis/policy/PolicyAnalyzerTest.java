package io.jenkins.plugins.scmchecks.engine.analysis.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.scmchecks.engine.finding.Finding;
import io.jenkins.plugins.scmchecks.engine.finding.Notice;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyAnalyzerTest {

    private static final String POD = """
            apiVersion: v1
            kind: Pod
            metadata:
              name: web
              namespace: prod
            spec:
              containers:
                - name: app
                  image: web:1.0
                  securityContext:
                    privileged: true
            """;

    @Test
    void shouldNameResourceFileAndExactRegion() throws Exception {
        // Given
        TestTree tree = new TestTree().with("deploy/pod.yaml", POD);

        // When
        Finding finding = find(tree.analyse(), "SCM-K8S-001");

        // Then
        assertThat(finding.tool()).isEqualTo("scm-checks");
        assertThat(finding.resource()).isEqualTo("Pod/prod/web");
        assertThat(finding.location().path()).isEqualTo("deploy/pod.yaml");
        assertThat(finding.location().region()).isEqualTo(new Region(11, 9, 11, 25));
        assertThat(finding.message()).isEqualTo("Container app runs privileged");
        assertThat(finding.rule().tags()).contains("CWE-250", "CKV_K8S_16");
        assertThat(finding.rule().helpUri()).startsWith("https://kubernetes.io/");
        assertThat(finding.suppression()).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            privileged: true  ; privileged: true # scm-checks:ignore SCM-K8S-001 needs the devices ; needs the devices
            privileged: true  ; '# scm-checks:ignore CKV_K8S_16 by its other name\n        privileged: true' ; by its other name
            privileged: true  ; '#trivy:ignore:AVD-KSV-0017\n        privileged: true' ; ''
            apiVersion: v1    ; '# scm-checks:ignore SCM-K8S-001: the whole resource\napiVersion: v1' ; the whole resource
            privileged: true  ; 'privileged: true # checkov:skip=CKV_K8S_16:as agreed' ; as agreed
            'namespace: prod' ; 'annotations: {checkov.io/skip1: CKV_K8S_16=as agreed}' ; as agreed}
            'namespace: prod' ; 'annotations:\n    ignore-check.kube-linter.io/privileged-container: "as agreed"' ; as agreed
            """)
    void shouldRespectDecisionsInTheSource(String from, String to, String reason) throws Exception {
        // Given
        TestTree tree = new TestTree().with("pod.yaml", POD.replace(from, to.replace("\\n", "\n")));

        // When
        TestTree.Outcome outcome = tree.analyse();

        // Then
        Finding finding = find(outcome, "SCM-K8S-001");
        assertThat(finding.suppression()).isNotNull();
        assertThat(finding.suppression().source()).isEqualTo("inSource");
        assertThat(finding.suppression().justification()).isEqualTo(reason == null ? "" : reason);
        assertThat(outcome.findings).filteredOn(other -> other.suppression() == null).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            # hadolint ignore=DL3004,DL3008         ; 3
            # hadolint global ignore=DL3004         ; 1
            # checkov:skip=CKV2_DOCKER_1:we need it ; 4
            """, quoteCharacter = '"', commentCharacter = '~')
    void shouldRespectDecisionsInADockerfile(String comment, int line) throws Exception {
        // Given
        List<String> lines = new ArrayList<>(List.of("FROM debian:12", "USER app", "RUN true && \\", "  sudo ls"));
        lines.add(line == 3 ? 2 : line - 1, comment);

        // When
        TestTree.Outcome outcome = new TestTree().with("Dockerfile", String.join("\n", lines)).analyse();

        // Then
        assertThat(find(outcome, "SCM-DOCKER-014").suppression()).isNotNull();
        assertThat(find(outcome, "SCM-DOCKER-005").suppression()).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            cfn_nag: {rules_to_suppress: [{id: W35, reason: no need}]}           ; no need
            checkov: {skip: [{id: CKV_AWS_18, comment: no need}]}                ; no need
            checkov: {skip: [{id: CKV_AWS_18}]}                                  ; ''
            """)
    void shouldRespectDecisionsInTheMetadataOfCloudFormation(String metadata, String reason) throws Exception {
        // Given
        String template = "Resources:\n  Logs:\n    Type: AWS::S3::Bucket\n    Metadata:\n      " + metadata + "\n"
                + "  Other:\n    Type: AWS::S3::Bucket\n";

        // When
        TestTree.Outcome outcome = new TestTree().with("template.yaml", template).analyse();

        // Then
        assertThat(outcome.findings).filteredOn(finding -> finding.suppression() != null)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.rule().id()).isEqualTo("SCM-CFN-S3-008");
                    assertThat(finding.resource()).isEqualTo("Logs");
                    assertThat(finding.suppression().justification()).isEqualTo(reason == null ? "" : reason);
                });
    }

    @Test
    void shouldRespectWhatTheLinterOfBicepIsTold() throws Exception {
        // Given
        String template = "#disable-next-line no-unused-params secure-secrets-in-params\nparam password string\n"
                + "param secret string\n";

        // When
        TestTree.Outcome outcome = new TestTree().with("main.bicep", template).analyse();

        // Then
        assertThat(outcome.findings).extracting(Finding::resource, finding -> finding.suppression() != null)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("Parameter/password", true),
                        org.assertj.core.groups.Tuple.tuple("Parameter/secret", false));
    }

    @Test
    void shouldNotTakeALogicalIdForThatOfAnotherTemplate() throws Exception {
        // Given
        String net = "Resources:\n  Net:\n    Type: AWS::EC2::VPC\n";
        String log = "  Log:\n    Type: AWS::EC2::FlowLog\n    Properties: {ResourceId: !Ref Net}\n";

        // When
        TestTree.Outcome outcome = new TestTree().with("a.yaml", net).with("b.yaml", net + log).analyse();

        // Then
        assertThat(outcome.findings).filteredOn(finding -> finding.rule().id().equals("SCM-CFN-VPC-014"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.location().path()).isEqualTo("a.yaml"));
    }

    @Test
    void shouldNotTakeADecisionAboutSomethingElse() throws Exception {
        // Given
        String other = POD.replace("privileged: true", "privileged: true # scm-checks:ignore SCM-K8S-002 no");
        String elsewhere = POD.replace("- name: app", "- name: app # scm-checks:ignore SCM-K8S-001 another line");

        // When, Then
        assertThat(find(new TestTree().with("a.yaml", other).analyse(), "SCM-K8S-001").suppression()).isNull();
        assertThat(find(new TestTree().with("a.yaml", elsewhere).analyse(), "SCM-K8S-001").suppression()).isNull();
    }

    @Test
    void shouldNotFailByWhatIsNotKnown() throws Exception {
        // Given
        String text = POD.replace("privileged: true", "privileged: ${PRIVILEGED}").replace("web:1.0", "'{{ image }}'");

        // When
        TestTree.Outcome outcome = new TestTree().with("pod.yaml", text).analyse();

        // Then
        assertThat(outcome.findings).extracting(finding -> finding.rule().id())
                .contains("SCM-K8S-020")
                .doesNotContain("SCM-K8S-001", "SCM-K8S-025", "SCM-K8S-026");
    }

    @Test
    void shouldJudgeByTheTeamsOwnPolicies() throws Exception {
        // Given
        PolicyPack pack = createPack("resource.metadata.labels.team == null", "");

        // When
        TestTree.Outcome outcome = new TestTree().with("pod.yaml", POD).analyse(pack);

        // Then
        assertThat(find(outcome, "TEAM-1").location().region().startLine()).isEqualTo(1);
    }

    @Test
    void shouldTellOfAConditionThatCannotBeCompiledAndKeepTheOthers() throws Exception {
        // Given
        PolicyPack pack = createPack("resource.a = 1", "");

        // When
        TestTree.Outcome outcome = new TestTree().with("pod.yaml", POD).analyse(pack);

        // Then
        assertThat(outcome.notices).singleElement().satisfies(notice -> {
            assertThat(notice.level()).isEqualTo(Notice.Level.ERROR);
            assertThat(notice.message()).contains("team.yaml:4", "TEAM-1", "'fails_when'");
        });
        assertThat(find(outcome, "SCM-K8S-001")).isNotNull();
    }

    @Test
    void shouldTellOfAConditionThatTakesTooLong() throws Exception {
        // Given
        String list = "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]";
        String endless = "list.all(a, list.all(b, list.all(c, list.all(d, list.all(e, list.all(f, list.all(g, a + g >= 0)))))))"
                .replace("list", list);
        PolicyPack pack = createPack(endless, "");

        // When
        TestTree.Outcome outcome = new TestTree().with("pod.yaml", POD).analyse(pack);

        // Then
        assertThat(outcome.notices).singleElement().asString().contains("TEAM-1", "Pod/prod/web", "too many steps");
        assertThat(find(outcome, "SCM-K8S-001")).isNotNull();
    }

    @Test
    void shouldSeeRelatedResourcesOfLaterFiles() throws Exception {
        // Given
        PolicyPack pack = createPack("related('Service').exists(s, s.metadata.name == resource.metadata.name)", "with: Service");
        String service = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {}\n";

        // When, Then
        assertThat(new TestTree().with("a.yaml", POD).with("b.yaml", service).analyse(pack).findings)
                .extracting(finding -> finding.rule().id()).contains("TEAM-1");
        assertThat(new TestTree().with("a.yaml", POD).analyse(pack).findings)
                .extracting(finding -> finding.rule().id()).doesNotContain("TEAM-1");
    }

    private static PolicyPack createPack(String condition, String more) throws PackException {
        String text = """
                pack: team
                platform: kubernetes
                policies:
                  - id: TEAM-1
                    title: Ours
                    severity: low
                    resources: Pod
                    fails_when: "%s"
                    %s
                """.formatted(condition, more);
        return PackReader.read(text, "team.yaml", mistake -> {
            throw new AssertionError(mistake);
        });
    }

    private static Finding find(TestTree.Outcome outcome, String id) {
        return outcome.findings.stream().filter(finding -> finding.rule().id().equals(id)).findFirst().orElseThrow(
                () -> new AssertionError("no " + id + " in " + outcome.findings));
    }
}

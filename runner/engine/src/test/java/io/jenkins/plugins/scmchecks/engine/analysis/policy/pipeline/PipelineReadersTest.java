package io.jenkins.plugins.scmchecks.engine.analysis.policy.pipeline;

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

class PipelineReadersTest {

    private static final String WORKFLOW = ".github/workflows/a.yml";

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            on: push                        ; push
            on: [push, pull_request]        ; push,pull_request
            on: {pull_request: {}, push: }  ; pull_request,push
            """)
    void shouldNameTheEventsOfAWorkflow(String on, String expected) throws Exception {
        // When
        TestTree.Outcome outcome = new TestTree()
                .with(WORKFLOW, on + "\njobs:\n  a:\n    steps: [{run: make}]\n").read(new GithubActionsReader());

        // Then
        assertThat(texts(outcome.resource("jobs.a.steps[0]"), "_triggers")).containsExactly(expected.split(","));
        assertThat(texts(outcome.resource("workflow"), "_triggers")).containsExactly(expected.split(","));
    }

    @Test
    void shouldFindExpressionsAndLinesOfAScriptWhereTheyStand() throws Exception {
        // Given
        String workflow = "on: push\njobs:\n  a:\n    steps:\n      - name: x\n        run: |\n          # note\n"
                + "          echo ${{ github.head_ref }}\n          curl \\\n            x | sh\n";

        // When
        Resource step = new TestTree().with(WORKFLOW, workflow)
                .read(new GithubActionsReader()).resource("jobs.a.steps[0]");

        // Then
        Node.Scalar expression = (Node.Scalar) ((Node.Sequence) step.body().get("_expressions")).items().get(0);
        assertThat(expression).isEqualTo(new Node.Scalar("github.head_ref", new Region(8, 16, 8, 38)));
        assertThat(texts(step, "_lines")).containsExactly("|", "echo ${{ github.head_ref }}", "curl x | sh");
        assertThat(((Node.Sequence) step.body().get("_lines")).items().get(2).region().startLine()).isEqualTo(9);
    }

    @Test
    void shouldTakeApartWhatAStepUses() throws Exception {
        // Given: a composite action has steps, too, but nobody knows on which event it runs
        String action = "runs:\n  using: composite\n  steps:\n    - uses: a/b/c@v1\n";

        // When
        Resource step = new TestTree().with("tools/action.yml", action)
                .read(new GithubActionsReader()).resource("runs.steps[0]");

        // Then
        assertThat(((Node.Scalar) step.body().get("_owner")).value()).isEqualTo("a");
        assertThat(((Node.Scalar) step.body().get("_action")).value()).isEqualTo("a/b/c");
        assertThat(((Node.Scalar) step.body().get("_ref")).value()).isEqualTo("v1");
        assertThat(step.body().get("_triggers")).isInstanceOf(Node.Unknown.class);
    }

    @Test
    void shouldReadJobsOfGitLab() throws Exception {
        // Given
        String pipeline = "stages: [a]\nvariables: {A: {value: x}, B: y}\n.base:\n  script: &s [one, two]\n"
                + "job:\n  image: $IMAGE\n  services: [{name: 'db:1'}]\n  before_script: [!reference [.base, script]]\n"
                + "  script: |\n    three\n";

        // When
        TestTree.Outcome outcome = new TestTree().with("ci/build.gitlab-ci.yml", pipeline)
                .with("other.yml", pipeline).read(new GitlabCiReader());

        // Then
        assertThat(outcome.resources).extracting(Resource::address).containsExactly("pipeline", ".base", "job");
        assertThat(texts(outcome.resource(".base"), "_lines")).containsExactly("one", "two");
        assertThat(texts(outcome.resource("job"), "_lines")).contains("three");
        List<Node> images = ((Node.Sequence) outcome.resource("job").body().get("_images")).items();
        assertThat(images.get(0)).isInstanceOf(Node.Unknown.class);
        assertThat(((Node.Scalar) images.get(1)).value()).isEqualTo("db:1");
        assertThat(((Node.Sequence) outcome.resource("pipeline").body().get("_variables")).items()).hasSize(2);
    }

    @Test
    void shouldTellJenkinsfilesTextsFromCommentsAndCode() throws Exception {
        // Given
        String jenkinsfile = """
                // sh "no ${params.A}"
                /* sh 'no' */
                def path = a / b // sh 'no'
                sh "one ${params.A} $env.B \\$C"
                sh script: 'two', returnStdout: true
                sh(script: \"""
                  three ${x ? "y" : 'z'}
                \""")
                if (name == 'four') { TOKEN = 'five' }
                def pattern = ~/sh 'no'/
                """;

        // When
        List<Resource> found = new TestTree().with("Jenkinsfile.release", jenkinsfile)
                .with("Jenkinsfile.md", jenkinsfile).read(new JenkinsfileReader()).resources;

        // Then
        assertThat(found).filteredOn(resource -> resource.type().equals("step"))
                .extracting(resource -> resource.region().startLine()).containsExactly(4, 5, 6);
        assertThat(texts(found.get(0), "_expressions")).containsExactly("params.A", "env.B");
        assertThat(((Node.Sequence) found.get(0).body().get("_expressions")).items().get(0).region())
                .isEqualTo(new Region(4, 9, 4, 20));
        assertThat(found).filteredOn(resource -> resource.type().equals("setting"))
                .extracting(resource -> resource.address()).contains("TOKEN@9").doesNotContain("name@9");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "sh \"", "sh '''", "sh \"${", "sh \"${{{{\n\"", "/*", "$/", "@", "sh(", "x = \\", "sh '\\", "'", "/"
    })
    void shouldStandUnfinishedText(String text) throws Exception {
        assertThat(new TestTree().with("Jenkinsfile", text).read(new JenkinsfileReader()).notices).isEmpty();
    }

    @Test
    void shouldReadNoMoreOfAJenkinsfileThanTheLimit() throws Exception {
        // When
        TestTree.Outcome outcome = new TestTree().with("Jenkinsfile", "sh 'x'\n".repeat(300_000))
                .read(new JenkinsfileReader());

        // Then
        assertThat(outcome.resources).isEmpty();
        assertThat(outcome.notices).singleElement()
                .satisfies(notice -> assertThat(notice.message()).contains("2000000"));
    }

    @ParameterizedTest
    @ValueSource(strings = {WORKFLOW, ".gitlab-ci.yml"})
    void shouldTellOfWhatIsNoYaml(String path) throws Exception {
        // When
        TestTree tree = new TestTree().with(path, "a: {");

        // Then
        assertThat(tree.read(new GithubActionsReader()).notices.size() + tree.read(new GitlabCiReader()).notices.size())
                .isEqualTo(1);
    }

    private static List<String> texts(Resource resource, String list) {
        return ((Node.Sequence) resource.body().get(list)).items().stream()
                .filter(Node.Scalar.class::isInstance)
                .map(node -> String.valueOf(((Node.Scalar) node).value()))
                .toList();
    }

    @Test
    void shouldRecogniseAWorkflowInAnotherFolderByItsContent() throws Exception {
        // Given
        TestTree tree = new TestTree()
                .with("templates/ci.yml", "on: push\njobs:\n  a:\n    runs-on: x\n    steps: [{run: make}]\n")
                .with("other.yml", "jobs:\n  a:\n    runs-on: x\n");

        // When / Then
        assertThat(tree.read(new GithubActionsReader()).resources).extracting(Resource::address)
                .containsExactly("workflow", "jobs.a", "jobs.a.steps[0]");
    }

    @Test
    void shouldKnowTheScriptsOfActionsAndTheInputsOfAWorkflow() throws Exception {
        // Given
        TestTree tree = new TestTree().with(".github/workflows/a.yml", "on:\n  workflow_dispatch:\n    inputs:\n"
                + "      level: {type: choice}\npermissions: {contents: read}\njobs:\n  a:\n    runs-on: x\n    steps:\n"
                + "      - uses: azure/CLI@v2\n        with: {inlineScript: 'az ${{ inputs.level }}', other: '${{ github.ref }}'}\n");

        // When
        Node.Mapping step = tree.read(new GithubActionsReader()).resource("jobs.a.steps[0]").body();

        // Then
        assertThat(((Node.Sequence) step.get("_expressions")).items()).hasSize(1);
        assertThat(((Node.Mapping) step.get("_inputs")).get("level")).isNotNull();
        assertThat(((Node.Mapping) step.get("_permissions")).get("contents")).isNotNull();
    }
}

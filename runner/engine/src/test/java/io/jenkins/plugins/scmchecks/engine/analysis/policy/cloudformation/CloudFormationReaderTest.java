package io.jenkins.plugins.scmchecks.engine.analysis.policy.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.Resource;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.TestTree;
import io.jenkins.plugins.scmchecks.engine.finding.Notice;
import io.jenkins.plugins.scmchecks.engine.finding.Region;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CloudFormationReaderTest {

    private static final String TEMPLATE = """
            AWSTemplateFormatVersion: "2010-09-09"
            Parameters:
              Env: {Type: String, Default: dev}
              Zones: {Type: CommaDelimitedList, Default: "a, b"}
              Password: {Type: String, NoEcho: true, Default: hunter2}
              Image: {Type: "AWS::SSM::Parameter::Value<String>", Default: /image}
              Given: {Type: String}
            Mappings:
              Sizes: {dev: {Disk: 8}, prod: {Disk: 80}}
            Conditions:
              IsDev: !Equals [!Ref Env, dev]
              NotDev: !Not [Condition: IsDev]
              Here: !Equals [!Ref AWS::Region, eu-west-1]
              Loop: !Or [Condition: Loop, Condition: NotDev]
              Sure: !Or [Condition: Here, Condition: IsDev]
            Resources:
              Other: {Type: AWS::S3::Bucket}
              It:
                Type: AWS::Test::It
                Properties:
                  Value: %s
            """;

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            !Ref Env                                   ; dev
            {Ref: Env}                                 ; dev
            !Ref AWS::Partition                        ; aws
            !Sub "x-${Env}-${!Left}"                   ; x-dev-${Left}
            !Sub ["${A}-${Env}", {A: !Ref Env}]        ; dev-dev
            {"Fn::Join": ["-", [a, !Ref Env]]}         ; a-dev
            !Select [1, !Split [",", "a,b"]]           ; b
            !Select [0, !Ref Zones]                    ; a
            !FindInMap [Sizes, !Ref Env, Disk]         ; 8
            !If [IsDev, small, big]                    ; small
            !If [NotDev, small, big]                   ; big
            !If [Sure, small, big]                     ; small
            !Base64 plain                              ; plain
            {"Fn::Length": !Ref Zones}                 ; 2
            {"Fn::FindInMap": [Sizes, qa, Disk, {DefaultValue: 1}]} ; 1
            """)
    void shouldComputeWhatTheTemplateTells(String value, String expected) throws Exception {
        // When
        Resource it = read(TEMPLATE.formatted(value)).resource("It");

        // Then
        assertThat(it.body().get("Value")).isInstanceOfSatisfying(Node.Scalar.class, scalar ->
                assertThat(scalar.value()).hasToString(expected));
        assertThat(it.body().get("Value").region().startLine()).isEqualTo(21);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "!Ref Given", "!Ref Password", "!Ref Image", "!Ref Other", "!Ref AWS::Region", "!Ref Nobody",
        "!GetAtt Other.Arn", "!GetAtt [Other, Arn]", "!Sub 'a-${Given}'", "!Sub '${Other.Arn}/*'", "!If [Here, a, b]",
        "!If [Loop, a, b]", "!If [Missing, a, b]", "!FindInMap [Sizes, test, Disk]",
        "!ImportValue x", "!Cidr [a, 1, 2]",
        "!GetAZs ''", "!Join ['', [a, !Ref Given]]", "!Select [7, [a]]", "!Split ['', a]", "!Transform {Name: x}",
        "{Fn::Transform: {Name: AWS::Include}, Other: 1}", "!Ref [a]", "!If [IsDev]"
    })
    void shouldNotGuessWhatOnlyTheDeploymentTells(String value) throws Exception {
        assertThat(read(TEMPLATE.formatted(value)).resource("It").body().get("Value"))
                .isInstanceOf(Node.Unknown.class);
    }

    @Test
    void shouldLeaveOutNoValueAndNameReferences() throws Exception {
        // When
        Node.Mapping body = read(TEMPLATE.formatted(
                "{A: !Ref AWS::NoValue, B: [!If [IsDev, !Ref AWS::NoValue, 1], 2], C: !Sub '${Other.Arn}'}"))
                .resource("It").body();

        // Then
        Node.Mapping value = (Node.Mapping) body.get("Value");
        assertThat(value.entries()).containsOnlyKeys("B", "C");
        assertThat(((Node.Sequence) value.get("B")).items()).hasSize(1);
        assertThat(((Node.Sequence) body.get("_references")).items())
                .extracting(node -> ((Node.Scalar) node).value())
                .isEqualTo(List.of("Other"));
    }

    @Test
    void shouldReadJsonWithPlaces() throws Exception {
        // Given
        String json = "{\n  \"Resources\": {\n    \"Logs\": {\n      \"Type\": \"AWS::S3::Bucket\",\n"
                + "      \"Properties\": {\"AccessControl\": {\"Ref\": \"Acl\"}, \"Name\": \"n\"}\n    }\n  },\n"
                + "  \"Parameters\": {\"Acl\": {\"Type\": \"String\", \"Default\": \"Private\"}}\n}\n";

        // When
        TestTree.Outcome outcome = new TestTree().with("a.template", json).read(new CloudFormationReader());

        // Then
        Resource logs = outcome.resource("Logs");
        assertThat(logs.type()).isEqualTo("AWS::S3::Bucket");
        assertThat(logs.region()).isEqualTo(new Region(3, 5, 3, 11));
        assertThat(logs.body().get("AccessControl")).isEqualTo(
                new Node.Scalar("Private", new Region(5, 39, 5, 53)));
        assertThat(outcome.resource("Acl").type()).isEqualTo("Parameter");
    }

    @Test
    void shouldGiveSamFunctionsTheGlobals() throws Exception {
        // Given
        String sam = """
                Transform: AWS::Serverless-2016-10-31
                Globals:
                  Function: {Runtime: python3.13, Layers: [a], Environment: {Variables: {A: 1, B: 1}}}
                Resources:
                  F:
                    Type: AWS::Serverless::Function
                    Properties: {Layers: [b], Environment: {Variables: {B: 2}}}
                  G: {Type: AWS::Serverless::Function}
                """;

        // When
        TestTree.Outcome outcome = read(sam);

        // Then
        Node.Mapping body = outcome.resource("F").body();
        assertThat(((Node.Scalar) body.get("Runtime")).value()).isEqualTo("python3.13");
        assertThat(((Node.Sequence) body.get("Layers")).items()).hasSize(2);
        Node.Mapping variables = (Node.Mapping) ((Node.Mapping) body.get("Environment")).get("Variables");
        assertThat(((Node.Scalar) variables.get("B")).value()).isEqualTo(2L);
        assertThat(variables.get("A")).isNotNull();
        assertThat(outcome.resource("G").body().get("Runtime")).isNotNull();
    }

    @Test
    void shouldLeaveOtherFilesAlone() throws Exception {
        // Given
        TestTree tree = new TestTree()
                .with("k8s.yaml", "kind: X\nspec: {Resources: {a: {Type: 'AWS::S3::Bucket'}}}\n")
                .with("doc.json", "{\"Resources\": [\"AWS::S3::Bucket\"]}")
                .with("broken.yaml", "Resources:\n  A: {Type: AWS::S3::Bucket\n")
                .with("jinja.yaml", "Resources:\n  A: {Type: AWS::S3::Bucket, {% if x %}\n");

        // When
        TestTree.Outcome outcome = tree.read(new CloudFormationReader());

        // Then
        assertThat(outcome.resources).isEmpty();
        assertThat(outcome.notices).extracting(Notice::path, Notice::level).containsExactlyInAnyOrder(
                org.assertj.core.groups.Tuple.tuple("broken.yaml", Notice.Level.WARNING),
                org.assertj.core.groups.Tuple.tuple("jinja.yaml", Notice.Level.INFO));
    }

    @Test
    void shouldBoundTheTextThatFunctionsMake() throws Exception {
        // Given: each reference multiplies the default
        String template = "Parameters:\n  P: {Type: String, Default: \"" + "x".repeat(100_000) + "\"}\nResources:\n"
                + "  It:\n    Type: AWS::Test::It\n    Properties:\n      Value: !Sub \"" + "${P}".repeat(1_000) + "\"\n";

        // When
        Resource it = read(template).resource("It");

        // Then
        assertThat(it.body().get("Value")).isInstanceOf(Node.Unknown.class);
    }

    private static TestTree.Outcome read(String template) throws InterruptedException {
        return new TestTree().with("template.yaml", template).read(new CloudFormationReader());
    }

    @Test
    void shouldRepeatWhatForEachSays() throws Exception {
        // Given
        String template = """
                Transform: AWS::LanguageExtensions
                Parameters:
                  Names: {Type: CommaDelimitedList, Default: "Red, Blue"}
                  Given: {Type: CommaDelimitedList}
                Resources:
                  Fn::ForEach::Topics:
                    - Color
                    - !Ref Names
                    - "Topic${Color}":
                        Type: AWS::SNS::Topic
                        Properties:
                          TopicName: !Sub "${Color}-topic"
                          Fn::ForEach::Flags: [Flag, [A, B], {"Is${Flag}": !Ref Flag}]
                  Fn::ForEach::Others:
                    - Name
                    - !Ref Given
                    - "Other${Name}": {Type: AWS::SQS::Queue, Properties: {QueueName: !Ref Name}}
                """;

        // When
        TestTree.Outcome outcome = read(template);

        // Then
        assertThat(outcome.resource("TopicRed").body().get("TopicName")).isInstanceOfSatisfying(
                Node.Scalar.class, name -> assertThat(name.value()).isEqualTo("Red-topic"));
        assertThat(outcome.resource("TopicBlue").body().entries()).containsKeys("IsA", "IsB");
        assertThat(outcome.resource("Other${Name}").body().get("QueueName")).isInstanceOf(Node.Unknown.class);
    }

    @Test
    void shouldReadATemplateOnceMoreWithWhatAnotherGivesIt() throws Exception {
        // Given
        TestTree tree = new TestTree()
                .with("stacks/parent.yaml", """
                        Resources:
                          Child:
                            Type: AWS::CloudFormation::Stack
                            Properties: {TemplateURL: ./child.yaml, Parameters: {Cidr: 0.0.0.0/0, Id: !Ref Net}}
                          Net: {Type: AWS::EC2::VPC}
                          Far:
                            Type: AWS::CloudFormation::Stack
                            Properties: {TemplateURL: "https://example.com/child.yaml"}
                          Out:
                            Type: AWS::CloudFormation::Stack
                            Properties: {TemplateURL: ../../child.yaml}
                        """)
                .with("stacks/child.yaml", """
                        Parameters:
                          Cidr: {Type: String, Default: 10.0.0.0/8}
                          Id: {Type: String, Default: vpc-1}
                        Resources:
                          Open:
                            Type: AWS::EC2::SecurityGroup
                            Properties: {VpcId: !Ref Id, Cidr: !Ref Cidr}
                        """);

        // When
        TestTree.Outcome outcome = tree.read(new CloudFormationReader());

        // Then
        List<Node> cidrs = outcome.resources.stream()
                .filter(resource -> resource.address().equals("Open"))
                .map(resource -> resource.body().get("Cidr"))
                .toList();
        assertThat(cidrs).extracting(node -> ((Node.Scalar) node).value()).containsExactly("10.0.0.0/8", "0.0.0.0/0");
        assertThat(outcome.resources).filteredOn(resource -> resource.type().equals("Parameter")).hasSize(2);
        Resource given = outcome.resources.get(outcome.resources.size() - 1);
        assertThat(given.path()).isEqualTo("stacks/child.yaml");
        assertThat(given.body().get("VpcId")).isInstanceOf(Node.Unknown.class);
    }

    @Test
    void shouldBoundWhatLoopsMake() throws Exception {
        // Given: loops within loops, each of fifty rounds
        StringBuilder template = new StringBuilder("Transform: AWS::LanguageExtensions\nResources:\n");
        String values = "[" + "a, ".repeat(49) + "a]";
        String indent = "  ";
        for (int i = 0; i < 5; i++) {
            template.append(indent).append("Fn::ForEach::L").append(i).append(":\n");
            indent += "  ";
            template.append(indent).append("- X").append(i).append('\n');
            template.append(indent).append("- ").append(values).append('\n');
            template.append(indent).append("-\n");
            indent += "  ";
        }
        template.append(indent).append("\"T${X0}\": {Type: AWS::SNS::Topic}\n");

        // When, Then
        assertThat(read(template.toString()).resources).hasSizeLessThan(10_000);
    }

    @Test
    void shouldNotFollowStacksInACircle() throws Exception {
        // Given
        String template = "Resources:\n  A: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: %s.yaml}}\n";
        TestTree tree = new TestTree().with("a.yaml", template.formatted("b")).with("b.yaml", template.formatted("a"));

        // When, Then
        assertThat(tree.read(new CloudFormationReader()).resources).hasSizeLessThan(20);
    }
}

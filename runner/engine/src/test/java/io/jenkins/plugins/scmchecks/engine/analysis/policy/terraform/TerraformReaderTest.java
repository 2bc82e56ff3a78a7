package io.jenkins.plugins.scmchecks.engine.analysis.policy.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.scmchecks.engine.analysis.FindingSink;
import java.util.function.Consumer;
import java.util.Optional;
import io.jenkins.plugins.scmchecks.engine.change.ChangeSet;
import io.jenkins.plugins.scmchecks.engine.change.FileChange;
import io.jenkins.plugins.scmchecks.engine.analysis.SourceTree;
import io.jenkins.plugins.scmchecks.engine.analysis.Progress;
import io.jenkins.plugins.scmchecks.engine.analysis.AnalysisContext;
import io.jenkins.plugins.scmchecks.engine.analysis.SourceFile;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.Node;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.Resource;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.ResourceReader;
import io.jenkins.plugins.scmchecks.engine.finding.Finding;
import io.jenkins.plugins.scmchecks.engine.finding.Notice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TerraformReaderTest {

    private final Map<String, String> files = new LinkedHashMap<>();
    private final List<Notice> notices = new ArrayList<>();
    private ChangeSet change = ChangeSet.withoutBase(null);

    @Test
    void shouldGiveAResourceWithItsPlaceAndBody() throws Exception {
        createFile("net/main.tf", """
                # first line
                resource "aws_security_group" "web" {
                  name = "web"
                  ingress {
                    from_port = 22
                  }
                  ingress {
                    from_port = 443
                  }
                }
                """);

        Resource resource = read("aws_security_group.web");

        assertThat(resource.type()).isEqualTo("aws_security_group");
        assertThat(resource.path()).isEqualTo("net/main.tf");
        assertThat(resource.region()).hasToString("2:1");
        assertThat(resource.region().endColumn()).isEqualTo(36);
        assertThat(resource.body().entries().get("name").key().startColumn()).isEqualTo(3);
        assertThat(resource.body().get("name").region().startColumn()).isEqualTo(10);
        assertThat(resource.body().get("name").region().endColumn()).isEqualTo(15);
        assertThat(show(resource.body().get("ingress"))).isEqualTo("[{from_port: 22}, {from_port: 443}]");
        assertThat(resource.body().get("ingress").region()).hasToString("4-7");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            var.set | "s"
            var.unset | ?
            var.null_default == null | true
            var.typed | true
            var.object.b | 5
            local.a | "x-s"
            local.cycle | ?
            local.missing | ?
            "${var.unset}-x" | ?
            var.unset == "a" ? "same" : "same" | "same"
            var.set == "s" ? "yes" : var.unset | "yes"
            var.unset && false | false
            false && var.unset | false
            [var.unset, 1] | [?, 1]
            length([var.unset, 1]) | 2
            contains([var.unset, "a"], "a") | true
            contains([var.unset], "a") | ?
            merge({ a = 1 }, { a = 2, b = var.unset }) | {a: 2, b: ?}
            lookup({ a = 1 }, "b", 3) | 3
            try(var.object.nothing, "fallback") | "fallback"
            can(var.object.nothing) | false
            coalesce(null, "", "c") | "c"
            concat(["a"], ["b"]) | ["a", "b"]
            flatten([["a"], [["b"]]]) | ["a", "b"]
            toset(["b", "b"]) | ["b"]
            keys({ b = 1, a = 2 }) | ["a", "b"]
            element(["a", "b"], 3) | "b"
            join("-", ["a", "b"]) | "a-b"
            split(",", "a,b") | ["a", "b"]
            replace("a-b", "-", "_") | "a_b"
            replace("abc", "/[ab]/", "x") | "xxc"
            format("%s-%03d-%t", "a", 7, true) | "a-007-true"
            formatlist("%s!", ["a", "b"]) | ["a!", "b!"]
            jsondecode("{\\"a\\": [1]}").a[0] | 1
            jsondecode(jsonencode({ a = var.unset })).a | ?
            tobool("true") | true
            tostring(5) | "5"
            setproduct(["a"], ["b"]) | [["a", "b"]]
            setsubtract(["a", "b"], ["a"]) | ["b"]
            regex("(\\\\d+)-", "ab12-")[0] | "12"
            base64decode(base64encode("x")) | "x"
            file("/etc/passwd") | ?
            templatefile("x.tpl", {}) | ?
            timestamp() | ?
            no_such_function(1) | ?
            cidrsubnet("10.0.0.0/8", 8, 1) | ?
            path.module | ?
            data.http.x.body | ?
            aws_vpc.none.id | ?
            [for k, v in { a = 1, b = 2 } : "${k}${v}"] | ["a1", "b2"]
            range(3) | [0, 1, 2]
            range(100000000) | ?
            format("%999999999d", 1) | ?
            "x" + 1 | ?
            """)
    void shouldWorkOutWhatTheFilesTell(String expression, String expected) throws Exception {
        createFile("main.tf", """
                variable "set" { default = "s" }
                variable "unset" {}
                variable "null_default" { default = null }
                variable "typed" {
                  type    = bool
                  default = "true"
                }
                variable "object" {
                  type    = object({ a = string, b = optional(number, 5) })
                  default = { a = "x" }
                }
                locals {
                  a     = "x-${var.set}"
                  cycle = local.cycle2
                  cycle2 = local.cycle
                }
                data "http" "x" { url = "https://example.com" }
                resource "r" "r" {
                  x = %s
                }
                """.formatted(expression));

        Node value = read("r.r").body().get("x");

        assertThat(show(value)).isEqualTo(expected);
        assertThat(notices).isEmpty();
    }

    @Test
    void shouldTakeValuesOfVariablesFromTheFilesThatTerraformTakes() throws Exception {
        createFile("main.tf", """
                variable "a" { default = 1 }
                variable "b" { default = 1 }
                variable "c" { default = 1 }
                variable "d" { default = 1 }
                resource "r" "r" { x = [var.a, var.b, var.c, var.d] }
                """);
        createFile("terraform.tfvars", "a = 2\nb = 2\n");
        createFile("x.auto.tfvars", "b = 3");
        createFile("y.auto.tfvars.json", "{\"d\": 4}");
        createFile("prod.tfvars", "c = 9");

        assertThat(show(read("r.r").body().get("x"))).isEqualTo("[2, 3, 1, 4]");
    }

    @Test
    void shouldMakeInstancesOfCountAndForEach() throws Exception {
        createFile("main.tf", """
                variable "unset" {}
                resource "r" "none" { count = 0 }
                resource "r" "two" {
                  count = 2
                  x     = "n${count.index}"
                }
                resource "r" "map" {
                  for_each = { a = { v = 1 }, b = { v = 2 } }
                  x        = each.value.v
                }
                resource "r" "set" {
                  for_each = toset(["k"])
                  x        = each.key
                }
                resource "r" "unknown" {
                  for_each = var.unset
                  x        = each.value
                  y        = true
                }
                resource "r" "maybe" {
                  count = var.unset ? 1 : 0
                  x     = count.index
                }
                resource "user" "u" { x = [r.two[1].x, r.map["b"].x, r.unknown["z"].y, r.two[*].x, r.maybe[0].id] }
                """);

        assertThat(readAll()).extracting(Resource::address).containsExactly("r.two[0]", "r.two[1]",
                "r.map[\"a\"]", "r.map[\"b\"]", "r.set[\"k\"]", "r.unknown", "r.maybe", "user.u");
        assertThat(show(read("r.two[1]").body())).isEqualTo("{x: \"n1\"}");
        assertThat(show(read("r.map[\"b\"]").body())).isEqualTo("{x: 2}");
        assertThat(show(read("r.unknown").body())).isEqualTo("{x: ?, y: true}");
        assertThat(show(read("user.u").body())).isEqualTo("{x: [\"n1\", 2, true, [\"n0\", \"n1\"], ?]}");
    }

    @Test
    void shouldMakeBlocksOfDynamicOnes() throws Exception {
        createFile("main.tf", """
                variable "unset" {}
                resource "r" "r" {
                  dynamic "ingress" {
                    for_each = [22, 443]
                    iterator = port
                    content {
                      from = port.value
                      at   = port.key
                    }
                  }
                  dynamic "none" {
                    for_each = []
                    content {}
                  }
                  dynamic "maybe" {
                    for_each = var.unset
                    content { x = maybe.value }
                  }
                }
                """);

        assertThat(show(read("r.r").body()))
                .isEqualTo("{ingress: [{from: 22, at: 0}, {from: 443, at: 1}], maybe: [{x: ?}]}");
    }

    @Test
    void shouldEvaluateAModuleOnlyAsItIsCalled() throws Exception {
        createFile("env/prod/main.tf", """
                module "web" {
                  source    = "../../modules/web"
                  for_each  = { eu = true, us = false }
                  encrypted = each.value
                }
                module "remote" { source = "terraform-aws-modules/vpc/aws" }
                resource "r" "caller" { x = [module.web["eu"].disk, module.remote.vpc_id] }
                """);
        createFile("modules/web/main.tf", """
                variable "encrypted" {}
                variable "size" { default = 8 }
                module "deep" {
                  source = "../deep"
                  size   = var.size
                }
                resource "disk" "d" { encrypted = var.encrypted }
                output "disk" { value = "disk-${module.deep.size}" }
                """);
        createFile("modules/deep/main.tf", """
                variable "size" {}
                resource "file" "f" { size = var.size }
                output "size" { value = var.size }
                """);

        List<Resource> all = readAll();

        assertThat(all).extracting(Resource::address).contains("r.caller",
                "module.web[\"eu\"].disk.d", "module.web[\"us\"].disk.d", "module.web[\"eu\"].module.deep.file.f");
        // what both instances say alike is given once
        assertThat(all).extracting(Resource::type).containsOnlyOnce("file");
        assertThat(show(read("r.caller").body())).isEqualTo("{x: [\"disk-8\", ?]}");
        assertThat(read("module.web[\"us\"].disk.d").path()).isEqualTo("modules/web/main.tf");
        assertThat(show(read("module.web[\"us\"].disk.d").body())).isEqualTo("{encrypted: false}");
        assertThat(notices).isEmpty();
    }

    @Test
    void shouldSurviveModulesThatCallThemselves() throws Exception {
        createFile("a/main.tf", "module \"b\" { source = \"../b\" }\nresource \"r\" \"a\" { x = module.b.o }");
        createFile("b/main.tf", "module \"a\" { source = \"../a\" }\noutput \"o\" { value = 1 }\n"
                + "resource \"r\" \"b\" {}");
        createFile("c/main.tf", "module \"c\" { source = \"./\" }\nresource \"r\" \"c\" {}");
        createFile("d/main.tf", "module \"d\" { source = \"../../../etc\" }\nresource \"r\" \"d\" {}");

        assertThat(readAll()).extracting(Resource::path)
                .contains("a/main.tf", "b/main.tf", "c/main.tf", "d/main.tf");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "aws_s3_bucket.b.id", "aws_s3_bucket.b.bucket", "\"${aws_s3_bucket.b.id}\"", "local.id", "\"the-name\"",
        "module.m.id"
    })
    void shouldTellWhichResourcesBelongToOne(String reference) throws Exception {
        createFile("main.tf", """
                locals { id = aws_s3_bucket.b.id }
                resource "aws_s3_bucket" "b" { bucket = "the-name" }
                resource "aws_s3_bucket" "other" { bucket = "other-name" }
                module "m" {
                  source = "./m"
                  id     = aws_s3_bucket.b.id
                }
                resource "aws_s3_bucket_versioning" "v" {
                  bucket = %s
                  x      = 1
                }
                """.formatted(reference));
        createFile("m/main.tf", "variable \"id\" {}\noutput \"id\" { value = var.id }");

        Node related = read("aws_s3_bucket.b").body().get("_related");

        assertThat(show(((Node.Mapping) related).get("aws_s3_bucket_versioning"))).contains("x: 1");
        assertThat(show(read("aws_s3_bucket_versioning.v").body().get("_references")))
                .isEqualTo("[\"aws_s3_bucket.b\"]");
        assertThat(read("aws_s3_bucket.other").body().get("_related")).isNull();
    }

    @Test
    void shouldMatchTheSameUnknownName() throws Exception {
        createFile("main.tf", """
                variable "name" {}
                variable "else" {}
                resource "aws_s3_bucket" "b" { bucket = "${var.name}-logs" }
                resource "aws_s3_bucket_acl" "a" { bucket = "${var.name}-logs" }
                resource "aws_s3_bucket_policy" "p" { bucket = var.else }
                """);

        Node.Mapping related = (Node.Mapping) read("aws_s3_bucket.b").body().get("_related");

        assertThat(related.get("aws_s3_bucket_acl")).isInstanceOf(Node.Sequence.class);
        assertThat(related.get("aws_s3_bucket_policy")).isInstanceOf(Node.Unknown.class);
    }

    @Test
    void shouldGiveJsonAsItsStructure() throws Exception {
        createFile("main.tf", """
                variable "unset" {}
                data "aws_iam_policy_document" "base" {
                  statement {
                    effect    = "Deny"
                    actions   = ["s3:*"]
                    resources = ["*"]
                    principals {
                      type        = "*"
                      identifiers = ["*"]
                    }
                    condition {
                      test     = "Bool"
                      variable = "aws:SecureTransport"
                      values   = ["false"]
                    }
                  }
                }
                data "aws_iam_policy_document" "all" {
                  source_policy_documents = [data.aws_iam_policy_document.base.json]
                  statement {
                    actions   = ["*"]
                    resources = [var.unset]
                    principals {
                      type        = "AWS"
                      identifiers = ["*"]
                    }
                  }
                }
                resource "p" "document" { policy = data.aws_iam_policy_document.all.json }
                resource "p" "heredoc" {
                  policy = <<-EOF
                    {"Action": "s3:*", "Resource": "${var.unset}/*", "List": ${jsonencode([1])}}
                  EOF
                }
                resource "p" "encoded" {
                  policy = jsonencode({ Action = ["*"] })
                }
                resource "p" "literal" { policy = "{\\"Action\\": \\"*\\"}" }
                resource "p" "text" { policy = "{not json}" }
                """);

        assertThat(show(read("p.document").body().get("policy"))).isEqualTo("{Version: \"2012-10-17\", Statement: ["
                + "{Effect: \"Deny\", Action: [\"s3:*\"], Resource: [\"*\"], Principal: \"*\", "
                + "Condition: {Bool: {aws:SecureTransport: [\"false\"]}}}, "
                + "{Effect: \"Allow\", Action: [\"*\"], Resource: [?], Principal: {AWS: [\"*\"]}}]}");
        assertThat(show(read("p.heredoc").body())).isEqualTo("{policy: {Action: \"s3:*\", Resource: ?, List: [1]}}");
        assertThat(show(read("p.encoded").body())).isEqualTo("{policy: {Action: [\"*\"]}}");
        assertThat(((Node.Mapping) read("p.encoded").body().get("policy")).get("Action").region()).hasToString("36:34");
        assertThat(show(read("p.literal").body())).isEqualTo("{policy: {Action: \"*\"}}");
        assertThat(show(read("p.text").body())).isEqualTo("{policy: \"{not json}\"}");
    }

    @Test
    void shouldReadJsonSyntaxWithPlaces() throws Exception {
        createFile("main.tf.json", """
                {
                  "variable": { "name": { "default": "n" } },
                  "resource": {
                    "aws_s3_bucket": {
                      "logs": {
                        "bucket": "b-${var.name}",
                        "versioning": [{ "enabled": true }],
                        "dynamic": { "rule": { "for_each": [1], "content": { "v": "${rule.value}" } } }
                      }
                    }
                  }
                }
                """);

        Resource resource = read("aws_s3_bucket.logs");

        assertThat(show(resource.body())).isEqualTo("{bucket: \"b-n\", versioning: [{enabled: true}], rule: [{v: 1}]}");
        assertThat(resource.region()).hasToString("5:7");
        assertThat(resource.body().get("bucket").region()).hasToString("6:19");
        assertThat(resource.body().get("bucket").region().endColumn()).isEqualTo(34);
    }

    @Test
    void shouldReadAPlan() throws Exception {
        createFile("plan.json", """
                {"format_version":"1.2","terraform_version":"1.9.0","planned_values":{"root_module":{"resources":[
                {"address":"aws_s3_bucket.b","mode":"managed","type":"aws_s3_bucket","name":"b",
                 "values":{"bucket":"n","acl":null,"logging":[],"versioning":[{"enabled":true}]}}],
                "child_modules":[{"address":"module.m","resources":[
                {"address":"module.m.aws_s3_bucket_versioning.v[0]","mode":"managed","type":"aws_s3_bucket_versioning",
                 "name":"v","index":0,"values":{"policy":"{\\"a\\":1}"}}]}]}},
                "resource_changes":[{"address":"aws_s3_bucket.b","change":{"after_unknown":{"arn":true}}}],
                "configuration":{"root_module":{"module_calls":{"m":{
                 "expressions":{"name":{"references":["aws_s3_bucket.b.id","aws_s3_bucket.b"]}},
                 "module":{"resources":[{"address":"aws_s3_bucket_versioning.v",
                 "expressions":{"bucket":{"references":["var.name"]}}}]}}}}}}
                """);

        assertThat(show(read("aws_s3_bucket.b").body()))
                .isEqualTo("{bucket: \"n\", versioning: [{enabled: true}], arn: ?, "
                + "_related: {aws_s3_bucket_versioning: [{policy: {a: 1}}]}}");
        assertThat(read("aws_s3_bucket.b").region()).hasToString("2:12");
    }

    @Test
    void shouldReadAPlanWhoseAddressesAreNoAddresses() throws Exception {
        createFile("plan.json", """
                {"format_version":"1.2","terraform_version":"1.9.0","planned_values":{"root_module":{"resources":[
                {"address":"b]","type":"t","name":"b","values":{}},{"address":"[","type":"u","name":"c","values":{}}]}},
                "configuration":{"root_module":{"resources":[
                {"address":"u.c","expressions":{"bucket":{"references":["t.b.id","."]}}},{"address":7}]}}}
                """);

        assertThat(readAll()).extracting(Resource::address).containsExactly("b]", "[");
    }

    @Test
    void shouldLeaveOtherJsonAlone() throws Exception {
        createFile("package.json", "{\"name\": \"x\"}");
        createFile("state.json", "{\"format_version\":\"1.0\",\"terraform_version\":\"1.9.0\",\"values\":{}}");
        createFile("broken.json", "{");

        assertThat(readAll()).isEmpty();
        assertThat(notices).isEmpty();
    }

    @Test
    void shouldLookOnlyAtModulesThatAChangeCanMatterTo() throws Exception {
        createFile("env/prod/main.tf", "module \"db\" { source = \"../../modules/db\" }\nresource \"r\" \"prod\" {}");
        createFile("env/other/main.tf", "module \"x\" { source = \"../../modules/x\" }\nresource \"r\" \"other\" {}");
        createFile("modules/db/main.tf", "module \"net\" { source = \"../net\" }\nresource \"r\" \"db\" {}");
        createFile("modules/net/main.tf", "resource \"r\" \"net\" {}");
        createFile("modules/x/main.tf", "resource \"r\" \"x\" {}");
        createChange("modules/db/main.tf");

        assertThat(readAll()).extracting(Resource::address)
                .containsExactlyInAnyOrder("r.prod", "module.db.r.db", "module.db.module.net.r.net");
    }

    @Test
    void shouldLookAtNothingWhenTheChangeHasNoTerraform() throws Exception {
        createFile("main.tf", "resource \"r\" \"r\" {}");
        createChange("README.md");

        assertThat(new TerraformReader().open(createContext()).needs()).isEmpty();
    }

    @Test
    void shouldTellTheFileLineAndReasonOfAnErrorAndKeepTheRest() throws Exception {
        createFile("bad.tf", "resource \"r\" \"bad\" {\n  x = =\n}\nresource \"r\" \"good\" {}\n");
        createFile("bad.tf.json", "{\"resource\": }");
        createFile("latin1.tf", "x");
        createFile("good.tf", "resource \"r\" \"other\" {}");

        assertThat(readAll()).extracting(Resource::address).containsExactlyInAnyOrder("r.good", "r.other");
        assertThat(notices).extracting(Notice::toString).anySatisfy(notice -> assertThat(notice)
                .startsWith("bad.tf: line 2, column 7: expected an expression, found '='"));
        assertThat(notices).extracting(Notice::path).contains("bad.tf.json");
        assertThat(notices).extracting(Notice::level).containsOnly(Notice.Level.ERROR);
    }

    @Test
    void shouldRefuseFilesThatAreTooLarge() throws Exception {
        createFile("large.tf", "# ".repeat(TerraformFile.MAX_SIZE));
        createFile("small.tf", "resource \"r\" \"r\" {}");

        assertThat(readAll()).hasSize(1);
        assertThat(notices).singleElement().satisfies(notice -> assertThat(notice.message()).contains("larger than"));
    }

    @Test
    void shouldBoundWhatOneModuleCosts() throws Exception {
        createFile("main.tf", """
                locals {
                  a = range(5000)
                  b = [for x in local.a : [for y in local.a : [for z in local.a : x + y + z]]]
                }
                resource "r" "costly" { x = local.b }
                resource "r" "many" { count = 1000000 }
                """);
        createFile("other/main.tf", "resource \"r\" \"r\" { x = 1 + 1 }");

        List<Resource> all = readAll();

        assertThat(all).hasSizeLessThan(200);
        assertThat(show(all.stream().filter(r -> r.path().startsWith("other")).findFirst().orElseThrow().body()))
                .isEqualTo("{x: 2}");
        assertThat(notices).singleElement().satisfies(notice -> assertThat(notice.message()).contains("larger than"));
    }

    @Test
    void shouldBoundValuesThatShareTheirParts() throws Exception {
        StringBuilder text = new StringBuilder("locals {\n  a0 = [\"x\", \"y\"]\n  b0 = [\"x\", \"y\"]\n");
        for (int i = 1; i <= 40; i++) {
            for (String name : List.of("a", "b")) {
                String before = "local." + name + (i - 1);
                text.append("  ").append(name).append(i).append(" = [").append(before).append(", ").append(before)
                        .append("]\n");
            }
        }
        createFile("main.tf", text + """
                }
                resource "r" "nodes" { x = local.a40 }
                resource "r" "same" { x = local.a40 == local.b40 }
                resource "r" "json" { x = "${jsonencode(local.a40)}!" }
                resource "r" "flat" { x = flatten(local.a40) }
                resource "r" "good" { x = 1 }
                """);

        assertThat(show(read("r.same").body())).isEqualTo("{x: ?}");
        assertThat(show(read("r.json").body())).isEqualTo("{x: ?}");
        assertThat(show(read("r.flat").body())).isEqualTo("{x: ?}");
        assertThat(show(read("r.good").body())).isEqualTo("{x: 1}");
    }

    @Test
    void shouldBoundLongTexts() throws Exception {
        StringBuilder text = new StringBuilder("locals {\n  a0 = \"xxxxxxxxxxxxxxxxxxxx\"\n");
        for (int i = 1; i <= 40; i++) {
            text.append("  a").append(i).append(" = \"${local.a").append(i - 1).append("}${local.a").append(i - 1)
                    .append("}\"\n");
        }
        createFile("main.tf", text + "}\nresource \"r\" \"r\" { x = local.a40 }\n");

        assertThat(show(read("r.r").body())).isEqualTo("{x: ?}");
    }

    @Test
    void shouldNotMultiplyInstancesOfNestedModulesWithoutBound() throws Exception {
        for (int i = 0; i < 9; i++) {
            createFile("m" + i + "/main.tf", "module \"n\" {\n  source = \"../m" + (i + 1) + "\"\n  count = 50\n}\n");
        }
        createFile("m9/main.tf", "resource \"r\" \"r\" {}");

        assertThat(readAll()).hasSizeLessThan(1000);
        assertThat(notices).singleElement().satisfies(notice -> assertThat(notice.message()).contains("larger than"));
    }

    @Test
    void shouldKnowTheRestOfATextInWhichSomethingIsNotDeclared() throws Exception {
        createFile("main.tf", """
                resource "r" "r" {
                  policy = "{\\"Action\\": \\"s3:*\\", \\"Resource\\": \\"${aws_s3_bucket.elsewhere.arn}\\"}"
                  on     = True
                  off    = False
                }
                """);

        assertThat(show(read("r.r").body().get("policy"))).isEqualTo("{Action: \"s3:*\", Resource: ?}");
        assertThat(show(read("r.r").body().get("on"))).isEqualTo("true");
        assertThat(show(read("r.r").body().get("off"))).isEqualTo("false");
    }

    @Test
    void shouldGiveObjectsOfTheKubernetesProviderInAPlan() throws Exception {
        createFile("plan.json", """
                {"format_version":"1.2","terraform_version":"1.9.0","planned_values":{"root_module":{"resources":[
                {"address":"kubernetes_pod.p","mode":"managed","type":"kubernetes_pod","name":"p",
                 "values":{"metadata":[{"name":"p","namespace":"shop"}],
                 "spec":[{"host_network":true,"container":[{"image":"a"}]}]}}]}}}
                """);

        Resource pod = readAll().stream().filter(r -> r.platform().equals("kubernetes")).findFirst().orElseThrow();

        assertThat(show(pod.body().get("_pod"))).isEqualTo("{hostNetwork: true, containers: [{image: \"a\"}]}");
        assertThat(show(pod.body().get("_namespace"))).isEqualTo("\"shop\"");
    }

    @Test
    void shouldRelateAPrivateEndpointToTheServiceThatItsConnectionNames() throws Exception {
        createFile("main.tf", """
                resource "azurerm_key_vault" "v" {}
                resource "azurerm_private_endpoint" "e" {
                  private_service_connection {
                    private_connection_resource_id = azurerm_key_vault.v.id
                  }
                }
                """);

        Node related = read("azurerm_key_vault.v").body().get("_related");

        assertThat(((Node.Mapping) related).entries()).containsOnlyKeys("azurerm_private_endpoint");
    }

    @Test
    void shouldGiveObjectsOfTheKubernetesProviderAsKubernetesWritesThem() throws Exception {
        createFile("main.tf", """
                resource "kubernetes_pod" "p" {
                  metadata {
                    name   = "p"
                    labels = { my_app = "a" }
                  }
                  spec {
                    host_pid = true
                    container {
                      image             = "a"
                      image_pull_policy = "Always"
                      env {
                        name  = "A_B"
                        value = "c"
                      }
                    }
                    volume {
                      name = "v"
                      host_path { path = "/" }
                    }
                  }
                }
                resource "kubernetes_manifest" "m" {
                  manifest = {
                    apiVersion = "v1"
                    kind       = "Service"
                    metadata   = { name = "s" }
                  }
                }
                """);

        List<Resource> objects =
                readAll().stream().filter(r -> r.platform().equals("kubernetes")).toList();

        assertThat(objects).extracting(Resource::type).containsExactly("Pod", "Service");
        assertThat(objects).extracting(Resource::address).containsExactly("kubernetes_pod.p", "kubernetes_manifest.m");
        assertThat(show(objects.get(0).body().get("metadata")))
                .isEqualTo("{name: \"p\", labels: {my_app: \"a\"}, namespace: \"default\"}");
        assertThat(show(objects.get(0).body().get("spec"))).isEqualTo("{hostPID: true, containers: [{image: \"a\", "
                + "imagePullPolicy: \"Always\", env: [{name: \"A_B\", value: \"c\"}]}], "
                + "volumes: [{name: \"v\", hostPath: {path: \"/\"}}]}");
    }

    private void createFile(String path, String text) {
        files.put(path, text);
    }

    private void createChange(String path) {
        FileChange.Hunk first = new FileChange.Hunk(1, 1, 1, 1);
        FileChange file = new FileChange(path, path, FileChange.Kind.MODIFIED, List.of(first));
        change = ChangeSet.of("base", "head", List.of(file));
    }

    private AnalysisContext createContext() {
        SourceTree tree = new SourceTree() {
            @Override
            public void walk(Consumer<Entry> each) {}

            @Override
            public Optional<byte[]> read(String path) {
                return Optional.ofNullable(files.get(path)).map(text -> text.getBytes(StandardCharsets.UTF_8));
            }
        };
        return new AnalysisContext(tree, change, false, Progress.NONE);
    }

    private Resource read(String address) throws InterruptedException {
        List<Resource> all = readAll();
        return all.stream().filter(r -> r.address().equals(address)).findFirst()
                .orElseThrow(() -> new AssertionError(address + " is not in " + all));
    }

    private List<Resource> readAll() throws InterruptedException {
        notices.clear();
        FindingSink sink = new FindingSink() {
            @Override
            public void finding(Finding finding) {
                throw new AssertionError("a reader finds nothing");
            }

            @Override
            public void notice(Notice notice) {
                notices.add(notice);
            }
        };
        List<Resource> all = new ArrayList<>();
        ResourceReader.Session session = new TerraformReader().open(createContext());
        files.forEach((path, text) -> {
            if (session.wants(path)) {
                session.read(new SourceFile(path, text.getBytes(StandardCharsets.UTF_8)), all::add, sink);
            }
        });
        session.finish(all::add, sink);
        all.removeIf(r -> r.type().equals("module") || r.type().startsWith("data."));
        return all;
    }

    static String show(Node node) {
        if (node instanceof Node.Mapping mapping) {
            List<String> parts = new ArrayList<>();
            mapping.entries().forEach((key, entry) -> parts.add(key + ": " + show(entry.value())));
            return "{" + String.join(", ", parts) + "}";
        }
        if (node instanceof Node.Sequence sequence) {
            return "[" + String.join(", ", sequence.items().stream().map(TerraformReaderTest::show).toList()) + "]";
        }
        if (node instanceof Node.Scalar scalar) {
            return scalar.value() instanceof String text ? "\"" + text + "\"" : String.valueOf(scalar.value());
        }
        return "?";
    }
}

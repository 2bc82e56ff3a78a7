package io.jenkins.plugins.scmchecks.engine.analysis.policy.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.scmchecks.engine.analysis.AnalysisContext;
import io.jenkins.plugins.scmchecks.engine.analysis.Analyzer;
import io.jenkins.plugins.scmchecks.engine.analysis.FindingSink;
import io.jenkins.plugins.scmchecks.engine.analysis.Progress;
import io.jenkins.plugins.scmchecks.engine.analysis.SourceFile;
import io.jenkins.plugins.scmchecks.engine.analysis.SourceTree;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.PolicyAnalyzer;
import io.jenkins.plugins.scmchecks.engine.change.ChangeSet;
import io.jenkins.plugins.scmchecks.engine.finding.Finding;
import io.jenkins.plugins.scmchecks.engine.finding.Notice;
import io.jenkins.plugins.scmchecks.engine.finding.Severity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The built-in policies on trees of several modules. */
class TerraformPoliciesTest {

    private final Map<String, String> files = new LinkedHashMap<>();
    private final List<Notice> notices = new ArrayList<>();

    @Test
    void shouldFindWhatAModuleDoesWithTheInputsOfItsCallers() throws Exception {
        createFile("env/dev/main.tf", """
                module "db" {
                  source = "../../modules/db"
                  public = true
                }
                """);
        createFile("env/prod/main.tf", """
                module "db" {
                  source    = "../../modules/db"
                  encrypted = true
                }
                """);
        createFile("modules/db/main.tf", """
                variable "public" { default = false }
                variable "encrypted" { default = true }
                resource "aws_db_instance" "main" {
                  storage_encrypted   = var.encrypted
                  publicly_accessible = var.public
                }
                """);

        List<Finding> findings = analyze("SCM-AWS-DB-001", "SCM-AWS-DB-002");

        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.rule().id()).isEqualTo("SCM-AWS-DB-002");
            assertThat(finding.location().path()).isEqualTo("modules/db/main.tf");
            assertThat(finding.location().region().startLine()).isEqualTo(5);
            assertThat(finding.resource()).isEqualTo("module.db.aws_db_instance.main");
        });
    }

    @Test
    void shouldTellWhatAllInstancesHaveInCommonOnce() throws Exception {
        createFile("main.tf", """
                resource "aws_ebs_volume" "v" {
                  count = 5
                  size  = count.index
                }
                """);

        assertThat(analyze("SCM-AWS-EC2-004")).hasSize(1);
    }

    @Test
    void shouldNotFailWhatIsNotKnown() throws Exception {
        createFile("main.tf", """
                variable "unset" {}
                data "aws_vpc" "v" {}
                resource "aws_s3_bucket" "b" { acl = var.unset }
                resource "aws_s3_bucket_public_access_block" "b" {
                  bucket            = var.unset
                  block_public_acls = var.unset
                }
                resource "aws_security_group" "s" {
                  description = "x"
                  dynamic "ingress" {
                    for_each = var.unset
                    content {
                      from_port   = ingress.value
                      to_port     = ingress.value
                      protocol    = "tcp"
                      cidr_blocks = [data.aws_vpc.v.cidr_block]
                    }
                  }
                }
                resource "aws_db_instance" "d" {
                  storage_encrypted   = var.unset
                  publicly_accessible = var.unset
                  password            = var.unset
                }
                resource "aws_iam_policy" "p" { policy = var.unset }
                """);

        assertThat(analyze("SCM-AWS-S3-001", "SCM-AWS-S3-002", "SCM-AWS-S3-006", "SCM-AWS-VPC-001", "SCM-AWS-VPC-003",
                "SCM-AWS-DB-001", "SCM-AWS-DB-002", "SCM-AWS-DB-008", "SCM-AWS-IAM-001")).isEmpty();
    }

    @Test
    void shouldGiveNoMoreThanHintsForABucketThatIsDoneWell() throws Exception {
        createFile("main.tf", """
                resource "aws_kms_key" "k" { enable_key_rotation = true }
                resource "aws_s3_bucket" "b" { bucket = "data" }
                resource "aws_s3_bucket_public_access_block" "b" {
                  bucket                  = aws_s3_bucket.b.id
                  block_public_acls       = true
                  block_public_policy     = true
                  ignore_public_acls      = true
                  restrict_public_buckets = true
                }
                resource "aws_s3_bucket_versioning" "b" {
                  bucket = aws_s3_bucket.b.id
                  versioning_configuration { status = "Enabled" }
                }
                resource "aws_s3_bucket_logging" "b" {
                  bucket        = aws_s3_bucket.b.id
                  target_bucket = "logs"
                  target_prefix = "data/"
                }
                resource "aws_s3_bucket_server_side_encryption_configuration" "b" {
                  bucket = aws_s3_bucket.b.id
                  rule {
                    apply_server_side_encryption_by_default {
                      sse_algorithm     = "aws:kms"
                      kms_master_key_id = aws_kms_key.k.arn
                    }
                  }
                }
                """);

        assertThat(analyze()).allSatisfy(finding -> assertThat(finding.severity()).isEqualTo(Severity.INFO));
        assertThat(notices).isEmpty();
    }

    @Test
    void shouldJudgeAPolicyOfWhichAPartIsNotDeclaredHere() throws Exception {
        createFile("main.tf", """
                resource "aws_sqs_queue_policy" "open" {
                  queue_url = aws_sqs_queue.elsewhere.id
                  policy    = <<POLICY
                {
                  "Statement": [{
                    "Effect": "Allow",
                    "Principal": "*",
                    "Action": "sqs:SendMessage",
                    "Resource": "${aws_sqs_queue.elsewhere.arn}"
                  }]
                }
                POLICY
                }
                """);

        assertThat(analyze("SCM-AWS-APP-023")).singleElement()
                .satisfies(finding -> assertThat(finding.resource()).isEqualTo("aws_sqs_queue_policy.open"));
    }

    @Test
    void shouldJudgeWhatTheKubernetesProviderMakesAsKubernetesDoes() throws Exception {
        createFile("main.tf", """
                resource "kubernetes_deployment_v1" "web" {
                  metadata {
                    name      = "web"
                    namespace = "shop"
                  }
                  spec {
                    template {
                      spec {
                        container {
                          name  = "web"
                          image = "nginx:1.27"
                          security_context {
                            privileged = true
                          }
                        }
                      }
                    }
                  }
                }
                """);

        assertThat(analyze("SCM-K8S-001")).singleElement().satisfies(finding -> {
            assertThat(finding.resource()).isEqualTo("kubernetes_deployment_v1.web");
            assertThat(finding.location().region().startLine()).isEqualTo(13);
        });
    }

    private void createFile(String path, String text) {
        files.put(path, text);
    }

    /** @param rules that count; all when none are given */
    private List<Finding> analyze(String... rules) throws Exception {
        List<Finding> findings = new ArrayList<>();
        FindingSink sink = new FindingSink() {
            @Override
            public void finding(Finding finding) {
                if (rules.length == 0 || List.of(rules).contains(finding.rule().id())) {
                    findings.add(finding);
                }
            }

            @Override
            public void notice(Notice notice) {
                notices.add(notice);
            }
        };
        AnalysisContext context =
                new AnalysisContext(new Tree(files), ChangeSet.withoutBase(null), false, Progress.NONE);
        Analyzer.Session session =
                new PolicyAnalyzer(List.of(new TerraformReader()), List.of()).open(context);
        files.forEach((path, text) -> {
            if (session.wants(path)) {
                session.visit(new SourceFile(path, text.getBytes(StandardCharsets.UTF_8)), sink);
            }
        });
        session.finish(sink);
        return findings;
    }

    private record Tree(Map<String, String> files) implements SourceTree {

        @Override
        public void walk(Consumer<Entry> entries) {
            files.forEach((path, text) -> entries.accept(new Entry(path, text.length())));
        }

        @Override
        public Optional<byte[]> read(String path) {
            return Optional.ofNullable(files.get(path)).map(text -> text.getBytes(StandardCharsets.UTF_8));
        }
    }
}

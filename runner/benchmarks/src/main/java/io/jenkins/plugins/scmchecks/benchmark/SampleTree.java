package io.jenkins.plugins.scmchecks.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * A source tree that is the same wherever it is generated: services with Java, YAML, Markdown and Terraform in the
 * proportions of a repository that has both code and infrastructure, about two kilobytes a file.
 */
final class SampleTree {

    private static final int FILES_PER_FOLDER = 24;
    private static final String[] WORDS =
            ("account amount batch bucket cache charge client cluster column commit cursor customer delivery discount"
                            + " endpoint entry event field filter handler invoice item label ledger limit listener"
                            + " network offset order parcel payment policy price product queue reader record region"
                            + " request result retry route schema secret service session shipment source status"
                            + " storage table target tenant token total vendor version volume warehouse window writer")
                    .split(" ");

    private SampleTree() {}

    /**
     * Writes a tree.
     *
     * @param files how many in all
     * @param terraformInThousand how many of a thousand are Terraform
     */
    static void write(Path root, int files, int terraformInThousand) throws IOException {
        for (int i = 0; i < files; i++) {
            String path = path(i, terraformInThousand);
            Path file = root.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, content(path, i, 0));
        }
    }

    /** {@return the path of a file by its number} */
    static String path(int number, int terraformInThousand) {
        String folder = "service-" + number / FILES_PER_FOLDER / 8 + "/part-" + number / FILES_PER_FOLDER % 8;
        // A prime spreads the kinds evenly, so that every folder has of each.
        if (number * 7919L % 1000 < terraformInThousand) {
            return folder + "/infra/main" + number + ".tf";
        }
        return switch (number % 12) {
            case 0 -> folder + "/docs/page" + number + ".md";
            case 1, 2 -> folder + "/config/settings" + number + ".yml";
            case 3 -> folder + "/web/view" + number + ".js";
            default -> folder + "/src/Type" + number + ".java";
        };
    }

    /**
     * {@return a file's content}
     *
     * @param edition another one has some lines changed, as a commit changes them
     */
    static String content(String path, int number, int edition) {
        Random random = new Random(number);
        String before = path.endsWith(".tf") ? terraform(number, random) : text(path, number, random);
        if (edition == 0) {
            return before;
        }
        String[] lines = before.split("\n", -1);
        StringBuilder after = new StringBuilder(before.length() + 200);
        for (int i = 0; i < lines.length; i++) {
            after.append(lines[i]).append(i < lines.length - 1 ? "\n" : "");
            if (i == lines.length / 2 && !path.endsWith(".tf")) {
                after.append(path.endsWith(".yml") ? "# edition " : "// edition ").append(edition).append('\n');
            }
        }
        return path.endsWith(".tf") ? after + bucket("added" + number + "_" + edition, random) : after.toString();
    }

    private static String text(String path, int number, Random random) {
        StringBuilder text = new StringBuilder(2400);
        String kind = path.substring(path.lastIndexOf('.') + 1);
        for (int line = 0; line < 44; line++) {
            String first = word(random);
            String second = word(random);
            switch (kind) {
                case "yml" -> text.append("  ".repeat(line % 3)).append(first).append('-').append(line).append(": ")
                        .append(line % 3 == 2 ? second + "-" + random.nextInt(9000) : "").append('\n');
                case "md" -> text.append("The ").append(first).append(" of a ").append(second).append(" is kept by the ")
                        .append(word(random)).append(", see issue ").append(random.nextInt(9000)).append(".\n");
                default -> text.append("        ").append(first).append(".set").append(second).append('(')
                        .append(word(random)).append(", \"").append(word(random)).append(random.nextInt(90000))
                        .append("\");\n");
            }
        }
        // One file in a thousand holds a secret. It is put together here, so that this file has none itself.
        if (number % 1000 == 7) {
            text.append("    token = \"ghp").append('_').append(alphanumeric(random, 36)).append("\"\n");
        }
        return text.toString();
    }

    private static String terraform(int number, Random random) {
        StringBuilder text = new StringBuilder(2400);
        text.append("variable \"region").append(number).append("\" {\n  type    = string\n  default = \"eu-central-1\"\n}\n\n");
        text.append("locals {\n  name").append(number).append(" = \"").append(word(random))
                .append("-${var.region").append(number).append("}\"\n  tags").append(number)
                .append(" = merge({ owner = \"").append(word(random)).append("\" }, { stage = \"prod\" })\n}\n\n");
        text.append(bucket("data" + number, random));
        text.append("resource \"aws_security_group\" \"web").append(number).append("\" {\n  name = local.name")
                .append(number).append("\n  ingress {\n    from_port   = 22\n    to_port     = 22\n")
                .append("    protocol    = \"tcp\"\n    cidr_blocks = [\"").append(number % 2 == 0 ? "0.0.0.0/0" : "10.0.0.0/8")
                .append("\"]\n  }\n  tags = local.tags").append(number).append("\n}\n\n");
        text.append("resource \"aws_db_instance\" \"db").append(number).append("\" {\n")
                .append("  engine              = \"postgres\"\n  instance_class      = \"db.t3.micro\"\n")
                .append("  storage_encrypted   = ").append(number % 3 == 0).append("\n  publicly_accessible = ")
                .append(number % 5 == 0).append("\n  allocated_storage   = ").append(20 + random.nextInt(80))
                .append("\n}\n\n");
        text.append("resource \"aws_instance\" \"node").append(number).append("\" {\n  count = 2\n")
                .append("  ami = \"ami-0123456789\"\n  instance_type = \"t3.small\"\n")
                .append("  vpc_security_group_ids = [aws_security_group.web").append(number).append(".id]\n")
                .append("  root_block_device {\n    encrypted = ").append(number % 4 == 0).append("\n  }\n")
                .append("  metadata_options {\n    http_tokens = \"").append(number % 2 == 0 ? "required" : "optional")
                .append("\"\n  }\n}\n");
        return text.toString();
    }

    private static String bucket(String name, Random random) {
        return "resource \"aws_s3_bucket\" \"" + name + "\" {\n  bucket = \"" + word(random) + "-" + name
                + "\"\n  acl    = \"" + (random.nextBoolean() ? "public-read" : "private") + "\"\n}\n\n";
    }

    private static String word(Random random) {
        return WORDS[random.nextInt(WORDS.length)];
    }

    private static String alphanumeric(Random random, int length) {
        byte[] text = new byte[length];
        for (int i = 0; i < length; i++) {
            int at = random.nextInt(62);
            text[i] = (byte) (at < 10 ? '0' + at : at < 36 ? 'A' + at - 10 : 'a' + at - 36);
        }
        return new String(text, StandardCharsets.US_ASCII);
    }
}

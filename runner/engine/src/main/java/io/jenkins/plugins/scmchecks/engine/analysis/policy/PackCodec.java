package io.jenkins.plugins.scmchecks.engine.analysis.policy;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.condition.Binding;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.condition.Expression;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.condition.ExpressionCodec;
import io.jenkins.plugins.scmchecks.engine.analysis.policy.condition.Template;
import io.jenkins.plugins.scmchecks.engine.finding.Severity;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Writes compiled policies, without their examples, and reads them again; see {@link PackCompiler}. */
final class PackCodec {

    private PackCodec() {}

    static void write(List<CompiledPolicy> policies, DataOutput out) throws IOException {
        out.writeInt(policies.size());
        for (CompiledPolicy compiled : policies) {
            write(compiled.policy(), out);
            out.writeShort(compiled.each().size());
            for (Binding binding : compiled.each()) {
                out.writeUTF(binding.variable());
                ExpressionCodec.write(binding.range(), out);
            }
            ExpressionCodec.write(compiled.failsWhen(), out);
            out.writeShort(compiled.at().size());
            for (Expression path : compiled.at()) {
                ExpressionCodec.write(path, out);
            }
            compiled.message().write(out);
        }
    }

    private static void write(Policy policy, DataOutput out) throws IOException {
        out.writeUTF(policy.id());
        out.writeUTF(policy.title());
        out.writeUTF(policy.platform());
        out.writeByte(policy.severity().ordinal());
        out.writeUTF(policy.failsWhen());
        out.writeUTF(policy.message());
        out.writeUTF(policy.description());
        out.writeUTF(policy.remediation());
        out.writeInt(policy.line());
        for (List<String> texts : List.of(
                policy.resources(), policy.each(), policy.at(), policy.with(), policy.references(), policy.aliases())) {
            out.writeShort(texts.size());
            for (String text : texts) {
                out.writeUTF(text);
            }
        }
    }

    static List<CompiledPolicy> read(DataInput in) throws IOException {
        int count = in.readInt();
        List<CompiledPolicy> policies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Policy policy = readPolicy(in);
            List<Binding> each = new ArrayList<>();
            for (int size = in.readUnsignedShort(); size > 0; size--) {
                String variable = in.readUTF();
                each.add(new Binding(variable, ExpressionCodec.read(in)));
            }
            Expression failsWhen = ExpressionCodec.read(in);
            List<Expression> at = new ArrayList<>();
            for (int size = in.readUnsignedShort(); size > 0; size--) {
                at.add(ExpressionCodec.read(in));
            }
            policies.add(new CompiledPolicy(policy, each, failsWhen, at, Template.read(in)));
        }
        return policies;
    }

    private static Policy readPolicy(DataInput in) throws IOException {
        String id = in.readUTF();
        String title = in.readUTF();
        String platform = in.readUTF();
        Severity severity = Severity.values()[in.readUnsignedByte()];
        String failsWhen = in.readUTF();
        String message = in.readUTF();
        String description = in.readUTF();
        String remediation = in.readUTF();
        int line = in.readInt();
        List<String> resources = texts(in);
        List<String> each = texts(in);
        List<String> at = texts(in);
        List<String> with = texts(in);
        return new Policy(
                id, title, platform, severity, resources, each, failsWhen, at, message, with, description, remediation,
                texts(in), texts(in), List.of(), line);
    }

    private static List<String> texts(DataInput in) throws IOException {
        int size = in.readUnsignedShort();
        List<String> texts = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            texts.add(in.readUTF());
        }
        return texts;
    }
}

package io.jenkins.plugins.scmchecks.engine.analysis.policy;

import io.jenkins.plugins.scmchecks.engine.analysis.policy.condition.ConditionException;
import io.jenkins.plugins.scmchecks.engine.analysis.store.ProgramIdentity;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * Compiles the built-in packs while the program is built: reading their YAML and parsing their conditions takes longer
 * than many an analysis. What it writes carries a checksum of the YAML, and is not used once that has changed.
 */
final class PackCompiler {

    private static final int FORMAT = 1;

    private PackCompiler() {}

    /**
     * Writes {@code <platform>.compiled} beside the packs, and the program's identity, of which they are a part.
     *
     * @param arguments the folder of the compiled classes and resources
     */
    public static void main(String[] arguments) throws IOException, ConditionException {
        String folderOfClass = PackCompiler.class.getPackageName().replace('.', '/');
        Path folder = Path.of(arguments[0]).resolve(folderOfClass).resolve("packs");
        for (String platform : Packs.platforms()) {
            Files.write(folder.resolve(platform + ".compiled"), compile(platform));
        }
        ProgramIdentity.write(Path.of(arguments[0]));
    }

    static byte[] compile(String platform) throws IOException, ConditionException {
        List<CompiledPolicy> policies = new ArrayList<>();
        for (PolicyPack pack : Packs.builtIn(platform)) {
            for (Policy policy : pack.policies()) {
                policies.add(CompiledPolicy.of(policy));
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(FORMAT);
        out.writeLong(checksum(Packs.sources(platform)));
        PackCodec.write(policies, out);
        return bytes.toByteArray();
    }

    /**
     * Reads what {@link #compile} made.
     *
     * @param sources the YAML of the platform's packs as it is now
     * @return the policies, or empty when they were made of something else
     */
    static Optional<List<CompiledPolicy>> read(byte[] compiled, List<byte[]> sources) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(compiled));
        boolean current = in.readInt() == FORMAT && in.readLong() == checksum(sources);
        return current ? Optional.of(PackCodec.read(in)) : Optional.empty();
    }

    private static long checksum(List<byte[]> sources) {
        CRC32 checksum = new CRC32();
        long length = 0;
        for (byte[] source : sources) {
            checksum.update(source);
            length += source.length;
        }
        return length << 32 ^ checksum.getValue();
    }
}

package io.jenkins.plugins.scmchecks.engine.analysis.policy;

import io.jenkins.plugins.scmchecks.engine.analysis.AnalysisContext;
import io.jenkins.plugins.scmchecks.engine.analysis.FindingSink;
import io.jenkins.plugins.scmchecks.engine.analysis.SourceFile;
import java.util.function.Consumer;

/** Reads the resources of one platform out of a tree. */
public interface ResourceReader {

    /** {@return the platform of all resources it reads} */
    String platform();

    Session open(AnalysisContext context);

    /** One reading of one tree; the same calls as of an analyzer's session. */
    interface Session {

        boolean wants(String path);

        /** Says whether a wanted file is needed even though the change does not touch it. */
        default boolean needs(String path) {
            return false;
        }

        /** Reads one file; called from several threads. A file that cannot be read is a notice, and costs no other. */
        void read(SourceFile file, Consumer<Resource> resources, FindingSink notices);

        /** Called once after the last file, for resources that need several files, as Terraform's modules do. */
        default void finish(Consumer<Resource> resources, FindingSink notices) throws InterruptedException {}
    }
}

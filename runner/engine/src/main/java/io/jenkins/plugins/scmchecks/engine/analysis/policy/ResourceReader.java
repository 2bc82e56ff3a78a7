package io.jenkins.plugins.scmchecks.engine.analysis.policy;

import io.jenkins.plugins.scmchecks.engine.analysis.AnalysisContext;
import io.jenkins.plugins.scmchecks.engine.analysis.FindingSink;
import io.jenkins.plugins.scmchecks.engine.analysis.SourceFile;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Reads the resources of one platform out of a tree. */
public interface ResourceReader {

    /** {@return the platform of all resources it reads} */
    String platform();

    Session open(AnalysisContext context);

    /** One reading of one tree; the same calls as of an analyzer's session. */
    interface Session {

        boolean wants(String path);

        /** {@return which of the wanted files are needed even though the change does not touch them; empty for none} */
        default Optional<Predicate<String>> needs() {
            return Optional.empty();
        }

        /**
         * {@return what decides what is read from a file, besides its path and content; empty when more does than can be
         * said} Most files stand for themselves.
         */
        default Optional<String> basis(String path) {
            return Optional.of("");
        }

        /** Reads one file; called from several threads. A file that cannot be read is a notice, and costs no other. */
        void read(SourceFile file, Consumer<Resource> resources, FindingSink notices);

        /** Called once after the last file, for resources that need several files, as Terraform's modules do. */
        default void finish(Consumer<Resource> resources, FindingSink notices) throws InterruptedException {}
    }
}

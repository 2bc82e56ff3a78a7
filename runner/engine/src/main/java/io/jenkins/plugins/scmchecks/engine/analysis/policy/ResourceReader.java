package io.jenkins.plugins.scmchecks.engine.analysis.policy;

import io.jenkins.plugins.scmchecks.engine.analysis.AnalysisContext;
import io.jenkins.plugins.scmchecks.engine.analysis.FindingSink;
import io.jenkins.plugins.scmchecks.engine.analysis.Analyzer;
import io.jenkins.plugins.scmchecks.engine.analysis.SourceFile;
import io.jenkins.plugins.scmchecks.engine.analysis.SourceTree;
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
         * said, an empty text when nothing does} See {@link Analyzer.Session#basis}.
         */
        default Optional<String> basis(String path) {
            return Optional.empty();
        }

        /** {@return whether what was read of a file is judged with other files, and so not kept by itself} */
        default boolean remembers(String path) {
            return false;
        }

        /** Says that a wanted file need not be read now; see {@link Analyzer.Session#skips}. */
        default boolean skips(SourceTree.Entry file) {
            return false;
        }

        /** Reads one file; called from several threads. A file that cannot be read is a notice, and costs no other. */
        void read(SourceFile file, Consumer<Resource> resources, FindingSink notices);

        /** Called once after the last file, for resources that need several files, as Terraform's modules do. */
        default void finish(Consumer<Resource> resources, FindingSink notices) throws InterruptedException {}

        /** The same for a reader whose resources come in parts that stand for themselves. */
        default void finish(Consumer<Resource> resources, FindingSink notices, Parts parts)
                throws InterruptedException {
            finish(resources, notices);
        }
    }

    /** Judges what was read part by part, as far as that was not done in an earlier run. */
    interface Parts {

        /** Reads the resources of one part. */
        interface Work {
            /** {@return whether that is the whole of it, so that it need not be done again} */
            boolean read(Consumer<Resource> resources, FindingSink notices);
        }

        /** @param basis all that decides what there is to be read; empty when that cannot be said */
        void judge(Optional<String> basis, Work work);
    }
}

package io.jenkins.plugins.scmchecks.engine.analysis;

import java.util.Optional;
import java.util.function.Predicate;

/**
 * One way of finding things: policies, secrets, an external tool, a report file. All analyzers share one pass over the
 * tree, in which every file is read once; see {@link Scan}.
 */
public interface Analyzer {

    /** {@return a short stable name, as in {@code --analyzers policy,secret}} */
    String name();

    /** {@return what an analysis needs to be there} */
    default Reach reach() {
        return Reach.FILE;
    }

    /** What an analysis needs to be there. */
    enum Reach {
        /** Files, wherever they come from: so the base is analysed as well, and compared with. */
        FILE,
        /** A directory on disk: so the base cannot be analysed, and new is what stands on changed lines. */
        DIRECTORY
    }

    /** Begins one analysis. What a session learns belongs to it alone, so analyzers themselves hold no state. */
    Session open(AnalysisContext context);

    /** One analysis of one tree. */
    interface Session {

        /** What is done once, when all files have been seen. */
        @FunctionalInterface
        interface Finish {
            void run(FindingSink sink) throws InterruptedException;
        }

        /** {@return a session that wants no file, and does all of its work at the end} */
        static Session atTheEnd(Finish finish) {
            return new Session() {
                @Override
                public boolean wants(String path) {
                    return false;
                }

                @Override
                public void visit(SourceFile file, FindingSink sink) {
                    throw new IllegalStateException("wants no file");
                }

                @Override
                public void finish(FindingSink sink) throws InterruptedException {
                    finish.run(sink);
                }
            };
        }

        /** Says, from the path alone, whether {@link #visit} should get the file. Called from several threads. */
        boolean wants(String path);

        /**
         * {@return which of the wanted files are needed even though the change does not touch them, because findings in
         * other files hang on them; empty for none, which spares going through the whole tree} Called from several
         * threads.
         */
        default Optional<Predicate<String>> needs() {
            return Optional.empty();
        }

        /**
         * {@return what decides the result of a {@link #visit}, besides this program and the file's path and content;
         * empty when more does than can be said, so that the result is not kept for other runs} Called from several
         * threads.
         */
        default Optional<String> basis(String path) {
            return Optional.empty();
        }

        /**
         * {@return whether the session remembers something of a file that it has visited, so that it must be visited in
         * other runs too, however its {@link #basis} stays the same} Called from several threads.
         */
        default boolean remembers(String path) {
            return false;
        }

        /**
         * Says, before a wanted file would be read, that this need not be: the session knows enough of it, or reads it
         * later itself. Called once for each wanted file, from several threads.
         */
        default boolean skips(SourceTree.Entry file) {
            return false;
        }

        /**
         * Says whether a wanted file is to be seen even if it is binary: most analyzers can make nothing of one. Called
         * from several threads.
         */
        default boolean wantsBinary(String path) {
            return false;
        }

        /**
         * Looks at one file. Called once for each wanted file, from several threads at once. Bad content is a notice
         * in the sink, never an exception.
         */
        void visit(SourceFile file, FindingSink sink);

        /** Called once, after the last {@link #visit}: the place for what needs several files, or none. */
        default void finish(FindingSink sink) throws InterruptedException {}
    }
}

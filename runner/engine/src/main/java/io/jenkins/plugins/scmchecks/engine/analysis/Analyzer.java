package io.jenkins.plugins.scmchecks.engine.analysis;

/**
 * One way of finding things: policies, secrets, an external tool, a report file. All analyzers share one pass over the
 * tree, in which every file is read once; see {@link Scan}.
 */
public interface Analyzer {

    /** {@return a short stable name, as in {@code --analyzers policy,secret}} */
    String name();

    /** {@return how much of the tree a finding in one file can depend on} */
    default Reach reach() {
        return Reach.FILE;
    }

    /** Whether a finding depends on its own file alone, on other files as well, or on a directory on disk. */
    enum Reach {
        /** Files that a change does not touch need not be looked at: nothing in them can be new. */
        FILE,
        /** All wanted files are looked at, in the head and in the base. */
        TREE,
        /** The analysis needs the files on disk, so the base cannot be analysed: new is what is on changed lines. */
        DIRECTORY
    }

    /** Begins one analysis. What a session learns belongs to it alone, so analyzers themselves hold no state. */
    Session open(AnalysisContext context);

    /** One analysis of one tree. */
    interface Session {

        /** Says, from the path alone, whether {@link #visit} should get the file. Called from several threads. */
        boolean wants(String path);

        /**
         * Looks at one file. Called once for each wanted file, from several threads at once. Bad content is a notice
         * in the sink, never an exception.
         */
        void visit(SourceFile file, FindingSink sink);

        /** Called once, after the last {@link #visit}: the place for what needs several files, or none. */
        default void finish(FindingSink sink) throws InterruptedException {}
    }
}

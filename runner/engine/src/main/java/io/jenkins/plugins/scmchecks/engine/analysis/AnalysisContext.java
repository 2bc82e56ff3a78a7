package io.jenkins.plugins.scmchecks.engine.analysis;

import io.jenkins.plugins.scmchecks.engine.analysis.store.ResultStore;
import io.jenkins.plugins.scmchecks.engine.change.ChangeSet;
import java.util.Objects;

/**
 * What an analyzer may know of the analysis it takes part in.
 *
 * @param tree that is analysed
 * @param change that brought the tree about
 * @param trusted false for a fork's pull request: its files are data then, so nothing in them may choose what runs
 * @param progress to tell of long work
 * @param results of earlier work
 */
public record AnalysisContext(
        SourceTree tree, ChangeSet change, boolean trusted, Progress progress, ResultStore results) {

    /** An analysis that begins with nothing and leaves nothing. */
    public AnalysisContext(SourceTree tree, ChangeSet change, boolean trusted, Progress progress) {
        this(tree, change, trusted, progress, ResultStore.NONE);
    }

    public AnalysisContext {
        Objects.requireNonNull(tree, "tree");
        Objects.requireNonNull(change, "change");
        Objects.requireNonNull(progress, "progress");
        Objects.requireNonNull(results, "results");
    }
}

package io.jenkins.plugins.scmchecks.engine.analysis;

/** Is told how long work goes on; a terminal shows it, a build log sums it up, a pipe ignores it. Thread-safe. */
public interface Progress {

    Progress NONE = (step, done, total) -> {};

    /**
     * @param step what is being done, such as {@code "Reading files"}
     * @param done so far
     * @param total in all, or 0 when not known yet
     */
    void update(String step, long done, long total);
}

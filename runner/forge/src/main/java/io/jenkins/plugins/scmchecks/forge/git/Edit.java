package io.jenkins.plugins.scmchecks.forge.git;

/** One change that a commit makes to the tree. */
public sealed interface Edit {

    /** Writes a file, over what may be there. */
    record Write(String path, byte[] content) implements Edit {}

    record Delete(String path) implements Edit {}

    record Rename(String from, String to) implements Edit {}
}

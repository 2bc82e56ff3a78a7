package io.jenkins.plugins.scmchecks.cli;

import picocli.CommandLine.IVersionProvider;

/** The version of the jar that runs, and of what runs it. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Main.class.getPackage().getImplementationVersion();
        return new String[] {
            "scm-checks " + (version == null ? "(not packaged)" : version),
            "Java " + Runtime.version() + ", " + System.getProperty("os.name") + " " + System.getProperty("os.arch")
        };
    }
}

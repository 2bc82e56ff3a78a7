package io.jenkins.plugins.scmchecks.cli;

import io.jenkins.plugins.scmchecks.cli.demo.Demo;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the whole way of a pull request on this machine. */
@Command(
        name = "demo",
        description = "Shows the whole way of a pull request, on a source-code manager that runs in this process.")
final class DemoCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--once", description = "End when all was seen; with an error when it was not.")
    private boolean once;

    @Option(names = "--port", defaultValue = "0", description = "The forge's port (default: a free one).")
    private int port;

    @Option(names = "--jenkins", description = "Through a real Jenkins; called in the plugin's own directory.")
    private boolean jenkins;

    @Option(names = "--maven", paramLabel = "PROGRAM", defaultValue = "mvn", description = "What starts Jenkins.")
    private Path maven;

    @Override
    public Integer call() throws Exception {
        new Demo(spec.commandLine().getOut()).run(port, once, jenkins ? maven : null);
        return 0;
    }
}

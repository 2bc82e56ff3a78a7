package io.jenkins.plugins.scmchecks.cli;

/** How a report is printed. */
enum Format {
    TABLE,
    SARIF,
    JSON,
    MARKDOWN
}

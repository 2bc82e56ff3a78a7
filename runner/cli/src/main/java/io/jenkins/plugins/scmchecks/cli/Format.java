package io.jenkins.plugins.scmchecks.cli;

/** How a report is printed. */
enum Format {
    TABLE,
    SARIF,
    JSON,
    /** GitLab's Code Quality report, for an artifact of that kind. */
    CODEQUALITY,
    MARKDOWN
}

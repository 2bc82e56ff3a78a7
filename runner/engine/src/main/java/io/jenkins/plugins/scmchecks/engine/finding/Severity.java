package io.jenkins.plugins.scmchecks.engine.finding;

import java.util.Locale;

/** How bad a finding is; the worst comes first, so {@code compareTo} sorts the worst to the top. */
public enum Severity {
    CRITICAL,
    HIGH,
    MEDIUM,
    LOW,
    INFO;

    /** {@return whether this is as bad as {@code other}, or worse} */
    public boolean atLeast(Severity other) {
        return compareTo(other) <= 0;
    }

    /** {@return the lower-case name, as written in reports and configuration} */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The level of SARIF 2.1.0 (3.27.10): critical and high are {@code error}, medium is {@code warning}, the others
     * {@code note}.
     */
    public String sarifLevel() {
        return switch (this) {
            case CRITICAL, HIGH -> "error";
            case MEDIUM -> "warning";
            case LOW, INFO -> "note";
        };
    }

    /**
     * Reads a severity as people and configuration write it, in any case.
     *
     * @throws IllegalArgumentException naming the allowed values
     */
    public static Severity parse(String text) {
        for (Severity severity : values()) {
            if (severity.name().equalsIgnoreCase(text.strip())) {
                return severity;
            }
        }
        throw new IllegalArgumentException(
                "unknown severity '" + text + "'; use one of critical, high, medium, low, info");
    }

    /** A severity from SARIF's {@code level}; an unknown or missing level is SARIF's default, {@code warning}. */
    public static Severity ofSarifLevel(String level) {
        return switch (level == null ? "warning" : level) {
            case "error" -> HIGH;
            case "note" -> LOW;
            case "none" -> INFO;
            default -> MEDIUM;
        };
    }

    /** A severity from the {@code security-severity} property, a CVSS score from 0.0 to 10.0 (CVSS 3.1, section 5). */
    public static Severity ofSecurityScore(double score) {
        if (score >= 9.0) {
            return CRITICAL;
        }
        if (score >= 7.0) {
            return HIGH;
        }
        if (score >= 4.0) {
            return MEDIUM;
        }
        return score > 0 ? LOW : INFO;
    }
}

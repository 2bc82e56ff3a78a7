package io.jenkins.plugins.scmchecks.forge.page;

import java.util.Locale;

/** Line drawings in a square of sixteen. */
enum Icon {
    SUCCESS("M3 8.5 6.5 12 13 4.5"),
    FAILURE("M4 4l8 8M12 4l-8 8"),
    NEUTRAL("M3 8h10"),
    PENDING("M8 3.5V8l3 2"),
    WARNING("M8 2 14.5 13.5h-13zM8 6.5v3M8 11.4v.3"),
    NOTICE("M8 1.8a6.2 6.2 0 1 0 .01 0zM8 7.3v3.8M8 4.8v.3"),
    REPOSITORY("M3.5 2h9v12h-9zM3.5 11h9M6 2v9"),
    PULL("M4.5 5.5v5M4.5 5.5a1.8 1.8 0 1 1 .01 0zM4.5 14a1.8 1.8 0 1 1 .01 0zM11.5 14a1.8 1.8 0 1 1 .01 0zM11.5 "
            + "10.5V6.5a2 2 0 0 0-2-2H8M9.7 2.6 7.8 4.5l1.9 1.9"),
    BRANCH("M4.5 5.5v5M4.5 5.5a1.8 1.8 0 1 1 .01 0zM4.5 14a1.8 1.8 0 1 1 .01 0zM11.5 5.5a1.8 1.8 0 1 1 .01 0zM11.5 "
            + "5.5c0 3-3 3-7 4.5"),
    COMMIT("M8 10.7a2.7 2.7 0 1 1 .01 0zM1 8h4.3M10.7 8H15"),
    COMMENT("M2 3h12v8.5H7.5L4.5 14v-2.5H2z"),
    FILE("M3.5 1.8h6l3 3v9.4h-9zM9.5 1.8v3h3");

    private final String path;

    Icon(String path) {
        this.path = path;
    }

    String path() {
        return path;
    }

    String cssClass() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return the icon of a check's conclusion, or of a status' state; null is "not yet"} */
    static Icon of(String conclusion) {
        return switch (conclusion == null ? "" : conclusion.toLowerCase(Locale.ROOT)) {
            case "success", "successful", "succeeded", "pass" -> SUCCESS;
            case "failure", "failed", "error", "timed_out", "action_required", "fail" -> FAILURE;
            case "neutral", "skipped", "cancelled", "canceled", "stale" -> NEUTRAL;
            default -> PENDING;
        };
    }

    /** {@return the icon of an annotation's level} */
    static Icon ofLevel(String level) {
        return switch (level.toLowerCase(Locale.ROOT)) {
            case "failure", "high", "critical" -> FAILURE;
            case "warning", "medium" -> WARNING;
            default -> NOTICE;
        };
    }
}

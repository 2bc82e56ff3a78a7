package io.jenkins.plugins.scmchecks.engine.scm;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;

/** A provider did not do what was asked. The message says what, where and how to mend it, and holds no secret. */
public class ScmException extends IOException {

    private static final long serialVersionUID = 1L;

    /** What kind of failure it is, and so what to do about it. */
    public enum Reason {
        /** The credential is wrong, expired or revoked. */
        UNAUTHORIZED,
        /** The credential is good and lacks a permission, which the message names. */
        FORBIDDEN,
        /** There is no such thing, or the credential may not see it: providers do not tell which. */
        NOT_FOUND,
        /** Too many requests: try again after {@link ScmException#retryAfter()}. */
        RATE_LIMITED,
        /** The provider or the way to it is down: try again later. */
        UNAVAILABLE,
        /** The provider refused what was sent; trying again changes nothing. */
        REJECTED
    }

    private final Reason reason;
    private final Duration retryAfter;

    public ScmException(Reason reason, String message, Throwable cause) {
        this(reason, message, Duration.ZERO, cause);
    }

    public ScmException(Reason reason, String message, Duration retryAfter, Throwable cause) {
        super(message, cause);
        this.reason = Objects.requireNonNull(reason, "reason");
        this.retryAfter = Objects.requireNonNull(retryAfter, "retryAfter");
    }

    public Reason reason() {
        return reason;
    }

    /** {@return how long to wait before trying again; zero when the provider did not say} */
    public Duration retryAfter() {
        return retryAfter;
    }

    /** {@return whether the same request may succeed later} */
    public boolean isTransient() {
        return reason == Reason.RATE_LIMITED || reason == Reason.UNAVAILABLE;
    }
}

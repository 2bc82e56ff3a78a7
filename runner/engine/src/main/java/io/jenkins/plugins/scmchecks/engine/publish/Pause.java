package io.jenkins.plugins.scmchecks.engine.publish;

import java.time.Duration;

/** Waits before something is tried again; another one in tests, so that they do not wait. */
@FunctionalInterface
public interface Pause {

    /** Lets the thread sleep. */
    Pause SLEEP = duration -> Thread.sleep(duration.toMillis());

    void of(Duration duration) throws InterruptedException;
}

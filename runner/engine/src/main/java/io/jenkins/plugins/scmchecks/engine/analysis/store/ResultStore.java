package io.jenkins.plugins.scmchecks.engine.analysis.store;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps what was found out before, by all that decides it. It may forget anything at any time. Thread-safe. */
public interface ResultStore {

    /** Keeps nothing. */
    ResultStore NONE = new ResultStore() {
        @Override
        public byte[] get(ResultKey key) {
            return null;
        }

        @Override
        public void put(ResultKey key, byte[] result) {}
    };

    /** {@return a store that lasts as long as the analysis} */
    static ResultStore inMemory() {
        Map<ResultKey, byte[]> results = new ConcurrentHashMap<>();
        return new ResultStore() {
            @Override
            public byte[] get(ResultKey key) {
                return results.get(key);
            }

            @Override
            public void put(ResultKey key, byte[] result) {
                results.put(key, result);
            }
        };
    }

    /** {@return what was put under that key, not a copy: callers must not change it; null when it is not known} */
    byte[] get(ResultKey key);

    void put(ResultKey key, byte[] result);

    /** {@return whether there are later runs to keep findings for; within one, none are sought twice} */
    default boolean outlastsTheRun() {
        return false;
    }
}

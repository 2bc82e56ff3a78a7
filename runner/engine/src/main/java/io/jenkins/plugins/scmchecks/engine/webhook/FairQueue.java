package io.jenkins.plugins.scmchecks.engine.webhook;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Numbers of waiting deliveries, taken from one integration after the other, so that a busy one delays no other. */
final class FairQueue {

    private final Map<String, ArrayDeque<Long>> waiting = new LinkedHashMap<>();

    synchronized void add(String integration, long number) {
        waiting.computeIfAbsent(integration, i -> new ArrayDeque<>()).add(number);
        notifyAll();
    }

    /** Waits until there is one. */
    synchronized long take() throws InterruptedException {
        while (waiting.isEmpty()) {
            wait();
        }
        Iterator<Map.Entry<String, ArrayDeque<Long>>> first = waiting.entrySet().iterator();
        Map.Entry<String, ArrayDeque<Long>> next = first.next();
        String integration = next.getKey();
        ArrayDeque<Long> numbers = next.getValue();
        first.remove();
        long number = numbers.remove();
        if (!numbers.isEmpty()) {
            waiting.put(integration, numbers); // to the end of the round
        }
        return number;
    }
}

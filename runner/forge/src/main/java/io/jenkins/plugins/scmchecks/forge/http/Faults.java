package io.jenkins.plugins.scmchecks.forge.http;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** The faults on order; the first that matches a request is used up once. */
public final class Faults {

    private static final class Order {
        private final RequestMatcher matcher;
        private final Fault fault;
        private int skip;
        private int left;

        private Order(RequestMatcher matcher, Fault fault, int skip, int left) {
            this.matcher = matcher;
            this.fault = fault;
            this.skip = skip;
            this.left = left;
        }
    }

    private final List<Order> orders = new ArrayList<>();

    /**
     * Orders a fault.
     *
     * @param skip how many matching requests go well before
     * @param times how many then fail
     */
    public synchronized void order(RequestMatcher matcher, Fault fault, int skip, int times) {
        orders.add(new Order(matcher, fault, skip, times));
    }

    public synchronized void clear() {
        orders.clear();
    }

    synchronized Optional<Fault> next(String method, String path) {
        for (Iterator<Order> each = orders.iterator(); each.hasNext(); ) {
            Order order = each.next();
            if (!order.matcher.matches(method, path)) {
                continue;
            }
            if (order.skip > 0) {
                order.skip--;
                continue;
            }
            if (--order.left <= 0) {
                each.remove();
            }
            return Optional.of(order.fault);
        }
        return Optional.empty();
    }
}

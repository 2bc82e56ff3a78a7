package io.jenkins.plugins.scmchecks.engine.analysis.policy.condition;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Functions over addresses and ports. Nothing is resolved: a host name is no address. */
final class NetworkFunctions {

    private static final Set<String> EVERYBODY = Set.of("*", "any", "internet", "0.0.0.0", "::");

    /** Ranges that are not routed on the internet (IANA special-purpose address registries, RFC 6890). */
    private static final List<Block> PRIVATE = List.of(
            block("10.0.0.0/8"), block("172.16.0.0/12"), block("192.168.0.0/16"), block("127.0.0.0/8"),
            block("169.254.0.0/16"), block("100.64.0.0/10"), block("fc00::/7"), block("fe80::/10"), block("::1/128"));

    private record Block(byte[] address, int prefix) {

        boolean contains(Block other) {
            if (address.length != other.address.length || prefix > other.prefix) {
                return false;
            }
            for (int bit = 0; bit < prefix; bit++) {
                int mask = 0x80 >> (bit % 8);
                if ((address[bit / 8] & mask) != (other.address[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    private interface Test {
        Object test(String text);
    }

    private NetworkFunctions() {}

    static void addTo(Map<String, Functions.Function> all) {
        Functions.add(all, "cidr_open", 1, 1, (scope, x) -> any(x[0], NetworkFunctions::open));
        Functions.add(all, "cidr_public", 1, 1, (scope, x) -> any(x[0], NetworkFunctions::isPublic));
        Functions.add(all, "cidr_size", 1, 1, (scope, x) -> {
            Block block = block(Values.text(x[0]));
            return block == null ? new Undetermined("not a CIDR") : (Object) (long) block.prefix();
        });
        Functions.add(all, "port_in_range", 3, 3, (scope, x) -> portInRange(x[0], x[1], x[2]));
        Functions.add(all, "port_in", 2, 2, (scope, x) -> any(x[0], range -> portIn(range, x[1])));
    }

    /** Whether the test holds for one of a list's elements, or for the one value. */
    private static Object any(Object value, Test test) {
        Object result = false;
        for (Object raw : Values.asList(value)) {
            Object item = Values.unwrap(raw);
            Object truth = item instanceof Undetermined ? item : test.test(Values.text(item).strip());
            if (truth == Boolean.TRUE) {
                return true;
            }
            result = truth instanceof Undetermined ? truth : result;
        }
        return result;
    }

    private static Object open(String text) {
        if (EVERYBODY.contains(text.toLowerCase(Locale.ROOT))) {
            return true;
        }
        Block block = block(text);
        return block != null && block.prefix() == 0 || text.equals("/0");
    }

    private static Object isPublic(String text) {
        if (open(text) == Boolean.TRUE) {
            return true;
        }
        Block block = block(text);
        return block != null && PRIVATE.stream().noneMatch(range -> range.contains(block));
    }

    /** {@return the block of a literal address or CIDR, or null when the text is neither} */
    private static Block block(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        boolean literal = address.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}")
                || address.matches("[0-9a-fA-F.]*:[0-9a-fA-F:.]*");
        if (!literal || text.length() > 50) {
            return null;
        }
        try {
            byte[] bytes = InetAddress.getByName(address).getAddress();
            int prefix = slash < 0 ? bytes.length * 8 : Integer.parseInt(text.substring(slash + 1));
            return prefix < 0 || prefix > bytes.length * 8 ? null : new Block(bytes, prefix);
        } catch (UnknownHostException | NumberFormatException e) {
            return null;
        }
    }

    private static Object portInRange(Object fromValue, Object toValue, Object ports) {
        Double from = Values.number(fromValue);
        Double to = toValue == null ? from : Values.number(toValue);
        if (from == null || to == null) {
            return new Undetermined("no port range");
        }
        if (from < 0 || to < 0) {
            return true;
        }
        return any(ports, text -> {
            Double port = Values.number(text);
            return port != null && from <= port && port <= to;
        });
    }

    /** @param range such as {@code 22}, {@code 20-30}, {@code *}, or several of these with commas between them */
    private static Object portIn(String range, Object ports) {
        if (range.indexOf(',') >= 0) {
            return any(List.of(range.split(",")), one -> portIn(one, ports));
        }
        if (range.equals("*")) {
            return true;
        }
        int dash = range.indexOf('-', 1);
        return dash < 0
                ? portInRange(range, range, ports)
                : portInRange(range.substring(0, dash).strip(), range.substring(dash + 1).strip(), ports);
    }
}

package io.jenkins.plugins.scmchecks.engine.analysis.policy.terraform;

import java.util.List;

/**
 * A value that the files do not tell: a variable without a value, an attribute that the provider computes.
 *
 * @param why for people, such as {@code var.name has no value}
 * @param identity equal for two unknown values that must turn out equal, or null
 * @param origin the resource whose attribute it is, or null
 */
record UnknownValue(String why, String identity, ResourceInstance origin) {

    static UnknownValue because(String why) {
        return new UnknownValue(why, null, null);
    }

    boolean sameAs(UnknownValue other) {
        return this == other || identity != null && identity.equals(other.identity);
    }

    /** Two texts of the same known parts around the same unknown ones are equal, whatever these turn out to be. */
    static UnknownValue ofText(String text, List<UnknownValue> unknowns) {
        StringBuilder identity = new StringBuilder(text);
        for (UnknownValue unknown : unknowns) {
            if (unknown.identity() == null) {
                return UnknownValue.because(unknown.why());
            }
            identity.append('|').append(unknown.identity());
        }
        return new UnknownValue(unknowns.get(0).why(), identity.toString(), null);
    }
}

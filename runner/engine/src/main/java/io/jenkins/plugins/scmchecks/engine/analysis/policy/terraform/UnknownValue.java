package io.jenkins.plugins.scmchecks.engine.analysis.policy.terraform;

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
}

package io.jenkins.plugins.scmchecks.engine.analysis.policy.condition;

import com.google.re2j.Pattern;

/** A regular expression (RE2: linear time, whatever it is applied to) that is compiled when it is first used. */
final class LazyPattern {

    private final String regex;
    private volatile Pattern compiled;

    LazyPattern(String regex) {
        this.regex = regex;
    }

    String regex() {
        return regex;
    }

    boolean isIn(Object value) {
        Pattern pattern = compiled;
        if (pattern == null) {
            pattern = Pattern.compile(regex);
            compiled = pattern;
        }
        return Functions.matches(value, pattern);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LazyPattern pattern && regex.equals(pattern.regex);
    }

    @Override
    public int hashCode() {
        return regex.hashCode();
    }

    @Override
    public String toString() {
        return regex;
    }
}

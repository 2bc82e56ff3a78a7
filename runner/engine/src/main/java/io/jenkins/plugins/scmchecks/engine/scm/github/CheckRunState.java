package io.jenkins.plugins.scmchecks.engine.scm.github;

import io.jenkins.plugins.scmchecks.engine.publish.Digest;
import io.jenkins.plugins.scmchecks.engine.publish.Publication;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What we note, invisibly, in a check run's text about what it shows. A run whose annotations are not all there yet is
 * {@code partial}: whoever finds it after a crash goes on where it stopped.
 *
 * @param whole whether everything was written
 * @param check digest of all that the check shows
 * @param annotations digest of the annotations, which GitHub can add to but never remove
 */
record CheckRunState(boolean whole, String check, String annotations) {

    private static final Pattern TEXT =
            Pattern.compile("<!-- scm-checks:(whole|partial):([0-9a-f]{16}):([0-9a-f]{16}) -->");

    static CheckRunState of(Publication.Check check) {
        return new CheckRunState(true, Digest.of(check), Digest.of(check.annotations().toString()));
    }

    CheckRunState partial() {
        return new CheckRunState(false, check, annotations);
    }

    String text() {
        return "<!-- scm-checks:" + (whole ? "whole" : "partial") + ":" + check + ":" + annotations + " -->";
    }

    /** {@return the note in a check run's text, or null} */
    static CheckRunState parse(String text) {
        Matcher matcher = TEXT.matcher(text == null ? "" : text);
        return matcher.find()
                ? new CheckRunState(matcher.group(1).equals("whole"), matcher.group(2), matcher.group(3))
                : null;
    }
}

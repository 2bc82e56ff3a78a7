package io.jenkins.plugins.scmchecks.forge.gitlab;

import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.PullRequest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lines of a note that are commands: they are run with the rights of whoever wrote it, and left out of the note. */
final class QuickActions {

    private static final Pattern CODE = Pattern.compile("(?ms)^(`{3,})[^\\n]*\\n.*?^\\1`*$");
    private static final Pattern COMMAND = Pattern.compile("(?m)^/(close|merge|approve|reopen)\\b.*\\n?");

    private QuickActions() {}

    /** {@return the note without its commands} */
    static String run(String body, PullRequest pull, Account by) {
        StringBuilder rest = new StringBuilder();
        Matcher code = CODE.matcher(body);
        int from = 0;
        while (code.find()) {
            rest.append(commands(body.substring(from, code.start()), pull, by)).append(code.group());
            from = code.end();
        }
        return rest.append(commands(body.substring(from), pull, by)).toString();
    }

    private static String commands(String text, PullRequest pull, Account by) {
        Matcher command = COMMAND.matcher(text);
        if (command.find() && command.group(1).equals("close") && pull.open()) {
            pull.close(by);
        }
        return command.replaceAll("");
    }
}

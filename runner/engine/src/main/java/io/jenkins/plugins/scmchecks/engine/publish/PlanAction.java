package io.jenkins.plugins.scmchecks.engine.publish;

import java.util.List;

/** One step from what is there to what should be. Each may be done again after a crash without doing harm. */
public sealed interface PlanAction {

    /** {@return the step in a few words, for the log} */
    String describe();

    record CreateCheck(Publication.Check check) implements PlanAction {
        @Override
        public String describe() {
            return "create the check \"" + check.name() + "\" with " + check.annotations().size() + " annotations";
        }
    }

    record UpdateCheck(Observed.Check observed, Publication.Check check) implements PlanAction {
        @Override
        public String describe() {
            return "update the check \"" + check.name() + "\" with " + check.annotations().size() + " annotations";
        }
    }

    /** All new inline comments at once, since some providers notify people once for each request. */
    record CreateComments(List<Publication.InlineComment> comments) implements PlanAction {
        public CreateComments {
            comments = List.copyOf(comments);
        }

        @Override
        public String describe() {
            return "write " + comments.size() + " inline comments";
        }
    }

    record UpdateComment(Observed.Thread thread, Publication.InlineComment comment) implements PlanAction {
        @Override
        public String describe() {
            return "update the comment on " + comment.path() + ":" + comment.lastLine();
        }
    }

    record ResolveThread(Observed.Thread thread) implements PlanAction {
        @Override
        public String describe() {
            return "resolve thread " + thread.id();
        }
    }

    record ReopenThread(Observed.Thread thread) implements PlanAction {
        @Override
        public String describe() {
            return "reopen thread " + thread.id();
        }
    }

    record CreateSummary(String body) implements PlanAction {
        @Override
        public String describe() {
            return "write the summary comment";
        }
    }

    record UpdateSummary(Observed.Summary observed, String body) implements PlanAction {
        @Override
        public String describe() {
            return "update the summary comment";
        }
    }
}

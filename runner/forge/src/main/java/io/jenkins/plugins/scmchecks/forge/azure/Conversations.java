package io.jenkins.plugins.scmchecks.forge.azure;

import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.Comment;
import io.jenkins.plugins.scmchecks.forge.model.ForgeState;
import io.jenkins.plugins.scmchecks.forge.model.PullRequest;
import io.jenkins.plugins.scmchecks.forge.model.ReviewThread;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** The threads of pull requests, with what Azure DevOps knows of one beyond what the forge does. */
final class Conversations {

    static final Set<String> STATUSES = Set.of("active", "pending", "fixed", "wontFix", "closed", "byDesign");
    private static final Set<String> CLOSED = Set.of("fixed", "wontFix", "closed", "byDesign");

    private final ForgeState state;
    private final Map<Long, Extra> extras = new HashMap<>();

    /** What the forge itself has no place for. */
    private static final class Extra {
        private String status;
        private Map<String, String> properties = Map.of();
        private final List<Comment> replies = new CopyOnWriteArrayList<>();
    }

    /**
     * @param thread on lines; null for one about all of the pull request
     * @param first comment of a thread about all of it
     */
    record Conversation(long id, ReviewThread thread, Comment first) {}

    Conversations(ForgeState state) {
        this.state = state;
    }

    List<Conversation> of(PullRequest pull) {
        return Stream.concat(
                        pull.threads().stream().map(t -> new Conversation(t.id(), t, null)),
                        pull.comments().stream().map(c -> new Conversation(c.id(), null, c)))
                .sorted(Comparator.comparingLong(Conversation::id))
                .toList();
    }

    Optional<Conversation> find(PullRequest pull, long id) {
        return of(pull).stream().filter(c -> c.id() == id).findFirst();
    }

    /** {@return its comments; they are numbered from 1} */
    List<Comment> comments(Conversation conversation) {
        return conversation.thread() != null
                ? conversation.thread().comments()
                : Stream.concat(Stream.of(conversation.first()), extra(conversation.id()).replies.stream()).toList();
    }

    void reply(Conversation conversation, Comment comment) {
        if (conversation.thread() == null) {
            extra(conversation.id()).replies.add(comment);
        } else {
            conversation.thread().comments().add(comment);
        }
    }

    /** {@return null for a thread that has none: it is only a message} */
    String status(Conversation conversation) {
        String status = extra(conversation.id()).status;
        boolean resolved = conversation.thread() != null && conversation.thread().resolved();
        if (conversation.thread() != null && (status == null || CLOSED.contains(status) != resolved)) {
            return resolved ? "fixed" : "active";
        }
        return status;
    }

    void status(Conversation conversation, String status, Account by) {
        extra(conversation.id()).status = status;
        if (conversation.thread() != null) {
            conversation.thread().resolve(CLOSED.contains(status) ? by : null);
        }
    }

    Map<String, String> properties(Conversation conversation) {
        return extra(conversation.id()).properties;
    }

    void properties(Conversation conversation, Map<String, String> properties) {
        extra(conversation.id()).properties = Map.copyOf(properties);
    }

    Comment comment(Account author, String body) {
        return new Comment(state.nextId(), author, body, state.now(), 0);
    }

    private Extra extra(long id) {
        return extras.computeIfAbsent(id, key -> new Extra());
    }
}

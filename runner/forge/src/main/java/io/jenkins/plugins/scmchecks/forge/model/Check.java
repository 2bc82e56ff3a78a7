package io.jenkins.plugins.scmchecks.forge.model;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The long answer on a commit: a conclusion, a text, annotations. */
public final class Check {

    /** A button on the check. */
    public record Action(String label, String description, String identifier) {}

    private final long id;
    private final Repo repo;
    private final String sha;
    private final Account creator;
    private final long suiteId;
    private final List<Annotation> annotations = new CopyOnWriteArrayList<>();
    private String name;
    private String externalId;
    private String detailsUrl;
    private String status = "queued";
    private String conclusion;
    private Instant startedAt;
    private Instant completedAt;
    private String title;
    private String summary;
    private String text;
    private List<Action> actions = List.of();

    /** @param creator the bot of the app that made it */
    public Check(long id, Repo repo, String sha, String name, Account creator, long suiteId, Instant startedAt) {
        this.id = id;
        this.repo = repo;
        this.sha = sha;
        this.name = name;
        this.creator = creator;
        this.suiteId = suiteId;
        this.startedAt = startedAt;
    }

    public long id() {
        return id;
    }

    public Repo repo() {
        return repo;
    }

    public String sha() {
        return sha;
    }

    public Account creator() {
        return creator;
    }

    public long suiteId() {
        return suiteId;
    }

    public String name() {
        return name;
    }

    public void name(String value) {
        name = value;
    }

    public String externalId() {
        return externalId;
    }

    public void externalId(String value) {
        externalId = value;
    }

    public String detailsUrl() {
        return detailsUrl;
    }

    public void detailsUrl(String value) {
        detailsUrl = value;
    }

    /** {@return queued, in_progress or completed} */
    public String status() {
        return status;
    }

    /** {@return such as success or failure; null before it is completed} */
    public String conclusion() {
        return conclusion;
    }

    public void start(String newStatus) {
        status = newStatus;
        conclusion = null;
        completedAt = null;
    }

    public void complete(String newConclusion, Instant at) {
        status = "completed";
        conclusion = newConclusion;
        completedAt = at;
    }

    public Instant startedAt() {
        return startedAt;
    }

    public void startedAt(Instant at) {
        startedAt = at;
    }

    /** {@return null before it is completed} */
    public Instant completedAt() {
        return completedAt;
    }

    public String title() {
        return title;
    }

    public String summary() {
        return summary;
    }

    public String text() {
        return text;
    }

    public void output(String newTitle, String newSummary, String newText) {
        title = newTitle;
        summary = newSummary;
        text = newText;
    }

    /** {@return all annotations; updates append} */
    public List<Annotation> annotations() {
        return annotations;
    }

    public List<Action> actions() {
        return actions;
    }

    public void actions(List<Action> values) {
        actions = List.copyOf(values);
    }

    /** Presses "re-run". */
    public void rerequest(Account sender) {
        repo.state().tell(new ForgeEvent.CheckRerequested(this, sender));
    }
}

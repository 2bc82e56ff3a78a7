package io.jenkins.plugins.scmchecks.forge.page;

import io.jenkins.plugins.scmchecks.forge.git.Diff;
import io.jenkins.plugins.scmchecks.forge.git.FileDiff;
import io.jenkins.plugins.scmchecks.forge.git.FileDiff.Side;
import io.jenkins.plugins.scmchecks.forge.model.Comment;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import io.jenkins.plugins.scmchecks.forge.model.ReviewThread;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A unified diff with the threads on its lines. */
final class DiffView {

    private static final int MOST_FILES = 300;
    private static final int MOST_LINES = 2000;

    private final Repo repo;
    private final String sha;
    private final Diff diff;
    private final List<ReviewThread> threads;

    DiffView(Repo repo, String sha, Diff diff, List<ReviewThread> threads) {
        this.repo = repo;
        this.sha = sha;
        this.diff = diff;
        this.threads = threads;
    }

    void write(Html html) {
        diff.files().stream().limit(MOST_FILES).forEach(file -> file(html, file));
        if (diff.files().size() > MOST_FILES) {
            html.element("p", "muted", (diff.files().size() - MOST_FILES) + " more files are not shown");
        }
        List<ReviewThread> elsewhere = outdated().filter(thread -> diff.file(thread.original().path()).isEmpty())
                .toList();
        if (!elsewhere.isEmpty()) {
            html.start("section", "class", "card").element("div", "card-title strong",
                    "On files that have changed since");
            elsewhere.forEach(thread -> thread(html, thread, List.of()));
            html.end();
        }
    }

    private Stream<ReviewThread> outdated() {
        return threads.stream().filter(thread -> thread.anchor().isEmpty());
    }

    private void file(Html html, FileDiff file) {
        html.start("section", "class", "card file");
        html.start("div", "class", "card-title").icon(Icon.FILE);
        String name = file.kind() == FileDiff.Kind.RENAMED ? file.oldPath() + " → " + file.newPath() : file.path();
        html.link("/" + repo.fullName() + "/blob/" + sha + "/" + file.path(), "mono strong", name);
        html.start("span", "class", "counts").element("span", "plus", "+" + file.additions())
                .element("span", "minus", "−" + file.deletions()).end(2);
        on(file, null, 0).forEach(thread -> thread(html, thread, List.of()));
        if (file.hunks().isEmpty()) {
            html.element("div", "row muted", file.binary() ? "Binary file" : "No lines changed");
        } else {
            hunks(html, file);
        }
        List<ReviewThread> outdated = outdated()
                .filter(thread -> thread.original().path().equals(file.path()))
                .toList();
        if (!outdated.isEmpty()) {
            html.element("div", "outdated-title", "On lines that have changed since");
            outdated.forEach(thread -> thread(html, thread, List.of()));
        }
        html.end();
    }

    private void hunks(Html html, FileDiff file) {
        html.start("table", "class", "diff").start("tbody");
        int left = MOST_LINES;
        for (FileDiff.Hunk hunk : file.hunks()) {
            html.start("tr", "class", "hunk").start("td", "colspan", "2").end()
                    .start("td", "colspan", "2").text(hunk.heading()).end(2);
            for (FileDiff.Line line : hunk.lines()) {
                if (left-- > 0) {
                    line(html, file, hunk, line);
                }
            }
        }
        html.end(2);
        if (left < 0) {
            html.element("div", "row muted", -left + " more lines are not shown");
        }
    }

    private void line(Html html, FileDiff file, FileDiff.Hunk hunk, FileDiff.Line line) {
        String kind = switch (line.mark()) {
            case '+' -> "added";
            case '-' -> "deleted";
            case ' ' -> "context";
            default -> "remark";
        };
        html.start("tr", "class", kind);
        html.element("td", "number", line.oldLine() == 0 ? "" : Integer.toString(line.oldLine()));
        html.element("td", "number", line.newLine() == 0 ? "" : Integer.toString(line.newLine()));
        html.element("td", "mark", line.mark() == ' ' || kind.equals("remark") ? "" : Character.toString(line.mark()));
        html.element("td", "code", line.text()).end();
        List<ReviewThread> here = new ArrayList<>();
        if (line.newLine() > 0) {
            here.addAll(on(file, Side.RIGHT, line.newLine()));
        }
        if (line.oldLine() > 0) {
            here.addAll(on(file, Side.LEFT, line.oldLine()));
        }
        if (!here.isEmpty()) {
            html.start("tr", "class", "threads").start("td", "colspan", "4");
            here.forEach(thread -> thread(html, thread, commented(hunk, thread)));
            html.end(2);
        }
    }

    /** The threads on a line; line 0 for those on the whole file. */
    private List<ReviewThread> on(FileDiff file, Side side, int line) {
        return threads.stream()
                .filter(thread -> thread.anchor().filter(anchor -> anchor.path().equals(file.path())
                        && anchor.line() == line && (line == 0 || anchor.side() == side)).isPresent())
                .toList();
    }

    private static List<String> commented(FileDiff.Hunk hunk, ReviewThread thread) {
        return thread.anchor().stream()
                .flatMap(anchor -> hunk.lines().stream()
                        .filter(line -> line.on(anchor.side()) >= anchor.startLine()
                                && line.on(anchor.side()) <= anchor.line() && line.on(anchor.side()) > 0)
                        .map(FileDiff.Line::text))
                .toList();
    }

    private void thread(Html html, ReviewThread thread, List<String> lines) {
        ReviewThread.Anchor anchor = thread.anchor().orElse(thread.original());
        html.start("details", "class", thread.resolved() ? "thread done" : "thread", "id", "thread-" + thread.id(),
                "open", thread.resolved() || thread.anchor().isEmpty() ? null : "open");
        html.start("summary");
        if (thread.resolved()) {
            html.start("span", "class", "label resolved").icon(Icon.SUCCESS).text("Resolved").end();
            html.element("span", "muted", "by " + thread.resolvedBy().login().replace("[bot]", ""));
        } else {
            html.element("span", "label open", "Open");
        }
        if (thread.anchor().isEmpty()) {
            html.element("span", "label outdated", "Outdated");
        }
        html.element("span", "muted", where(anchor)).end();
        for (Comment comment : thread.comments()) {
            html.start("article", "class", "thread-comment", "id", "discussion_r" + comment.id());
            html.start("div", "class", "comment-title");
            PullPage.author(html, comment.author());
            html.start("span", "class", "muted").time(comment.updatedAt()).end(2);
            html.markdown(Markdown.render(comment.body(), lines)).end();
        }
        html.end();
    }

    private String where(ReviewThread.Anchor anchor) {
        String file = diff.file(anchor.path()).isEmpty() ? anchor.path() + " · " : "";
        if (anchor.line() == 0) {
            return file + "On the file";
        }
        return file + (anchor.multiLine()
                ? "Lines " + anchor.startLine() + "–" + anchor.line()
                : "Line " + anchor.line());
    }
}

package io.jenkins.plugins.scmchecks.forge.page;

import io.jenkins.plugins.scmchecks.forge.model.Annotation;
import io.jenkins.plugins.scmchecks.forge.model.Check;
import io.jenkins.plugins.scmchecks.forge.model.CommitStatus;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The checks and statuses of a commit, with what they say. */
final class ChecksView {

    private static final int MOST_ANNOTATIONS = 200;

    private final Map<String, Check> latest = new LinkedHashMap<>();
    private final Map<String, CommitStatus> statuses = new LinkedHashMap<>();

    ChecksView(Repo repo, String sha) {
        repo.checks(sha).forEach(check -> latest.put(check.creator() + "/" + check.name(), check));
        repo.statuses().stream()
                .filter(status -> status.sha().equals(sha))
                .forEach(status -> statuses.put(status.context(), status));
    }

    int count() {
        return latest.size() + statuses.size();
    }

    void write(Html html) {
        if (latest.isEmpty() && statuses.isEmpty()) {
            html.start("section", "class", "card").element("div", "row muted", "No checks yet on this commit").end();
        }
        if (!statuses.isEmpty()) {
            html.start("section", "class", "card");
            statuses.values().forEach(status -> status(html, status));
            html.end();
        }
        latest.values().forEach(check -> check(html, check));
    }

    private static void status(Html html, CommitStatus status) {
        html.start("div", "class", "row").start("span", "class", "mark").icon(Icon.of(status.state())).end();
        html.element("span", "strong", status.context());
        html.element("span", "muted", status.description() == null ? status.state() : status.description());
        details(html, status.targetUrl());
        html.end();
    }

    static void check(Html html, Check check) {
        String conclusion = check.conclusion() == null ? check.status() : check.conclusion();
        Icon icon = Icon.of(check.conclusion());
        html.start("section", "class", "card check check-" + icon.cssClass());
        html.start("div", "class", "card-title").start("span", "class", "disc").icon(icon).end();
        html.start("a", "class", "strong", "href", "/" + check.repo().fullName() + "/runs/" + check.id())
                .text(check.name()).end();
        html.element("span", "label conclusion", conclusion.replace('_', ' '));
        html.element("span", "muted", "by " + check.creator().login().replace("[bot]", ""));
        details(html, check.detailsUrl());
        html.end();
        html.start("div", "class", "check-body");
        if (check.title() != null) {
            html.element("h3", null, check.title());
        }
        for (String text : new String[] {check.summary(), check.text()}) {
            if (text != null && !text.isBlank()) {
                html.markdown(Markdown.render(text));
            }
        }
        html.end();
        annotations(html, check);
        html.end();
    }

    private static void annotations(Html html, Check check) {
        List<Annotation> annotations = check.annotations();
        if (annotations.isEmpty()) {
            return;
        }
        html.start("div", "class", "annotations").start("div", "class", "annotations-title")
                .count("annotation", "annotations", annotations.size()).end();
        annotations.stream().limit(MOST_ANNOTATIONS).forEach(annotation -> annotation(html, check, annotation));
        if (annotations.size() > MOST_ANNOTATIONS) {
            html.element("div", "row muted", (annotations.size() - MOST_ANNOTATIONS) + " more");
        }
        html.end();
    }

    private static void annotation(Html html, Check check, Annotation annotation) {
        String level = annotation.level().toLowerCase(Locale.ROOT);
        Icon icon = Icon.ofLevel(level);
        html.start("div", "class", "annotation level-" + icon.cssClass()).icon(icon).start("div");
        html.start("div", "class", "annotation-title")
                .element("strong", null, annotation.title() == null ? level : annotation.title());
        String lines = annotation.startLine() == annotation.endLine()
                ? "" + annotation.startLine()
                : annotation.startLine() + "–" + annotation.endLine();
        html.link("/" + check.repo().fullName() + "/blob/" + check.sha() + "/" + annotation.path() + "#L"
                + annotation.startLine(), "mono", annotation.path() + ":" + lines).end();
        html.element("p", "message", annotation.message());
        if (annotation.rawDetails() != null && !annotation.rawDetails().isBlank()) {
            html.start("details").element("summary", null, "Details").element("pre", null, annotation.rawDetails())
                    .end();
        }
        html.end(2);
    }

    /** Only http(s) addresses become links: they come from outside. */
    private static void details(Html html, String url) {
        if (url != null && url.matches("https?://.+")) {
            html.start("a", "class", "details", "href", url, "rel", "noreferrer").text("Details").end();
        }
    }
}

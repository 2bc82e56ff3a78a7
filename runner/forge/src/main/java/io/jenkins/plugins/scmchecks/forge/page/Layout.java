package io.jenkins.plugins.scmchecks.forge.page;

import io.jenkins.plugins.scmchecks.forge.model.Repo;
import java.util.List;
import java.util.function.Consumer;

/** What all pages have around them. */
final class Layout {

    /** Where a page is: names with addresses. */
    record Trail(List<Step> steps) {

        record Step(String name, String href) {}

        static Trail of() {
            return new Trail(List.of());
        }

        static Trail of(Repo repo) {
            return new Trail(List.of(new Step(repo.owner().login(), "/" + repo.owner().login()),
                    new Step(repo.name(), "/" + repo.fullName())));
        }
    }

    private Layout() {}

    static Html page(String title, Trail trail, Consumer<Html> content) {
        Html html = new Html();
        html.start("html", "lang", "en").start("head");
        html.start("meta", "charset", "utf-8");
        html.start("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        html.element("title", null, title);
        html.start("link", "rel", "stylesheet", "href", "/assets/forge.css");
        html.end().start("body");
        html.start("header", "class", "top").start("a", "href", "/", "class", "brand").icon(Icon.BRANCH)
                .text("Forge").end();
        html.start("nav", "class", "trail", "aria-label", "Breadcrumb");
        for (Trail.Step step : trail.steps()) {
            html.element("span", "slash", "/").link(step.href(), null, step.name());
        }
        html.end().end();
        html.start("main");
        content.accept(html);
        return html.end(3);
    }
}

package io.jenkins.plugins.scmchecks.forge.page;

import io.jenkins.plugins.scmchecks.forge.http.Answer;
import io.jenkins.plugins.scmchecks.forge.http.Dialect;
import io.jenkins.plugins.scmchecks.forge.http.Exchange;
import io.jenkins.plugins.scmchecks.forge.http.Router;
import io.jenkins.plugins.scmchecks.forge.model.Check;
import io.jenkins.plugins.scmchecks.forge.model.ForgeState;
import io.jenkins.plugins.scmchecks.forge.model.PullRequest;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The pages for people: everything that is in the forge, read-only, whatever dialect put it there. Private repositories
 * are shown as well, since the forge listens on this machine only. No script, no inline style.
 */
public final class Site implements Dialect {

    private static final String POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; "
            + "form-action 'none'; frame-ancestors 'none'";

    private final ForgeState state;
    private final Router<Page> router = new Router<>();
    private final byte[] css;

    /** What makes a page of the path's variables; empty when there is no such thing. */
    @FunctionalInterface
    private interface Page {
        Optional<Html> of(Map<String, String> variables);
    }

    public Site(ForgeState state) {
        this.state = state;
        this.css = resource("forge.css");
        router.add("GET", "/", variables -> Optional.of(RepoPages.index(state.repos())));
        router.add("GET", "/{owner}", variables -> state.findAccount(variables.get("owner"))
                .map(account -> RepoPages.index(state.reposOf(account))));
        router.add("GET", "/{owner}/{repo}", variables -> repo(variables).map(RepoPages::repo));
        router.add("GET", "/{owner}/{repo}/pull/{number}", variables -> pull(variables)
                .map(pull -> new PullPage(pull).render(PullPage.Tab.CONVERSATION)));
        router.add("GET", "/{owner}/{repo}/pull/{number}/checks", variables -> pull(variables)
                .map(pull -> new PullPage(pull).render(PullPage.Tab.CHECKS)));
        router.add("GET", "/{owner}/{repo}/pull/{number}/files", variables -> pull(variables)
                .map(pull -> new PullPage(pull).render(PullPage.Tab.FILES)));
        router.add("GET", "/{owner}/{repo}/runs/{id}", variables -> check(variables).map(CommitPages::check));
        router.add("GET", "/{owner}/{repo}/commit/{sha}", variables -> repo(variables)
                .flatMap(repo -> repo.git().commit(variables.get("sha"))
                        .map(commit -> CommitPages.commit(repo, commit))));
        router.add("GET", "/{owner}/{repo}/blob/{sha}/{path*}", variables -> repo(variables)
                .flatMap(repo -> CommitPages.file(repo, variables.get("sha"), variables.get("path"))));
    }

    @Override
    public boolean speaks(String rawPath) {
        return true;
    }

    @Override
    public Answer answer(Exchange exchange) {
        if (exchange.rawPath().equals("/assets/forge.css")) {
            return secured(new Answer(200, "text/css; charset=utf-8", css, List.of()));
        }
        Optional<Html> page = router.find(exchange.method(), exchange.rawPath())
                .flatMap(found -> found.handler().of(found.variables()));
        return secured(page.map(html -> Answer.text(200, "text/html; charset=utf-8", html.toString()))
                .orElseGet(() -> Answer.text(404, "text/html; charset=utf-8", notFound().toString())));
    }

    private static Answer secured(Answer answer) {
        return answer.with("Content-Security-Policy", POLICY)
                .with("X-Content-Type-Options", "nosniff")
                .with("Referrer-Policy", "no-referrer");
    }

    private Optional<Repo> repo(Map<String, String> variables) {
        String name = variables.get("repo");
        return state.findRepo(variables.get("owner"), name.endsWith(".git")
                ? name.substring(0, name.length() - 4)
                : name);
    }

    private Optional<PullRequest> pull(Map<String, String> variables) {
        return repo(variables).flatMap(repo -> repo.pullRequests().stream()
                .filter(pull -> Integer.toString(pull.number()).equals(variables.get("number")))
                .findFirst());
    }

    private Optional<Check> check(Map<String, String> variables) {
        return repo(variables).flatMap(repo -> repo.checks().stream()
                .filter(check -> Long.toString(check.id()).equals(variables.get("id")))
                .findFirst());
    }

    private static Html notFound() {
        return Layout.page("Not found", Layout.Trail.of(), html -> html.start("div", "class", "empty")
                .element("h1", null, "Not found").element("p", null, "There is nothing here.").end());
    }

    private static byte[] resource(String name) {
        try (InputStream in = Site.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

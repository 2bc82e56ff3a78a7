package io.jenkins.plugins.scmchecks.forge.http;

import io.jenkins.plugins.scmchecks.forge.model.Account;
import io.jenkins.plugins.scmchecks.forge.model.ForgeState;
import io.jenkins.plugins.scmchecks.forge.model.Repo;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.errors.RepositoryNotFoundException;
import org.eclipse.jgit.http.server.GitFilter;
import org.eclipse.jgit.http.server.resolver.AsIsFileService;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.UploadPack;

/**
 * Git's smart HTTP at {@code /OWNER/NAME.git}. Anybody reads public repositories; everything else needs a token as the
 * password of HTTP Basic, the user name does not count.
 */
final class GitFilters {

    private static final Pattern PATH = Pattern.compile("/([^/]+)/([^/]+)\\.git/.*");
    private static final String ACCOUNT = GitFilters.class.getName();

    private final ForgeState state;
    private final List<GitAccess> accesses;

    GitFilters(ForgeState state, List<GitAccess> accesses) {
        this.state = state;
        this.accesses = accesses;
    }

    /** {@return the filter that asks for the password} */
    Filter access() {
        return new Filter() {
            @Override
            public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                    throws IOException, ServletException {
                HttpServletRequest http = (HttpServletRequest) request;
                Matcher path = PATH.matcher(http.getRequestURI());
                if (!path.matches() || allow(http, (HttpServletResponse) response, path.group(1), path.group(2))) {
                    chain.doFilter(request, response);
                }
            }
        };
    }

    /** {@return the filter that speaks git} */
    GitFilter git() {
        GitFilter git = new GitFilter();
        git.setRepositoryResolver((request, name) -> {
            Matcher path = PATH.matcher("/" + name + "/");
            return path.matches()
                    ? state.findRepo(path.group(1), path.group(2)).map(repo -> repo.git().open())
                            .orElseThrow(() -> new RepositoryNotFoundException(name))
                    : missing(name);
        });
        git.setAsIsFileService(AsIsFileService.DISABLED);
        git.setUploadPackFactory((request, repository) -> {
            UploadPack upload = new UploadPack(repository);
            upload.setRequestPolicy(UploadPack.RequestPolicy.ANY);
            return upload;
        });
        git.setReceivePackFactory((request, repository) -> {
            ReceivePack receive = new ReceivePack(repository);
            receive.setAllowNonFastForwards(true);
            receive.setPreReceiveHook((pack, commands) -> commands.stream()
                    .filter(command -> !command.getRefName().matches("refs/(heads|tags)/.+"))
                    .forEach(command -> command.setResult(ReceiveCommand.Result.REJECTED_OTHER_REASON,
                            "deny updating a hidden ref")));
            receive.setPostReceiveHook((pack, commands) -> {
                for (ReceiveCommand command : commands) {
                    if (command.getResult() == ReceiveCommand.Result.OK) {
                        moved(request, command);
                    }
                }
            });
            return receive;
        });
        return git;
    }

    private static Repository missing(String name) throws RepositoryNotFoundException {
        throw new RepositoryNotFoundException(name);
    }

    private void moved(HttpServletRequest request, ReceiveCommand command) {
        Matcher path = PATH.matcher(request.getRequestURI());
        if (path.matches() && request.getAttribute(ACCOUNT) instanceof Account account) {
            state.findRepo(path.group(1), path.group(2)).ifPresent(repo ->
                    repo.moved(command.getRefName(), command.getOldId(), command.getNewId(), account));
        }
    }

    private boolean allow(HttpServletRequest request, HttpServletResponse response, String owner, String name)
            throws IOException {
        Optional<Repo> repo = state.findRepo(owner, name);
        String password = password(request);
        boolean push = request.getRequestURI().endsWith("/git-receive-pack")
                || "service=git-receive-pack".equals(request.getQueryString());
        if (password == null) {
            if (!push && repo.isPresent() && !repo.get().isPrivate()) {
                return true;
            }
            response.setHeader("WWW-Authenticate", "Basic realm=\"Git\"");
            response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
            return false;
        }
        Optional<GitAccess.Grant> grant = repo.flatMap(found -> accesses.stream()
                .flatMap(access -> access.grant(found, password).stream())
                .findFirst());
        Account.Role needed = push ? Account.Role.WRITE : Account.Role.READ;
        if (grant.isEmpty()) {
            response.setHeader("WWW-Authenticate", "Basic realm=\"Git\"");
            response.sendError(repo.isPresent() ? HttpServletResponse.SC_UNAUTHORIZED
                    : HttpServletResponse.SC_NOT_FOUND);
        } else if (!grant.get().role().includes(Account.Role.READ)) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } else if (!grant.get().role().includes(needed)) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        } else {
            request.setAttribute(ACCOUNT, grant.get().account());
            return true;
        }
        return false;
    }

    private static String password(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        if (header != null && header.startsWith("Bearer ")) {
            return header.substring("Bearer ".length());
        }
        if (header == null || !header.regionMatches(true, 0, "Basic ", 0, 6)) {
            return null;
        }
        try {
            String decoded = new String(Base64.getDecoder().decode(header.substring(6).trim()),
                    StandardCharsets.UTF_8);
            return decoded.substring(decoded.indexOf(':') + 1);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}

package io.jenkins.plugins.scmchecks.engine.scm.google;

import io.jenkins.plugins.scmchecks.engine.scm.ScmException;
import io.jenkins.plugins.scmchecks.engine.scm.ScmException.Reason;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import okhttp3.Credentials;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.transport.TransportHttp;

/** What {@code git ls-remote} says of a repository. */
final class GitRemote {

    private static final String HOST = "source.developers.google.com";
    private static final int TIMEOUT_SECONDS = 30;

    /** Git takes an access token as the password, as Google's own git-credential-googlesource gives it. */
    private static final String USER = "git-service-account";

    private final Collection<Ref> refs;

    private GitRemote(Collection<Ref> refs) {
        this.refs = refs;
    }

    /**
     * @param url as the API tells it
     * @param apiUrl whose host is trusted besides Google's own: the token goes nowhere else
     */
    static GitRemote of(String url, URI apiUrl, String token) throws ScmException {
        if (!isTrusted(url, apiUrl)) {
            throw new ScmException(
                    Reason.REJECTED, "The repository is neither at " + HOST + " nor at the API's host: " + url, null);
        }
        try {
            return new GitRemote(Git.lsRemoteRepository()
                    .setRemote(url)
                    .setTimeout(TIMEOUT_SECONDS)
                    .setTransportConfigCallback(transport -> {
                        if (transport instanceof TransportHttp http) {
                            http.setAdditionalHeaders(Map.of("Authorization", Credentials.basic(USER, token)));
                        }
                    })
                    .call());
        } catch (GitAPIException e) {
            throw new ScmException(reason(e), "git cannot read the branches of " + url + ": " + e.getMessage()
                    + ". The account needs the role Source Repository Reader (roles/source.reader).", e);
        }
    }

    private static boolean isTrusted(String url, URI apiUrl) {
        try {
            URI uri = URI.create(url);
            return "https".equals(uri.getScheme()) && HOST.equals(uri.getHost())
                    || apiUrl.getScheme().equals(uri.getScheme())
                            && apiUrl.getHost().equals(uri.getHost())
                            && apiUrl.getPort() == uri.getPort();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Reason reason(GitAPIException e) {
        String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        if (message.contains("authoriz") || message.contains("authentication") || message.contains("403")
                || message.contains("not permitted")) {
            return Reason.FORBIDDEN;
        }
        return message.contains("not found") ? Reason.NOT_FOUND : Reason.UNAVAILABLE;
    }

    List<String> branches() {
        return refs.stream()
                .map(Ref::getName)
                .filter(name -> name.startsWith(Constants.R_HEADS))
                .map(name -> name.substring(Constants.R_HEADS.length()))
                .sorted()
                .toList();
    }

    /** {@return null when the repository is empty} */
    String defaultBranch() {
        return refs.stream()
                .filter(ref -> ref.getName().equals(Constants.HEAD) && ref.isSymbolic())
                .map(ref -> ref.getTarget().getName())
                .filter(name -> name.startsWith(Constants.R_HEADS))
                .map(name -> name.substring(Constants.R_HEADS.length()))
                .findFirst()
                .orElse(null);
    }
}

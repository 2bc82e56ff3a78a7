package io.jenkins.plugins.scmchecks.engine.scm.github;

import static io.jenkins.plugins.scmchecks.engine.scm.github.GitHubForge.findings;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.scmchecks.engine.scm.ScmConnection;
import io.jenkins.plugins.scmchecks.engine.scm.ScmCredential;
import io.jenkins.plugins.scmchecks.forge.http.Fault;
import io.jenkins.plugins.scmchecks.forge.http.RecordedRequest;
import io.jenkins.plugins.scmchecks.forge.http.RequestMatcher;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever goes well or wrong, and however much is logged, no credential is in a log, a message or an address. */
class NoSecretInLogsTest {

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final Logger root = Logger.getLogger("io.jenkins.plugins.scmchecks.engine");
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            seen.add(new SimpleFormatter().format(entry));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private final GitHubForge github = new GitHubForge();

    @BeforeEach
    void listen() {
        root.setLevel(Level.ALL);
        root.addHandler(handler);
    }

    @AfterEach
    void stop() {
        root.removeHandler(handler);
        root.setLevel(null);
        github.close();
    }

    @Test
    void shouldKeepTokensAndKeysToItself() throws Exception {
        // Given
        String token = github.forge.token(github.alice, "repo").value();
        ScmCredential byToken = new ScmCredential.Token(token);
        ScmCredential byApp = new ScmCredential.AppKey(Long.toString(github.app.id()), github.app.privateKeyPkcs1());
        String keyLine = github.app.privateKeyPkcs1().lines().skip(2).findFirst().orElseThrow();

        // When: everything works, then nothing does
        for (ScmCredential credential : List.of(byToken, byApp)) {
            ScmConnection connection = github.connect("acme", credential);
            seen.add(connection.integration().toString());
            seen.add(connection.test().toString());
            seen.add(github.publish(connection, findings(3), List.of()).toString());
            for (Fault fault : List.of(Fault.status(401), Fault.status(422), Fault.status(500), Fault.drop())) {
                github.forge.fail(RequestMatcher.any(), fault, 99);
                seen.add(connection.test().toString());
                try {
                    connection.branches(GitHubForge.SHOP);
                } catch (Exception e) {
                    StringWriter trace = new StringWriter();
                    e.printStackTrace(new PrintWriter(trace));
                    seen.add(trace.toString());
                }
                github.forge.heal();
            }
        }

        // Then
        assertThat(seen).hasSizeGreaterThan(10).noneMatch(s -> s.contains(token)).noneMatch(s -> s.contains(keyLine));
        assertThat(github.forge.requests())
                .extracting(RecordedRequest::query)
                .noneMatch(q -> q.contains(token));
    }
}

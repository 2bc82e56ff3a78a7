package io.jenkins.plugins.scmchecks.engine.analysis.secret;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.scmchecks.engine.analysis.FindingSink;
import io.jenkins.plugins.scmchecks.engine.finding.Finding;
import io.jenkins.plugins.scmchecks.engine.finding.Notice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.junit.jupiter.api.Test;

class SecretHistoryTest {

    private static final String TOKEN = SecretAnalyzerTest.createToken("ghp_");
    private static final String SECRET = "token: " + TOKEN + "\n";

    private final InMemoryRepository repository = new InMemoryRepository(new DfsRepositoryDescription("test"));
    private final List<Finding> findings = new ArrayList<>();
    private final List<Notice> notices = new ArrayList<>();

    @Test
    void shouldReportWhatWasAddedAndRemovedAgain() throws IOException {
        // Given
        ObjectId base = commit(Map.of("a.yml", "x: 1\n"));
        ObjectId added = commit(Map.of("a.yml", "x: 1\n" + SECRET), base);
        ObjectId head = commit(Map.of("a.yml", "x: 2\n"), added);

        // When
        scan(base, head);

        // Then
        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.rule().id()).isEqualTo("SCM-SECRET-GITHUB-PAT");
            assertThat(finding.location().toString()).isEqualTo("a.yml:2:8");
            assertThat(finding.message()).contains(added.name().substring(0, 7)).contains("still in history");
            assertThat(finding.toString()).doesNotContain(TOKEN.substring(6));
            assertThat(finding.fingerprint()).hasSize(64);
        });
        assertThat(notices).isEmpty();
    }

    @Test
    void shouldReportAFileThatCameAndWent() throws IOException {
        ObjectId base = commit(Map.of("a.yml", "x: 1\n"));
        ObjectId added = commit(Map.of("a.yml", "x: 1\n", "b/c.yml", SECRET), base);
        ObjectId head = commit(Map.of("a.yml", "x: 1\n"), added);

        scan(base, head);

        assertThat(findings).extracting(f -> f.location().path()).containsExactly("b/c.yml");
    }

    @Test
    void shouldLeaveWhatIsStillInTheTreeToTheTreesAnalysis() throws IOException {
        ObjectId base = commit(Map.of("a.yml", "x: 1\n"));
        ObjectId added = commit(Map.of("a.yml", SECRET), base);
        ObjectId head = commit(Map.of("b.yml", "# moved\n" + SECRET), added);

        scan(base, head);

        assertThat(findings).isEmpty();
    }

    @Test
    void shouldNotBlameTheChangeForWhatItRemoves() throws IOException {
        ObjectId base = commit(Map.of("a.yml", SECRET, "z.yml", SECRET));
        ObjectId edited = commit(Map.of("a.yml", "# edited\n" + SECRET, "z.yml", SECRET), base);
        ObjectId moved = commit(Map.of("b.yml", "# edited\n" + SECRET), edited);
        ObjectId head = commit(Map.of("b.yml", "# gone\n"), moved);

        scan(base, head);

        assertThat(findings).isEmpty();
    }

    @Test
    void shouldNotBlameTheChangeForWhatItMergesIn() throws IOException {
        ObjectId base = commit(Map.of("a.yml", "x: 1\n"));
        ObjectId main = commit(Map.of("a.yml", SECRET), base);
        ObjectId own = commit(Map.of("a.yml", "x: 1\n", "b.yml", "y: 1\n"), base);
        ObjectId merge = commit(Map.of("a.yml", SECRET, "b.yml", "y: 1\n"), own, main);
        ObjectId head = commit(Map.of("a.yml", "x: 3\n", "b.yml", "y: 1\n"), merge);

        scan(main, head);

        assertThat(findings).isEmpty();
    }

    @Test
    void shouldReportASecretOnceThoughManyCommitsHadIt() throws IOException {
        ObjectId base = commit(Map.of("a.yml", "x: 1\n"));
        ObjectId first = commit(Map.of("a.yml", SECRET), base);
        ObjectId second = commit(Map.of("a.yml", "# again\n" + SECRET), first);
        ObjectId head = commit(Map.of("a.yml", "x: 2\n"), second);

        scan(base, head);

        assertThat(findings).singleElement().satisfies(finding -> assertThat(finding.message())
                .contains(first.name().substring(0, 7)));
    }

    @Test
    void shouldGiveTheSameFingerprintAfterARebase() throws IOException {
        ObjectId base = commit(Map.of("a.yml", "x: 1\n"));
        ObjectId added = commit(Map.of("a.yml", SECRET), base);
        scan(base, commit(Map.of("a.yml", "x: 2\n"), added));
        ObjectId rebased = commit(Map.of("a.yml", "# more\n" + SECRET, "c.yml", "z: 1\n"), base);
        scan(base, commit(Map.of("a.yml", "x: 2\n", "c.yml", "z: 1\n"), rebased));

        assertThat(findings).hasSize(2).extracting(Finding::fingerprint).containsOnly(findings.get(0).fingerprint());
    }

    @Test
    void shouldSayWhenItStoppedEarly() throws IOException {
        ObjectId base = commit(Map.of("a.yml", "x: 1\n"));
        ObjectId added = commit(Map.of("a.yml", SECRET), base);
        ObjectId head = commit(Map.of("a.yml", "x: 2\n"), added);

        scan(new SecretHistory(new SecretHistory.Limits(1, 1000, 1000)), base, head);
        scan(new SecretHistory(new SecretHistory.Limits(10, 1000, 20)), base, head);

        assertThat(findings).isEmpty();
        assertThat(notices).hasSize(2);
        assertThat(notices.get(0).message()).contains("more than 1 commits");
        assertThat(notices.get(1).message()).contains("limits");
    }

    private void scan(ObjectId base, ObjectId head) throws IOException {
        scan(new SecretHistory(), base, head);
    }

    private void scan(SecretHistory history, ObjectId base, ObjectId head) throws IOException {
        history.scan(repository, base, head, new FindingSink() {
            @Override
            public void finding(Finding finding) {
                findings.add(finding);
            }

            @Override
            public void notice(Notice notice) {
                notices.add(notice);
            }
        });
    }

    private ObjectId commit(Map<String, String> files, ObjectId... parents) throws IOException {
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            DirCache index = DirCache.newInCore();
            DirCacheBuilder builder = index.builder();
            for (Map.Entry<String, String> file : new TreeMap<>(files).entrySet()) {
                DirCacheEntry entry = new DirCacheEntry(file.getKey());
                entry.setFileMode(FileMode.REGULAR_FILE);
                entry.setObjectId(
                        inserter.insert(Constants.OBJ_BLOB, file.getValue().getBytes(StandardCharsets.UTF_8)));
                builder.add(entry);
            }
            builder.finish();
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(index.writeTree(inserter));
            commit.setParentIds(Arrays.asList(parents));
            commit.setAuthor(new PersonIdent("a", "a@acme.io"));
            commit.setCommitter(new PersonIdent("a", "a@acme.io"));
            commit.setMessage("change");
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            return id;
        }
    }
}

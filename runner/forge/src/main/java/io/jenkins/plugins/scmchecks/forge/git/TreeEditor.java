package io.jenkins.plugins.scmchecks.forge.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEditor;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;

/** Makes commits without a working tree. */
public final class TreeEditor {

    private final Repository git;

    public TreeEditor(GitRepository repository) {
        this.git = repository.jgit();
    }

    /**
     * Makes a commit on top of {@code parent}; no ref moves.
     *
     * @param parent empty for a first commit
     * @throws IllegalArgumentException when a file to delete or rename is not there
     */
    public ObjectId commit(Optional<RevCommit> parent, List<Edit> edits, String message, PersonIdent author) {
        try (ObjectInserter inserter = git.newObjectInserter();
                ObjectReader reader = git.newObjectReader()) {
            DirCache index = DirCache.newInCore();
            if (parent.isPresent()) {
                DirCacheBuilder builder = index.builder();
                builder.addTree(new byte[0], DirCacheEntry.STAGE_0, reader, parent.get().getTree());
                builder.finish();
            }
            for (Edit edit : edits) {
                apply(index, edit, inserter);
            }
            ObjectId tree = index.writeTree(inserter);
            List<ObjectId> parents = parent.<List<ObjectId>>map(List::of).orElse(List.of());
            return GitRepository.insert(inserter, tree, parents, message, author);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void apply(DirCache index, Edit edit, ObjectInserter inserter) throws IOException {
        DirCacheEditor editor = index.editor();
        if (edit instanceof Edit.Write write) {
            editor.add(set(write.path(), inserter.insert(Constants.OBJ_BLOB, write.content()), FileMode.REGULAR_FILE));
        } else if (edit instanceof Edit.Delete delete) {
            existing(index, delete.path());
            editor.add(new DirCacheEditor.DeletePath(delete.path()));
        } else if (edit instanceof Edit.Rename rename) {
            DirCacheEntry old = existing(index, rename.from());
            editor.add(new DirCacheEditor.DeletePath(rename.from()));
            editor.add(set(rename.to(), old.getObjectId(), old.getFileMode()));
        }
        editor.finish();
    }

    private static DirCacheEntry existing(DirCache index, String path) {
        DirCacheEntry entry = index.getEntry(path);
        if (entry == null) {
            throw new IllegalArgumentException("There is no file " + path);
        }
        return entry;
    }

    private static DirCacheEditor.PathEdit set(String path, ObjectId blob, FileMode mode) {
        return new DirCacheEditor.PathEdit(path) {
            @Override
            public void apply(DirCacheEntry entry) {
                entry.setFileMode(mode);
                entry.setObjectId(blob);
            }
        };
    }
}

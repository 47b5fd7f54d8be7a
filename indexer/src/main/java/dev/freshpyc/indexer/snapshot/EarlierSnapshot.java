package dev.freshpyc.indexer.snapshot;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.indexer.fs.OpenFile;
import dev.freshpyc.indexer.fs.TreeWriter;
import dev.freshpyc.indexer.fs.TreeWriter.FileFacts;
import dev.freshpyc.indexer.fs.TreeWriter.SystemCallException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The snapshot that a new one may share files with. */
final class EarlierSnapshot implements AutoCloseable {

    /** The number of the user who may give files to others. The copies of any other user belong to that user. */
    private static final int ROOT = 0;

    private final Optional<Snapshot> snapshot;
    private final TreeWriter editor;

    private EarlierSnapshot(Optional<Snapshot> snapshot, TreeWriter editor) {
        this.snapshot = snapshot;
        this.editor = editor;
    }

    /** Opens a snapshot. A damaged snapshot shares no file, just as no snapshot. */
    static EarlierSnapshot open(Optional<Path> directory, RawPath entry, TreeWriter editor) {
        try {
            return new EarlierSnapshot(
                    directory.isPresent()
                            ? Optional.of(Snapshot.open(directory.get(), entry, editor))
                            : Optional.empty(),
                    editor);
        } catch (IOException unusable) {
            return new EarlierSnapshot(Optional.empty(), editor);
        }
    }

    /**
     * Makes a link of the file that the earlier snapshot keeps of a pyc, if the file has the same bytes, owner, permissions and mtime as
     * the pyc now.
     *
     * @param record describes the bytes of the pyc now
     */
    boolean link(RawPath source, PycRecord record, FileFacts facts, OpenFile to, RawPath kept) {
        if (snapshot.isEmpty() || !isSame(source, record)) {
            return false;
        }
        OpenFile from = snapshot.get().files();
        try {
            FileFacts old = editor.stat(from, kept);
            if (!old.regular() || !hasAttributesOf(old, facts, editor.stat(from).user())) {
                return false;
            }
            editor.link(from, kept, to, kept);
            return true;
        } catch (SystemCallException noLink) {
            return false;
        }
    }

    private boolean isSame(RawPath source, PycRecord record) {
        return snapshot.orElseThrow().index().get(source).stream()
                .flatMap(old -> old.pycs().stream())
                .filter(old -> old.isOf(record.tag(), record.level()))
                .anyMatch(old -> record.body() != null
                        && record.body().equals(old.body())
                        && record.head().equals(old.head()));
    }

    /** @param user the owner of the snapshot */
    private static boolean hasAttributesOf(FileFacts old, FileFacts facts, int user) {
        boolean sameGroup = old.group() == facts.group();
        boolean sameOwner = old.user() == facts.user() && sameGroup && old.mode() == facts.mode();
        boolean keptByOther = user != ROOT
                && old.user() == user
                && facts.user() != user
                && old.mode() == facts.modeOfOther(sameGroup);
        return old.stamp().size() == facts.stamp().size()
                && old.stamp().hasMtimeOf(facts.stamp())
                && (sameOwner || keptByOther);
    }

    @Override
    public void close() {
        snapshot.ifPresent(Snapshot::close);
    }
}

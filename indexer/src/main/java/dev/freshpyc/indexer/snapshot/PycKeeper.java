package dev.freshpyc.indexer.snapshot;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.indexer.fs.OpenFile;
import dev.freshpyc.indexer.fs.TreeWriter;
import dev.freshpyc.indexer.fs.TreeWriter.FileFacts;
import dev.freshpyc.indexer.fs.TreeWriter.SystemCallException;
import dev.freshpyc.indexer.snapshot.KeptCount.Method;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the pycs of one save. A file is left out where its bytes differ from those that the index describes, since a rollback would know
 * nothing about it.
 */
final class PycKeeper {

    private static final int MOST_NAMED = 20;
    private static final String OTHER = "it is not the file that the index describes; it may be changing";

    private final TreeWriter editor;
    private final PycDigest digest;
    private final RoomLimit limit;
    private final CopyRoom copies;
    private final KeptCount kept = new KeptCount();
    private final List<String> left = new ArrayList<>();
    private boolean clones = true;
    private long used;
    private long unproven;
    private long wrong;
    private long leftCount;

    /**
     * A keeper of no pycs yet.
     *
     * @param used bytes that all snapshots take so far
     * @param copies the files that are copied where the file system cannot clone
     */
    PycKeeper(TreeWriter editor, long used, RoomLimit limit, CopyRoom copies) {
        this.editor = editor;
        this.digest = new PycDigest(editor);
        this.used = used;
        this.limit = limit;
        this.copies = copies;
    }

    /**
     * Keeps the pycs of one source.
     *
     * @param files the directory of the new snapshot's pycs
     * @throws IOException when the snapshot cannot be written, or would take too much room
     */
    void keep(RawPath source, SourceRecord record, KeptTree tree, EarlierSnapshot earlier, OpenFile files)
            throws IOException {
        @Nullable Sha256 content = record.content();
        for (PycRecord pyc : record.pycs()) {
            PycPlace place = PycPlace.of(source, pyc);
            @Nullable String why = keep(source, pyc, place, tree, earlier, files);
            if (why != null) {
                leave(tree, place, why);
            } else if (pyc.verdict().isRefutedByCompiling()) {
                wrong++;
            } else if (content == null || !PutBackRule.isProven(pyc, content)) {
                unproven++;
            }
        }
    }

    private void leave(KeptTree tree, PycPlace place, String why) {
        leftCount++;
        if (left.size() < MOST_NAMED) {
            left.add(tree.entry().resolve(place.path()).shown() + ": not kept: " + why);
        }
    }

    /** Keeps one pyc; returns null, or the reason why the pyc is not kept. */
    private @Nullable String keep(
            RawPath source, PycRecord pyc, PycPlace place, KeptTree tree, EarlierSnapshot earlier, OpenFile files)
            throws IOException {
        FileFacts facts;
        OpenFile opened;
        try {
            opened = editor.open(tree.directory(place.directory()), place.name(), false);
        } catch (SystemCallException refused) {
            return String.valueOf(refused.getMessage());
        }
        try (OpenFile file = opened) {
            facts = editor.stat(file);
            if (!facts.regular() || !hasBytesOf(pyc, file, facts)) {
                return OTHER;
            }
            RawPath name = place.keptName();
            Method method = store(source, pyc, facts, file, earlier, files, name);
            if (!editor.stat(file).stamp().equals(facts.stamp())) {
                editor.unlink(files, name);
                return OTHER;
            }
            count(method, facts.stamp().size());
            return null;
        } catch (SystemCallException refused) {
            if (refused.errno().equals(Errno.ESTALE)) { // the file became shorter while it was copied
                editor.unlink(files, place.keptName());
                return OTHER;
            }
            if (refused.errno().equals(Errno.ENOSPC)) {
                throw new SnapshotException(
                        "no snapshot was made: the file system of the indexes has no room for a copy of "
                                + tree.entry().resolve(place.path()).shown()
                                + "; make room there, or choose another directory with --index");
            }
            throw new SnapshotException("no snapshot was made: "
                    + tree.entry().resolve(place.path()).shown() + ": " + refused.getMessage());
        }
    }

    private boolean hasBytesOf(PycRecord pyc, OpenFile file, FileFacts facts) {
        try {
            return digest.isOf(pyc, file, facts.stamp().size());
        } catch (IOException unreadable) {
            return false;
        }
    }

    private void count(Method method, long size) throws SnapshotException {
        kept.add(method, 1, size);
        if (method != Method.LINKED) {
            used += size;
            limit.require(used);
        }
    }

    private Method store(
            RawPath source,
            PycRecord pyc,
            FileFacts facts,
            OpenFile file,
            EarlierSnapshot earlier,
            OpenFile files,
            RawPath name)
            throws SystemCallException, SnapshotException {
        if (clones) {
            try (OpenFile clone = editor.create(files, name)) {
                if (editor.share(file, clone)) {
                    finish(file, facts, clone);
                    return Method.CLONED;
                }
            }
            clones = false;
            editor.unlink(files, name);
            copies.requireIn(files, editor);
        }
        if (earlier.link(source, pyc, facts, files, name)) {
            return Method.LINKED;
        }
        try (OpenFile copy = editor.create(files, name)) {
            editor.copyPart(file, 0, copy, 0, facts.stamp().size());
            finish(file, facts, copy);
            return Method.COPIED;
        }
    }

    /** Gives a kept file the mtime of the pyc, and its owner, permissions and extended attributes as far as this user may. */
    private void finish(OpenFile file, FileFacts facts, OpenFile kept) throws SystemCallException {
        editor.keepAttributes(file, facts, kept, editor.stat(kept));
        editor.setMtime(kept, facts.stamp().mtimeSeconds(), facts.stamp().mtimeNanos());
    }

    SaveResult result() {
        return new SaveResult(kept, unproven, wrong, left, leftCount, limit.warning(used));
    }
}

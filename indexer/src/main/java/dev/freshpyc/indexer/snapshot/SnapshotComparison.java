package dev.freshpyc.indexer.snapshot;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.plan.SkipReason;
import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.indexer.fs.OpenFile;
import dev.freshpyc.indexer.fs.TreeWriter;
import dev.freshpyc.indexer.fs.TreeWriter.FileFacts;
import dev.freshpyc.indexer.fs.TreeWriter.SystemCallException;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares the pycs of a snapshot with those of the tree, and hands the pycs that may be restored to {@link OldFiles}. */
final class SnapshotComparison {

    private final TreeWriter editor;
    private final PycDigest digest;
    private final Snapshot snapshot;
    private final KeptTree tree;
    private final SourceNow sources;
    private final Optional<OldFiles> files;
    private final RollbackTally tally;
    private final RolledBackRecords records;

    /** @param files restores pycs; empty for a plan */
    SnapshotComparison(
            TreeWriter editor,
            Snapshot snapshot,
            KeptTree tree,
            SourceNow sources,
            Optional<OldFiles> files,
            RollbackTally tally,
            RolledBackRecords records) {
        this.editor = editor;
        this.digest = new PycDigest(editor);
        this.snapshot = snapshot;
        this.tree = tree;
        this.sources = sources;
        this.files = files;
        this.tally = tally;
        this.records = records;
    }

    /** Compares the pycs of one source. */
    void see(RawPath source, SourceRecord then) throws IOException {
        SourceRecord now;
        try {
            now = sources.of(source, then);
        } catch (IOException unreadable) {
            for (PycRecord record : then.pycs()) {
                tally.left(
                        OldPyc.of(source, then, record),
                        SkipReason.UNREADABLE,
                        "its source cannot be read: " + unreadable.getMessage());
            }
            return;
        }
        if (PutBackRule.changeOf(then, now) != null) {
            tally.changed(source);
        }
        for (PycRecord record : then.pycs()) {
            see(OldPyc.of(source, then, record), now);
        }
    }

    private void see(OldPyc old, SourceRecord now) throws IOException {
        Optional<FileFacts> present = Optional.empty();
        try (OpenFile file =
                editor.open(tree.directory(old.place().directory()), old.place().name(), false)) {
            FileFacts facts = editor.stat(file);
            present = Optional.of(facts);
            boolean unchanged = facts.stamp().equals(old.record().stamp());
            if (facts.regular()
                    && (unchanged
                            || digest.isOf(old.record(), file, facts.stamp().size()))) {
                tally.asWanted(old);
                records.same(old, now, facts.stamp());
                return;
            }
            if (!facts.regular()) {
                tally.left(old, SkipReason.CHANGING, "no longer a regular file");
                return;
            }
        } catch (SystemCallException refused) {
            if (!refused.errno().equals(Errno.ENOENT)) {
                tally.left(old, SkipReason.REFUSED, String.valueOf(refused.getMessage()));
                return;
            }
        }
        decide(old, now, present);
    }

    private void decide(OldPyc old, SourceRecord now, Optional<FileFacts> present) throws IOException {
        @Nullable String objection = PutBackRule.objection(old.then(), old.record(), now);
        if (objection != null) {
            tally.left(old, SkipReason.CHANGING, objection);
        } else if (!isKept(old)) {
            tally.left(old, SkipReason.REFUSED, "the snapshot has not kept it");
        } else if (files.isPresent()) {
            files.get().putBack(old, now, present, snapshot, tree);
        } else {
            tally.putBack(old);
        }
    }

    /** Whether the snapshot keeps the bytes that its index describes. */
    private boolean isKept(OldPyc old) {
        try (OpenFile kept = editor.open(snapshot.files(), old.place().keptName(), false)) {
            FileFacts facts = editor.stat(kept);
            return facts.regular()
                    && digest.isOf(old.record(), kept, facts.stamp().size());
        } catch (IOException absent) {
            return false;
        }
    }
}

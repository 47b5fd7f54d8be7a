package dev.freshpyc.indexer.snapshot;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.plan.SkipReason;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.indexer.fs.OpenFile;
import dev.freshpyc.indexer.fs.TreeWriter;
import dev.freshpyc.indexer.fs.TreeWriter.FileFacts;
import dev.freshpyc.indexer.fs.TreeWriter.SystemCallException;
import dev.freshpyc.indexer.host.HostFiles;
import dev.freshpyc.indexer.repair.change.RepairOptions.Durability;
import dev.freshpyc.indexer.repair.journal.Journal;
import dev.freshpyc.indexer.repair.journal.JournalDirectory;
import dev.freshpyc.indexer.repair.journal.TemporaryName;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes new files with the bytes of a snapshot beside the present files, and renames them a batch at a time, when the whole batch is
 * on the disk. A file is always replaced as a whole and never written in place, so that its other hard links keep their bytes.
 *
 * <p>Each file gets the mtime that it had at the save. This matters: bytecode whose mtime is not before the birth of its inode counts
 * as compiled at its birth, and a restored file was compiled earlier.
 */
final class OldFiles implements AutoCloseable {

    private static final int BATCH = 4096;

    private final TreeWriter editor = HostFiles.newWriter();
    private final PycDigest digest = new PycDigest(editor);
    private final Journal journal;
    private final Durability durability;
    private final RollbackTally tally;
    private final RolledBackRecords records;
    private final List<PreparedFile> batch = new ArrayList<>();
    private final Map<Long, RawPath> devices = new HashMap<>();
    private final Map<RawPath, FileStamp> caches = new HashMap<>();
    private final Set<RawPath> withNewNames = new HashSet<>();

    /**
     * Files of one rollback.
     *
     * @param journals gets a journal with the directories that may hold new files, so that the next run cleans up after a killed one
     */
    OldFiles(JournalDirectory journals, Durability durability, RollbackTally tally, RolledBackRecords records)
            throws IOException {
        this.durability = durability;
        this.tally = tally;
        this.records = records;
        journals.all(); // removes new files that killed runs have left
        this.journal = journals.create(Instant.now());
    }

    /**
     * A new file that waits for its rename.
     *
     * @param directory of the pyc, absolute
     * @param present the file that has the name of the pyc; empty for none
     */
    private record PreparedFile(
            OldPyc old, SourceRecord now, RawPath directory, RawPath temporary, Optional<FileFacts> present) {}

    /** Makes the old file of a pyc, to be renamed later. */
    void putBack(OldPyc old, SourceRecord now, Optional<FileFacts> present, Snapshot snapshot, KeptTree tree) {
        RawPath directory = tree.entry().resolve(old.place().directory());
        RawPath temporary = TemporaryName.next();
        try (OpenFile open = opened(old, tree)) {
            note(directory, open);
            journal.begin(directory, true);
            try (OpenFile kept = editor.open(snapshot.files(), old.place().keptName(), false);
                    OpenFile made = editor.create(open, temporary)) {
                make(old, kept, made, present, open);
            } catch (IOException refused) {
                unlink(open, temporary);
                throw refused;
            }
            batch.add(new PreparedFile(old, now, directory, temporary, present));
        } catch (IOException refused) {
            tally.left(old, SkipReason.REFUSED, String.valueOf(refused.getMessage()));
        }
        if (batch.size() >= BATCH || durability == Durability.EACH) {
            renameAll();
        }
    }

    /** The directory of a pyc; a missing {@code __pycache__} is made with owner and permissions of the directory above. */
    private OpenFile opened(OldPyc old, KeptTree tree) throws SystemCallException {
        RawPath below = old.place().directory();
        try (OpenFile top = editor.openRoot(tree.entry())) {
            try {
                return editor.openDirectory(top, below);
            } catch (SystemCallException absent) {
                if (!absent.errno().equals(Errno.ENOENT) || !old.place().isInCache()) {
                    throw absent;
                }
            }
            try (OpenFile parent = editor.openDirectory(top, below.parent())) {
                FileFacts facts = editor.stat(parent);
                editor.makeDirectory(parent, below.name(), 0700);
                OpenFile made = editor.openDirectory(top, below);
                editor.copyAttributes(parent, facts, made, editor.stat(made));
                return made;
            }
        }
    }

    private void note(RawPath directory, OpenFile open) throws SystemCallException {
        FileFacts facts = editor.stat(open);
        devices.putIfAbsent(facts.identity().device(), directory);
        caches.putIfAbsent(directory, facts.stamp());
    }

    private void make(OldPyc old, OpenFile kept, OpenFile made, Optional<FileFacts> present, OpenFile directory)
            throws IOException {
        FileFacts facts = editor.stat(kept);
        long size = facts.stamp().size();
        if (!editor.share(kept, made)) {
            editor.copyPart(kept, 0, made, 0, size);
        }
        if (!digest.isOf(old.record(), made, size)) {
            throw new IOException("the file that the snapshot keeps is damaged");
        }
        if (present.isPresent()) {
            try (OpenFile there = editor.open(directory, old.place().name(), false)) {
                editor.copyAttributes(there, editor.stat(there), made, editor.stat(made));
            }
        } else {
            editor.copyAttributes(kept, facts, made, editor.stat(made));
        }
        editor.setMtime(made, facts.stamp().mtimeSeconds(), facts.stamp().mtimeNanos());
    }

    /** Renames the files that are left. */
    void finish() {
        renameAll();
        force().ifPresent(refused -> tally.problem("the files were restored but could not be forced to disk (" + refused
                + "): after a crash, run the rollback again"));
    }

    private void renameAll() {
        if (batch.isEmpty()) {
            return;
        }
        Optional<String> refused = force();
        for (PreparedFile prepared : batch) {
            rename(prepared, refused);
        }
        batch.clear();
        restoreCacheTimes();
        journal.forgetDirectories();
    }

    private void rename(PreparedFile prepared, Optional<String> refused) {
        OldPyc old = prepared.old();
        try (OpenFile directory = editor.openRoot(prepared.directory())) {
            if (refused.isPresent() || !isAsSeen(directory, prepared)) {
                editor.unlink(directory, prepared.temporary());
                tally.left(old, SkipReason.CHANGING, refused.orElse("it is being changed"));
                return;
            }
            if (prepared.present().isPresent()) {
                editor.rename(directory, prepared.temporary(), old.place().name());
            } else {
                nameAgain(directory, prepared);
                withNewNames.add(prepared.directory());
            }
            tally.putBack(old);
            records.putBack(old, prepared.now());
        } catch (IOException failed) {
            tally.left(old, SkipReason.REFUSED, String.valueOf(failed.getMessage()));
        }
    }

    private boolean isAsSeen(OpenFile directory, PreparedFile prepared) throws SystemCallException {
        RawPath name = prepared.old().place().name();
        try {
            FileFacts facts = editor.stat(directory, name);
            return prepared.present().map(FileFacts::stamp).equals(Optional.of(facts.stamp()));
        } catch (SystemCallException absent) {
            return absent.errno().equals(Errno.ENOENT) && prepared.present().isEmpty();
        }
    }

    /** Gives the name to a new file, by a link: a link fails where another file has taken the name. */
    private void nameAgain(OpenFile directory, PreparedFile prepared) throws SystemCallException {
        try {
            editor.link(
                    directory,
                    prepared.temporary(),
                    directory,
                    prepared.old().place().name());
        } finally {
            editor.unlink(directory, prepared.temporary());
        }
    }

    private void unlink(OpenFile directory, RawPath temporary) {
        try {
            editor.unlink(directory, temporary);
        } catch (SystemCallException absent) {
            // The file was not made.
        }
    }

    /** A directory in which files were only replaced gets its mtime back, so that equal trees make equal archives. */
    private void restoreCacheTimes() {
        caches.keySet().removeAll(withNewNames);
        caches.forEach((path, stamp) -> {
            try (OpenFile directory = editor.openRoot(path)) {
                editor.setMtime(directory, stamp.mtimeSeconds(), stamp.mtimeNanos());
            } catch (SystemCallException refused) {
                // Only the owner may set times. The directory keeps its new mtime, with which interpreters work as
                // well.
            }
        });
        caches.clear();
    }

    /** Waits until every file system that was written to is on its disk; returns the message of a failure. */
    private Optional<String> force() {
        if (durability == Durability.NONE) {
            return Optional.empty();
        }
        for (RawPath place : devices.values()) {
            try (OpenFile directory = editor.openRoot(place)) {
                editor.forceFileSystem(directory);
            } catch (SystemCallException refused) {
                return Optional.of(String.valueOf(refused.getMessage()));
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        editor.close();
        journal.close();
    }
}

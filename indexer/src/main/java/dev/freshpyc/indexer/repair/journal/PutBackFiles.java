package dev.freshpyc.indexer.repair.journal;

import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.outcome.Outcome.Effect;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.plan.SkipReason;
import dev.freshpyc.core.pyc.PycPath;
import dev.freshpyc.indexer.fs.OpenDirectory.Identity;
import dev.freshpyc.indexer.fs.OpenFile;
import dev.freshpyc.indexer.fs.TreeWriter;
import dev.freshpyc.indexer.fs.TreeWriter.FileFacts;
import dev.freshpyc.indexer.fs.TreeWriter.SystemCallException;
import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The old files that an undo has made anew beside the repaired ones. They are renamed a batch at a time, when the whole batch is
 * on the disk: waiting for each file by itself takes a hundred times as long.
 */
final class PutBackFiles {

    /** Files that wait to be renamed at most; bounds the room that they take beside the repaired ones. */
    static final int BATCH = 16_384;

    private static final RawPath CACHE = RawPath.of(PycPath.CACHE_DIRECTORY);

    private final TreeWriter editor;
    private final Path journal;
    private final BiConsumer<JournalEntry, Effect> report;
    private final int most;
    private final List<PreparedEntry> batch = new ArrayList<>();
    private final Map<Long, RawPath> devices = new HashMap<>();

    /** The stamps that {@code __pycache__} directories had before old files of the batch were made in them. */
    private final Map<RawPath, FileStamp> caches = new HashMap<>();

    /** Directories that a file was removed from: they keep their new mtime. */
    private final Set<RawPath> removedFrom = new HashSet<>();

    private final RecentLinks linked = new RecentLinks();

    /**
     * Files of one undo.
     *
     * @param report gets what became of each file
     * @param most how many files are renamed at once
     */
    PutBackFiles(TreeWriter editor, Path journal, BiConsumer<JournalEntry, Effect> report, int most) {
        this.most = most;
        this.editor = editor;
        this.journal = journal;
        this.report = report;
    }

    /** A file that was made anew for an entry. */
    private record PreparedEntry(JournalEntry entry, MadeFile made) {}

    /** The place of a file that was made anew; its name is a temporary one until it is renamed. */
    private static final class MadeFile {

        private final RawPath directory;
        private RawPath name;

        private MadeFile(RawPath directory, RawPath name) {
            this.directory = directory;
            this.name = name;
        }
    }

    /**
     * The old file that was made anew for each repaired file with several names, so that the other names are linked to it. A repair
     * writes the names of one file one after the other, so the files of the last few thousand entries are enough. A name that
     * comes later all the same gets a file of its own.
     */
    private static final class RecentLinks extends LinkedHashMap<Identity, MadeFile> {

        @Serial
        private static final long serialVersionUID = 1;

        private RecentLinks() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Identity, MadeFile> eldest) {
            return size() > BATCH;
        }
    }

    /** Notes that a file is removed from a directory. */
    void removedFrom(RawPath directory) {
        removedFrom.add(directory);
    }

    /** Notes the file system of a file that is changed. */
    void wroteTo(FileFacts file, JournalEntry entry) {
        devices.putIfAbsent(file.identity().device(), entry.directory());
    }

    /** Makes the old file of an entry beside the repaired one. */
    void prepare(OpenFile directory, OpenFile repaired, FileFacts facts, JournalEntry entry)
            throws SystemCallException {
        if (entry.directory().name().equals(CACHE) && !caches.containsKey(entry.directory())) {
            caches.put(entry.directory(), editor.stat(directory).stamp());
        }
        RawPath temporary = TemporaryName.next();
        @Nullable MadeFile first = linked.get(facts.identity());
        if (!linkToKept(directory, entry, temporary)) {
            if (first != null) {
                linkTo(first, directory, temporary);
            } else {
                make(directory, temporary, repaired, facts, entry);
            }
        }
        MadeFile made = new MadeFile(entry.directory(), temporary);
        if (facts.links() > 1) {
            linked.putIfAbsent(facts.identity(), made);
        }
        add(entry, made);
    }

    /**
     * Makes a removed file anew beside its name.
     *
     * @throws SystemCallException of {@code ESTALE} where the kept file is not the removed one
     */
    void prepareRemoved(OpenFile directory, JournalEntry entry) throws IOException {
        RawPath temporary = TemporaryName.next();
        KeptFiles.restore(editor, journal, entry, directory, temporary);
        devices.putIfAbsent(editor.stat(directory).identity().device(), entry.directory());
        add(entry, new MadeFile(entry.directory(), temporary));
    }

    private void add(JournalEntry entry, MadeFile made) {
        batch.add(new PreparedEntry(entry, made));
        if (batch.size() >= most) {
            renameAll();
        }
    }

    /** Makes the name a link of the old file itself, whose links the repair broke, if the file was kept and has not changed. */
    private boolean linkToKept(OpenFile directory, JournalEntry entry, RawPath temporary) {
        if (entry.keptLink().equals(RawPath.EMPTY)) {
            return false;
        }
        try (OpenFile beside = editor.openRoot(JournalName.directory(journal));
                OpenFile kept = editor.open(beside, entry.keptLink(), false)) {
            FileFacts facts = editor.stat(kept);
            if (facts.regular()
                    && FileState.of(facts.stamp()).equals(entry.before())
                    && entry.isOldHeadOf(editor, kept)) {
                editor.link(beside, entry.keptLink(), directory, temporary);
                return true;
            }
        } catch (IOException gone) {
            // The old file is copied instead.
        }
        return false;
    }

    private void linkTo(MadeFile first, OpenFile directory, RawPath temporary) throws SystemCallException {
        try (OpenFile from = editor.openRoot(first.directory)) {
            editor.link(from, first.name, directory, temporary);
        }
    }

    private void make(OpenFile directory, RawPath temporary, OpenFile repaired, FileFacts facts, JournalEntry entry)
            throws SystemCallException {
        FileState before = entry.before();
        try (OpenFile made = editor.create(directory, temporary)) {
            if (entry.operation() == JournalEntry.Operation.REPLACED) {
                OldContents.copy(editor, journal, entry.keptAt(), before.size(), made);
            } else {
                editor.copy(
                        repaired,
                        made,
                        facts.stamp().size(),
                        entry.newHead().toBytes(),
                        entry.oldHead().toBytes());
            }
            editor.copyAttributes(repaired, facts, made, editor.stat(made));
            editor.setMtime(made, before.mtimeSeconds(), before.mtimeNanos());
        } catch (SystemCallException refused) {
            editor.unlink(directory, temporary);
            throw refused;
        }
    }

    /** Waits until the files that were made are on the disk, gives them their names, and sets the mtimes of directories back. */
    void renameAll() {
        if (!batch.isEmpty()) {
            Optional<String> refused = syncAll();
            for (PreparedEntry prepared : batch) {
                report.accept(prepared.entry, rename(prepared, refused));
            }
            batch.clear();
        }
        restoreCacheTimes();
    }

    private Effect rename(PreparedEntry prepared, Optional<String> refused) {
        JournalEntry entry = prepared.entry;
        try (OpenFile directory = editor.openRoot(entry.directory())) {
            Optional<Effect> obstacle = refused.map(why -> new Effect.Failed(SkipReason.REFUSED, why));
            boolean removed = entry.operation() == JournalEntry.Operation.REMOVED;
            if (obstacle.isEmpty() && !removed && !isStillRepaired(directory, entry)) {
                obstacle = Optional.of(new Effect.Failed(SkipReason.CHANGING, Undo.CHANGED));
            }
            if (obstacle.isPresent()) {
                editor.unlink(directory, prepared.made.name);
                return obstacle.get();
            }
            if (removed) {
                return nameAgain(directory, prepared);
            }
            editor.rename(directory, prepared.made.name, entry.name());
            prepared.made.name = entry.name();
            return new Effect.PutBack();
        } catch (SystemCallException failed) {
            return Undo.failure(failed);
        }
    }

    /** Gives a file the name that was removed, unless another file has taken the name: a link replaces nothing. */
    private Effect nameAgain(OpenFile directory, PreparedEntry prepared) throws SystemCallException {
        try {
            editor.link(directory, prepared.made.name, directory, prepared.entry.name());
            return new Effect.PutBack();
        } catch (SystemCallException refused) {
            if (refused.errno().equals(Errno.EEXIST)) {
                return new Effect.Failed(SkipReason.CHANGING, RemovalUndo.TAKEN);
            }
            throw refused;
        } finally {
            editor.unlink(directory, prepared.made.name);
        }
    }

    private boolean isStillRepaired(OpenFile directory, JournalEntry entry) throws SystemCallException {
        FileFacts facts = editor.stat(directory, entry.name());
        return facts.regular() && FileState.of(facts.stamp()).equals(entry.after());
    }

    /** Sets the mtimes of {@code __pycache__} directories back, except of those that a file was removed from. */
    private void restoreCacheTimes() {
        caches.keySet().removeAll(removedFrom);
        caches.forEach((path, stamp) -> {
            try (OpenFile directory = editor.openRoot(path)) {
                editor.setMtime(directory, stamp.mtimeSeconds(), stamp.mtimeNanos());
            } catch (SystemCallException refused) {
                // Only the owner may set times; the directory keeps its new mtime, which is right as well.
            }
        });
        caches.clear();
        removedFrom.clear();
    }

    /** Waits for every file system that was written to; returns what a disk refused. */
    Optional<String> syncAll() {
        Optional<String> trouble = Optional.empty();
        for (RawPath place : devices.values()) {
            try (OpenFile directory = editor.openRoot(place)) {
                editor.forceFileSystem(directory);
            } catch (SystemCallException refused) {
                if (!refused.errno().isAbsence()) { // a directory that is gone holds nothing that a crash could lose
                    trouble = Optional.of(String.valueOf(refused.getMessage()));
                }
            }
        }
        return trouble;
    }
}

package dev.freshpyc.indexer.repair.journal;

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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
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
    private static final int BATCH = 16_384;

    private static final RawPath CACHE = RawPath.of(PycPath.CACHE_DIRECTORY);

    private final TreeWriter editor;
    private final Path journal;
    private final BiConsumer<JournalEntry, Effect> report;
    private final List<Prepared> batch = new ArrayList<>();
    private final Map<Long, RawPath> devices = new HashMap<>();

    /** The stamps that {@code __pycache__} directories had before old files were made in them. */
    private final Map<RawPath, FileStamp> caches = new HashMap<>();

    /** The old file that was made anew for each repaired file with several names, so that the other names are linked to it. */
    private final Map<Identity, Prepared> linked = new HashMap<>();

    /** @param report gets what became of each file */
    PutBackFiles(TreeWriter editor, Path journal, BiConsumer<JournalEntry, Effect> report) {
        this.editor = editor;
        this.journal = journal;
        this.report = report;
    }

    /** A file that was made anew; its name is a temporary one until it is renamed. */
    private static final class Prepared {

        private final JournalEntry entry;
        private RawPath name;

        private Prepared(JournalEntry entry, RawPath name) {
            this.entry = entry;
            this.name = name;
        }
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
        @Nullable Prepared first = linked.get(facts.identity());
        if (!linkToKept(directory, entry, temporary)) {
            if (first != null) {
                linkTo(first, directory, temporary);
            } else {
                make(directory, temporary, repaired, facts, entry);
            }
        }
        Prepared prepared = new Prepared(entry, temporary);
        batch.add(prepared);
        if (facts.links() > 1) {
            linked.putIfAbsent(facts.identity(), prepared);
        }
        if (batch.size() >= BATCH) {
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

    private void linkTo(Prepared first, OpenFile directory, RawPath temporary) throws SystemCallException {
        try (OpenFile from = editor.openRoot(first.entry.directory())) {
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

    /** Waits until the files that were made are on the disk, and gives them their names. */
    void renameAll() {
        if (batch.isEmpty()) {
            return;
        }
        Optional<String> refused = syncAll();
        for (Prepared prepared : batch) {
            report.accept(prepared.entry, rename(prepared, refused));
        }
        batch.clear();
    }

    private Effect rename(Prepared prepared, Optional<String> refused) {
        JournalEntry entry = prepared.entry;
        try (OpenFile directory = editor.openRoot(entry.directory())) {
            Optional<Effect> obstacle = refused.map(why -> new Effect.Failed(SkipReason.REFUSED, why));
            if (obstacle.isEmpty() && !isStillRepaired(directory, entry)) {
                obstacle = Optional.of(new Effect.Failed(SkipReason.CHANGING, "changed since the repair"));
            }
            if (obstacle.isPresent()) {
                editor.unlink(directory, prepared.name);
                return obstacle.get();
            }
            editor.rename(directory, prepared.name, entry.name());
            prepared.name = entry.name();
            return new Effect.PutBack();
        } catch (SystemCallException failed) {
            return Undo.failure(failed);
        }
    }

    private boolean isStillRepaired(OpenFile directory, JournalEntry entry) throws SystemCallException {
        FileFacts facts = editor.stat(directory, entry.name());
        return facts.regular() && FileState.of(facts.stamp()).equals(entry.after());
    }

    /** Sets the mtimes of {@code __pycache__} directories back, except of those that a file was removed from. */
    void restoreCacheTimes(Set<RawPath> removedFrom) {
        caches.keySet().removeAll(removedFrom);
        caches.forEach((path, stamp) -> {
            try (OpenFile directory = editor.openRoot(path)) {
                editor.setMtime(directory, stamp.mtimeSeconds(), stamp.mtimeNanos());
            } catch (SystemCallException refused) {
                // Only the owner may set times; the directory keeps its new mtime, which is right as well.
            }
        });
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

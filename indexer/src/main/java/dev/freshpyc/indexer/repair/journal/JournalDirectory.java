package dev.freshpyc.indexer.repair.journal;

import dev.freshpyc.core.path.JavaPath;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.store.file.OwnedFile;
import dev.freshpyc.core.store.file.Ownership;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The directory that holds the journals of one user. */
public final class JournalDirectory {

    private final Path directory;

    /** The directory at {@code path}. The first journal makes the directory, for its owner alone. */
    public JournalDirectory(Path path) {
        this.directory = path;
    }

    /** No directory, for a run that only plans: no journal can be made in it. */
    public static JournalDirectory none() {
        return new JournalDirectory(Path.of("/dev/null/undo"));
    }

    /** The directory, which need not exist. */
    public Path path() {
        return directory;
    }

    /** A new journal of a repair or an undo that begins at {@code now}. */
    public Journal create(Instant now) throws IOException {
        return create(now, Journal.MAGIC);
    }

    /** A new journal of a clean that begins at {@code now}: earlier versions refuse it, since they cannot undo a removal. */
    public Journal createForClean(Instant now) throws IOException {
        return create(now, Journal.MAGIC_OF_CLEAN);
    }

    private Journal create(Instant now, long magic) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        requireTrusted();
        return Journal.create(() -> directory.resolve(JournalName.running(now)), magic);
    }

    /** The journals of runs that have ended, the oldest first. First removes the temporary files that killed runs left in the trees. */
    public List<Path> all() throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        requireTrusted();
        for (Path running : files(JournalName.RUNNING)) {
            finishIfDead(running);
        }
        return files(JournalName.FINISHED);
    }

    /** The newest journal. */
    public Optional<Path> last() throws IOException {
        List<Path> all = all();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
    }

    /** The newest run that changed a file at or below one of those paths. */
    public Optional<RecordedRun> lastBelow(List<RawPath> paths) throws IOException {
        for (Path journal : all().reversed()) {
            RecordedRun run = RecordedRun.read(journal);
            if (run.changedBelow(paths)) {
                return Optional.of(run);
            }
        }
        return Optional.empty();
    }

    /** Notes that the run which began at {@code now} changed nothing, so that an undo does not undo an earlier run instead. */
    public void noteUnchanged(Instant now) throws IOException {
        if (last().isPresent()) {
            Files.createFile(directory.resolve(JournalName.unchanged(now)));
        }
    }

    /** Whether a run that changed nothing is newer than a journal. */
    public boolean isUnchangedSince(Path journal) throws IOException {
        Path name = journal.getFileName();
        return files(JournalName.UNCHANGED).stream()
                .anyMatch(note -> note.getFileName().compareTo(name) > 0);
    }

    /** Deletes all journals with the old files that they keep: no run can be undone any more. */
    public void discardAll() throws IOException {
        for (Path journal : all()) {
            JournalName.delete(journal);
        }
        if (Files.isDirectory(directory)) {
            for (Path note : files(JournalName.UNCHANGED)) {
                Files.deleteIfExists(note);
            }
        }
    }

    /**
     * Deletes the journals of runs whose trees lie at or below those paths, with the old files that they keep; returns how many.
     */
    public int discardWithin(List<RawPath> paths) throws IOException {
        int discarded = 0;
        for (Path journal : all()) {
            if (RecordedRun.read(journal).isWithin(paths)) {
                JournalName.delete(journal);
                discarded++;
            }
        }
        return discarded;
    }

    /** Deletes the oldest journals until the rest takes no more than {@code limit} bytes, and all notes but the last. */
    public void trim(long limit) throws IOException {
        List<Path> all = new ArrayList<>(all());
        List<Path> notes = Files.isDirectory(directory) ? files(JournalName.UNCHANGED) : List.of();
        for (Path note : notes.subList(0, Math.max(0, notes.size() - 1))) {
            Files.deleteIfExists(note);
        }
        List<Long> sizes = new ArrayList<>();
        long total = 0;
        Map<String, Long> removed = all.isEmpty() ? Map.of() : JournalName.removedSizes(directory);
        for (Path journal : all) {
            long links = removed.getOrDefault(String.valueOf(journal.getFileName()), 0L);
            sizes.add(Files.size(journal) + JournalName.keptSize(journal) + links);
            total += sizes.getLast();
        }
        for (int i = 0; i < all.size() && total > limit; i++) {
            JournalName.delete(all.get(i));
            total -= sizes.get(i);
        }
    }

    /**
     * The journal of a run that has ended. The journal of a killed run is finished first; it is deleted where the run changed nothing.
     *
     * @throws IOException when the run goes on
     */
    static Path ended(Path journal) throws IOException {
        Path finished = JournalName.finished(journal);
        if (finished.equals(journal)) {
            return journal;
        }
        finishIfDead(journal);
        if (Files.exists(journal, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(JavaPath.toRaw(journal).shown()
                    + " is the journal of a repair that is still running: undo it when it has ended");
        }
        return finished;
    }

    /** Cleans up after a killed run. A journal that lists no change is deleted, and at most a note of the run stays. */
    private static void finishIfDead(Path running) throws IOException {
        OwnedFile.takeOver(running, channel -> {
            Set<JournalEntry.Operation> operations = EnumSet.noneOf(JournalEntry.Operation.class);
            CrashCleanup.run(
                    channel.size() < Long.BYTES
                            ? JournalEntries.of(List.of())
                            : JournalEntries.read(running, channel, entry -> operations.add(entry.operation())));
            if (operations.stream().anyMatch(JournalEntry.Operation::isChange)) {
                Files.move(running, JournalName.finished(running), StandardCopyOption.ATOMIC_MOVE);
            } else if (operations.contains(JournalEntry.Operation.TREE)) {
                JournalName.replaceByNote(running);
            } else {
                JournalName.delete(running);
            }
        });
    }

    private List<Path> files(String suffix) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        }
    }

    private void requireTrusted() throws IOException {
        @Nullable String objection = Ownership.objectionToDirectory(directory);
        if (objection != null) {
            throw new IOException(directory + ": " + objection);
        }
    }
}

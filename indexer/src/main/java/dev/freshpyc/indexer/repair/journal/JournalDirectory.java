package dev.freshpyc.indexer.repair.journal;

import dev.freshpyc.core.store.file.OwnedFile;
import dev.freshpyc.core.store.file.Ownership;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The directory that holds the journals of one user. */
public final class JournalDirectory {

    private final Path directory;

    /** The directory at {@code path}; the first journal makes it, for its owner alone. */
    public JournalDirectory(Path path) {
        this.directory = path;
    }

    /** A new journal of a run that begins at {@code now}. */
    public Journal create(Instant now) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        requireBelieved();
        return Journal.create(() -> directory.resolve(JournalName.running(now)));
    }

    /** The journals of runs that have ended, the oldest first. Removes what killed runs have left in the trees before. */
    public List<Path> all() throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        requireBelieved();
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

    /** Deletes a journal with the old files that it keeps: the run cannot be undone any more. */
    public static void discard(Path journal) throws IOException {
        JournalName.delete(journal);
    }

    /** Deletes the oldest journals until the rest takes no more than {@code limit} bytes. */
    public void trim(long limit) throws IOException {
        List<Path> all = new ArrayList<>(all());
        List<Long> sizes = new ArrayList<>();
        long total = 0;
        for (Path journal : all) {
            sizes.add(Files.size(journal) + JournalName.keptSize(journal));
            total += sizes.getLast();
        }
        for (int i = 0; i < all.size() && total > limit; i++) {
            discard(all.get(i));
            total -= sizes.get(i);
        }
    }

    /** Cleans up after a killed run. A file without its magic was created by a run that had not begun: it is deleted. */
    private static void finishIfDead(Path running) throws IOException {
        OwnedFile.takeOver(running, channel -> {
            if (channel.size() < Long.BYTES) {
                discard(running);
                return;
            }
            CrashCleanup.run(Journal.read(running, channel));
            Files.move(running, JournalName.finished(running), StandardCopyOption.ATOMIC_MOVE);
        });
    }

    private List<Path> files(String suffix) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        }
    }

    private void requireBelieved() throws IOException {
        @Nullable String objection = Ownership.objectionToDirectory(directory);
        if (objection != null) {
            throw new IOException(directory + ": " + objection);
        }
    }
}

package dev.freshpyc.indexer.repair.journal;

import dev.freshpyc.core.store.file.OwnedFile;
import dev.freshpyc.core.store.file.Ownership;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where journals are kept: their names are in the order of their time, and tell whether their run came to its end. */
public final class JournalDirectory {

    private static final String FINISHED = ".journal";
    private static final String RUNNING = ".running";
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final Path directory;

    /** The directory at {@code path}, which is made when it is needed, for its owner alone. */
    public JournalDirectory(Path path) {
        this.directory = path;
    }

    public Journal create(Instant now) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        requireBelieved();
        return Journal.create(() -> randomName(now));
    }

    private Path randomName(Instant now) {
        String random = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
        return directory.resolve(NAME.format(now) + "-" + random + RUNNING);
    }

    /** The journals of runs that have ended, the oldest first; what killed runs left in the trees is cleaned away. */
    public List<Path> all() throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        requireBelieved();
        for (Path running : files(RUNNING)) {
            finishIfDead(running);
        }
        return files(FINISHED);
    }

    /** The newest journal. */
    public Optional<Path> last() throws IOException {
        List<Path> all = all();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
    }

    /** Forgets a journal: what its run changed cannot be undone any more. */
    public static void discard(Path journal) throws IOException {
        Files.deleteIfExists(SavedContents.beside(journal));
        Files.deleteIfExists(journal);
    }

    /** Forgets the oldest journals until the rest takes no more than {@code limit} bytes. */
    public void trim(long limit) throws IOException {
        List<Path> all = new ArrayList<>(all());
        List<Long> sizes = new ArrayList<>();
        long total = 0;
        for (Path journal : all) {
            sizes.add(Files.size(journal) + SavedContents.size(journal));
            total += sizes.getLast();
        }
        for (int i = 0; i < all.size() && total > limit; i++) {
            discard(all.get(i));
            total -= sizes.get(i);
        }
    }

    /** The name of a journal once its run has ended. */
    public static Path finished(Path journal) {
        String name = String.valueOf(journal.getFileName());
        return name.endsWith(RUNNING)
                ? journal.resolveSibling(name.substring(0, name.length() - RUNNING.length()) + FINISHED)
                : journal;
    }

    /** Cleans up after a killed run, whose journal is nobody's. A run killed before its first entry changed nothing. */
    private static void finishIfDead(Path running) throws IOException {
        OwnedFile.takeOver(running, channel -> {
            if (channel.size() == 0) {
                discard(running);
                return;
            }
            CrashCleanup.clear(Journal.read(running, channel));
            Files.move(running, finished(running), StandardCopyOption.ATOMIC_MOVE);
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

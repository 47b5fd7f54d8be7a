package dev.freshpyc.indexer.repair.journal;

import dev.freshpyc.core.path.JavaPath;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.CanonicalPath;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The names of journals and of the old files that they keep: {@code TIME-RANDOM.running} while the run is going on, then
 * {@code TIME-RANDOM.journal}, with {@code TIME-RANDOM.journal.kept} and hard links {@code TIME-RANDOM.journal.link-N} beside.
 * {@code TIME-RANDOM.unchanged} is an empty file: the last run, which changed nothing. Sorted by name, runs are sorted by time.
 */
final class JournalName {

    static final String FINISHED = ".journal";
    static final String RUNNING = ".running";
    static final String UNCHANGED = ".unchanged";
    private static final String KEPT = ".kept";
    private static final String LINK = ".link-";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    private JournalName() {}

    /** The name of a new run's journal. */
    static String running(Instant now) {
        return of(now) + RUNNING;
    }

    /** The name of the file that says of a run that it changed nothing. */
    static String unchanged(Instant now) {
        return of(now) + UNCHANGED;
    }

    private static String of(Instant now) {
        String random = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
        return TIME.format(now) + "-" + random;
    }

    /** The directory of a journal, absolute and without links. */
    static RawPath directory(Path journal) throws IOException {
        return JavaPath.toRaw(CanonicalPath.ofExisting(journal.resolveSibling(".")));
    }

    /** The name of a hard link that a journal's run has kept. */
    static RawPath link(Path journal, int number) {
        return RawPath.of(finished(journal).getFileName() + LINK + number);
    }

    /** The path of a journal once its run has ended. */
    static Path finished(Path journal) {
        String name = String.valueOf(journal.getFileName());
        return name.endsWith(RUNNING)
                ? journal.resolveSibling(name.substring(0, name.length() - RUNNING.length()) + FINISHED)
                : journal;
    }

    /** The directory of the old files that a journal names. */
    static Path kept(Path journal) {
        Path finished = finished(journal);
        return finished.resolveSibling(finished.getFileName() + KEPT);
    }

    /** How many bytes of old files a journal's run has kept. */
    static long keptSize(Path journal) throws IOException {
        Path kept = kept(journal);
        return Files.isRegularFile(kept, LinkOption.NOFOLLOW_LINKS) ? Files.size(kept) : 0;
    }

    /** How many bytes of removed files each journal keeps, by the journal's name: files that have no other name any more. */
    static Map<String, Long> removedSizes(Path directory) throws IOException {
        Map<String, Long> sizes = new HashMap<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(directory, "*" + FINISHED + LINK + "*")) {
            for (Path file : all) {
                String name = String.valueOf(file.getFileName());
                sizes.merge(name.substring(0, name.indexOf(LINK)), sizeIfAlone(file), Long::sum);
            }
        }
        return sizes;
    }

    private static long sizeIfAlone(Path file) throws IOException {
        Map<String, Object> facts =
                Files.readAttributes(file, "unix:nlink,size,isRegularFile", LinkOption.NOFOLLOW_LINKS);
        boolean alone = Boolean.TRUE.equals(facts.get("isRegularFile")) && Objects.equals(facts.get("nlink"), 1);
        return alone && facts.get("size") instanceof Long size ? size : 0;
    }

    /** Replaces the journal of a run that changed nothing by a note of the run, where there is an earlier run to be undone. */
    static void replaceByNote(Path journal) throws IOException {
        try (DirectoryStream<Path> earlier = Files.newDirectoryStream(journal.resolveSibling("."), "*" + FINISHED)) {
            if (earlier.iterator().hasNext()) {
                String finished = String.valueOf(finished(journal).getFileName());
                String name = finished.substring(0, finished.length() - FINISHED.length());
                Files.move(journal, journal.resolveSibling(name + UNCHANGED), StandardCopyOption.ATOMIC_MOVE);
            }
        }
        delete(journal);
    }

    /** Deletes a journal and the old files that it keeps: the run cannot be undone any more. */
    static void delete(Path journal) throws IOException {
        Files.deleteIfExists(kept(journal));
        String links = finished(journal).getFileName() + LINK + "*";
        try (DirectoryStream<Path> all = Files.newDirectoryStream(journal.resolveSibling("."), links)) {
            for (Path link : all) {
                Files.deleteIfExists(link);
            }
        }
        Files.deleteIfExists(journal);
    }
}

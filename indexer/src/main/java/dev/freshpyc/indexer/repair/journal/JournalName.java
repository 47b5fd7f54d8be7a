package dev.freshpyc.indexer.repair.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The names of journals and of the old files that they keep: {@code TIME-RANDOM.running} while the run is going on, then
 * {@code TIME-RANDOM.journal}, with {@code TIME-RANDOM.journal.kept} beside. Sorted by name, journals are sorted by time.
 */
final class JournalName {

    static final String FINISHED = ".journal";
    static final String RUNNING = ".running";
    private static final String KEPT = ".kept";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    private JournalName() {}

    /** The name of a new run's journal. */
    static String running(Instant now) {
        String random = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
        return TIME.format(now) + "-" + random + RUNNING;
    }

    /** The path of a journal once its run has ended. */
    static Path finished(Path journal) {
        String name = String.valueOf(journal.getFileName());
        return name.endsWith(RUNNING)
                ? journal.resolveSibling(name.substring(0, name.length() - RUNNING.length()) + FINISHED)
                : journal;
    }

    /** Where the old files lie that a journal names. */
    static Path kept(Path journal) {
        Path finished = finished(journal);
        return finished.resolveSibling(finished.getFileName() + KEPT);
    }

    /** How many bytes of old files a journal's run has kept. */
    static long keptSize(Path journal) throws IOException {
        Path kept = kept(journal);
        return Files.isRegularFile(kept, LinkOption.NOFOLLOW_LINKS) ? Files.size(kept) : 0;
    }

    /** Deletes a journal and the old files that it keeps: the run cannot be undone any more. */
    static void delete(Path journal) throws IOException {
        Files.deleteIfExists(kept(journal));
        Files.deleteIfExists(journal);
    }
}

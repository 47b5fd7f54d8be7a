package dev.freshpyc.indexer.repair.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A journal belongs to the run that writes it: listing journals leaves the journal of a live run alone. */
@Timeout(60)
class JournalOwnerTest {

    private static final int JOURNALS = 2_000;

    @TempDir
    private Path directory;

    @Test
    void listingSkipsTheJournalThatTheSameProcessWrites() throws IOException {
        JournalDirectory journals = new JournalDirectory(directory);
        try (Journal journal = journals.create(Instant.EPOCH)) {
            assertThat(journals.all()).isEmpty();
            assertThat(new JournalDirectory(directory.resolve("../" + directory.getFileName())).all())
                    .as("listed by another path")
                    .isEmpty();
            assertThat(journal.file()).exists();
        }
    }

    @Test
    void listingInAnotherThreadLeavesNewJournalsAlone() throws Exception {
        JournalDirectory journals = new JournalDirectory(directory);
        AtomicBoolean done = new AtomicBoolean();
        try (ExecutorService cleaner = Executors.newSingleThreadExecutor()) {
            Future<List<Path>> listed = cleaner.submit(() -> {
                while (!done.get()) {
                    journals.all();
                }
                return journals.all();
            });
            try {
                createAll(journals);
            } finally {
                done.set(true);
            }
            assertThat(listed.get()).isEmpty();
        }
    }

    @Test
    void listingInAnotherProcessLeavesNewJournalsAlone() throws Exception {
        Process cleaner = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Cleaner.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(cleaner.inputReader().readLine()).isEqualTo("cleaning");
            createAll(new JournalDirectory(directory));
            assertThat(cleaner.isAlive()).isTrue();
        } finally {
            cleaner.destroyForcibly().waitFor();
        }
    }

    @Test
    void aRunThatIsStillRunningCannotBeUndone() throws IOException {
        try (Journal journal = new JournalDirectory(directory).create(Instant.EPOCH)) {
            assertThatThrownBy(() -> RecordedRun.read(journal.file()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(journal.file() + " is the journal of a repair that is still running");
            assertThat(journal.file()).exists();
        }
    }

    @Test
    void theJournalOfAKilledRunWithoutChangesIsRefused() throws IOException {
        Path running = Files.writeString(directory.resolve("20260101T000000.000Z-00000000.running"), "freshjn4");

        assertThatThrownBy(() -> RecordedRun.read(running)).hasMessageContaining("lists no change");
    }

    @Test
    void anEmptyJournalOfAKilledRunIsDeleted() throws IOException {
        Path running = Files.createFile(directory.resolve("20260101T000000.000Z-00000000.running"));

        assertThat(new JournalDirectory(directory).all()).isEmpty();
        assertThat(running).doesNotExist();
    }

    private static void createAll(JournalDirectory journals) throws IOException {
        for (int i = 0; i < JOURNALS; i++) {
            try (Journal journal = journals.create(Instant.EPOCH)) {
                assertThat(journal.file()).exists();
            }
        }
    }

    /** Lists journals until the process is killed; each listing cleans up after dead runs. */
    static final class Cleaner {

        private Cleaner() {}

        public static void main(String[] args) throws IOException {
            JournalDirectory journals = new JournalDirectory(Path.of(args[0]));
            System.out.println("cleaning");
            while (true) {
                journals.all();
            }
        }
    }
}

package dev.freshpyc.core.store.chronicle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.store.Draft;
import dev.freshpyc.core.store.Generation;
import dev.freshpyc.core.store.RecordedEvents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kills publishing processes at random moments: the live index stays whole, and the next draft deletes their pending files. */
class KilledPublisherTest {

    private static final int KILLS = Integer.getInteger("freshpyc.kills", 8);

    @TempDir
    private Path directory;

    private final SplittableRandom random = new SplittableRandom();

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aKilledPublisherLeavesAWholeIndex(boolean overlays) throws IOException, InterruptedException {
        RecordedEvents events = new RecordedEvents();
        ChronicleStore store = PublishingProcess.store(directory, events, overlays);
        Process next = ChildJvm.start(PublishingProcess.class, directory.toString(), "1", "" + overlays);
        long pendingFilesSeen = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            Process victim = next;
            awaitPublishing(victim);
            next = ChildJvm.start(PublishingProcess.class, directory.toString(), "1", "" + overlays);
            assertThat(victim.waitFor(random.nextInt(60), TimeUnit.MILLISECONDS))
                    .isFalse();
            victim.destroyForcibly().waitFor();
            pendingFilesSeen += pendingFiles();
            assertWhole(store);
        }
        next.destroyForcibly().waitFor();
        try (Draft cleaning = store.draft(PublishingProcess.ENTRY)) {
            assertThat(cleaning.base()).isPresent();
        }
        assertThat(pendingFiles()).isZero();
        assertThat(events.messages()).isEmpty();
        System.out.println("KilledPublisherTest: " + KILLS + " kills, " + pendingFilesSeen
                + " pending files were seen after a kill");
    }

    private static void awaitPublishing(Process child) throws IOException {
        assertThat(child.inputReader().readLine()).isEqualTo("publishing");
    }

    private static void assertWhole(ChronicleStore store) throws IOException {
        try (Generation generation = store.open(PublishingProcess.ENTRY).orElseThrow()) {
            PublishingProcess.assertWhole(generation);
        }
    }

    private long pendingFiles() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".pending")).count();
        }
    }
}

package dev.freshpyc.core.store.chronicle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.store.Draft;
import dev.freshpyc.core.store.Generation;
import dev.freshpyc.core.store.Told;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Publishers that are killed at any moment: the live index stays whole, and what they leave is cleaned away. */
class KillTest {

    private static final int KILLS = Integer.getInteger("freshpyc.kills", 30);

    @TempDir
    private Path directory;

    private final SplittableRandom random = new SplittableRandom();

    @Test
    void aKilledPublisherHarmsNothing() throws IOException, InterruptedException {
        Told told = new Told();
        ChronicleStore store = new ChronicleStore(directory, told);
        Process next = ChildJvm.start(Publishers.class, directory.toString(), "1");
        long leftBehind = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            Process doomed = next;
            requirePublishing(doomed);
            next = ChildJvm.start(Publishers.class, directory.toString(), "1");
            assertThat(doomed.waitFor(random.nextInt(60), TimeUnit.MILLISECONDS))
                    .isFalse();
            doomed.destroyForcibly().waitFor();
            leftBehind += pending();
            requireWhole(store);
        }
        next.destroyForcibly().waitFor();
        try (Draft cleaning = store.draft(Publishers.ENTRY)) {
            assertThat(cleaning.records()).isPositive();
        }
        assertThat(pending()).isZero();
        assertThat(told.events()).isEmpty();
        System.out.println("KillTest: " + KILLS + " kills, " + leftBehind + " times a pending file was seen after one");
    }

    private static void requirePublishing(Process child) throws IOException {
        assertThat(child.inputReader().readLine()).isEqualTo("publishing");
    }

    private static void requireWhole(ChronicleStore store) throws IOException {
        try (Generation generation = store.open(Publishers.ENTRY).orElseThrow()) {
            Publishers.requireWhole(generation);
        }
    }

    private long pending() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".pending")).count();
        }
    }
}

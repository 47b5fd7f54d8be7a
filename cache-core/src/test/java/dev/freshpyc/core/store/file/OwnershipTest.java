package dev.freshpyc.core.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnershipTest {

    private static final int ROUNDS = 20_000;

    @TempDir
    Path directory;

    /** Two concurrent runs that confirm an index for the first time create and delete this file at the same moment. */
    @Test
    void aFileThatAppearsAndDisappearsIsTrusted() throws Exception {
        Path file = directory.resolve("index.checked");
        FutureTask<Integer> other = new FutureTask<>(() -> createAndDelete(file));
        Thread.ofPlatform().start(other);
        int timesPresent = 0;
        while (!other.isDone()) {
            assertThat(Ownership.objectionToFile(file)).isNull();
            timesPresent += Files.exists(file) ? 1 : 0;
        }
        assertThat(other.get()).isEqualTo(ROUNDS);
        assertThat(timesPresent).isPositive();
    }

    @Test
    void anythingButARegularFileIsRefused() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link"), Files.createFile(directory.resolve("file")));
        assertThat(Ownership.objectionToFile(link)).contains("no regular file");
        assertThat(Ownership.objectionToFile(directory)).contains("no regular file");
    }

    private static int createAndDelete(Path file) throws IOException {
        int rounds = 0;
        while (rounds < ROUNDS) {
            Files.createFile(file);
            Files.delete(file);
            rounds++;
        }
        return rounds;
    }
}

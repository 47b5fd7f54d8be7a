package dev.freshpyc.core.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnershipTest {

    private static final int TIMES = 20_000;

    @TempDir
    Path directory;

    /** Which is what the first confirmations of two runs at once do to each other. */
    @Test
    void aFileThatComesAndGoesIsNotObjectedTo() throws Exception {
        Path file = directory.resolve("index.checked");
        FutureTask<Integer> other = new FutureTask<>(() -> comeAndGo(file));
        Thread.ofPlatform().start(other);
        int seen = 0;
        while (!other.isDone()) {
            assertThat(Ownership.objectionToFile(file)).isNull();
            seen += Files.exists(file) ? 1 : 0;
        }
        assertThat(other.get()).isEqualTo(TIMES);
        assertThat(seen).isPositive();
    }

    @Test
    void whatIsNoRegularFileIs() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link"), Files.createFile(directory.resolve("file")));
        assertThat(Ownership.objectionToFile(link)).contains("no regular file");
        assertThat(Ownership.objectionToFile(directory)).contains("no regular file");
    }

    private static int comeAndGo(Path file) throws IOException {
        int done = 0;
        while (done < TIMES) {
            Files.createFile(file);
            Files.delete(file);
            done++;
        }
        return done;
    }
}

package dev.freshpyc.perf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command lines of the distribution, and the heap limit read from its options. */
class FreshpycCommandsTest {

    @TempDir
    Path home;

    @Test
    void theHeapLimitIsReadFromTheLauncherOptions() throws IOException {
        options("-XX:+UseSerialGC\n-Xmx128m\n-Xlog:disable\n");

        assertThat(commands().heapLimit()).isEqualTo(128);
    }

    @Test
    void optionsWithoutAHeapLimitAreRefused() throws IOException {
        options("-XX:+UseSerialGC\n");

        assertThatIOException().isThrownBy(() -> commands().heapLimit()).withMessageStartingWith("no -Xmx…m in ");
    }

    @Test
    void theRefreshCommandNamesTheIndexFirst() {
        assertThat(commands().refresh(Path.of("/i"), "--format", "json", "/t"))
                .containsExactly(
                        home.resolve("bin/freshpyc").toString(), "refresh", "--index", "/i", "--format", "json", "/t");
    }

    private FreshpycCommands commands() {
        return new FreshpycCommands(home.resolve("bin/freshpyc"));
    }

    private void options(String text) throws IOException {
        Files.createDirectories(home.resolve("lib"));
        Files.writeString(home.resolve("lib/java.options"), text);
    }
}

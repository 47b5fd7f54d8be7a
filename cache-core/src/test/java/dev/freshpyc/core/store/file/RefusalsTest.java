package dev.freshpyc.core.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks the messages about files that cannot be read or written: the cause, the way out, and escaped paths. */
class RefusalsTest {

    private static final Path FILE = Path.of("/cache/a.index");

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(
                        new AccessDeniedException("/cache"),
                        "permission denied; choose a directory that you may write to"),
                Arguments.of(
                        new NoSuchFileException("/cache"),
                        "/cache does not exist and cannot be made; choose another directory"),
                Arguments.of(
                        new IOException("No space left on device"),
                        "No space left on device; make room there or choose another directory"),
                Arguments.of(
                        new IOException("Disk quota exceeded"),
                        "Disk quota exceeded; make room there or choose another directory"),
                Arguments.of(
                        new FileSystemException("/cache", null, "Read-only file system"),
                        "/cache: Read-only file system; choose another directory"),
                Arguments.of(new FileSystemException(FILE.toString(), null, "Is a directory"), "Is a directory"),
                Arguments.of(new FileSystemLoopException("/cache"), "the system refuses /cache"),
                Arguments.of(new ClosedByInterruptException(), "the system refuses it"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aFailedWriteIsExplainedWithAWayOut(IOException cause, String explanation) {
        assertThat(Refusals.toWrite(FILE, cause))
                .hasMessage("cannot write /cache/a.index: " + explanation + ". Nothing was changed.")
                .hasCause(cause);
    }

    @Test
    void aFailedReadIsExplained() {
        assertThat(Refusals.toRead(FILE, new AccessDeniedException("/cache/a.index")))
                .hasMessage("cannot read /cache/a.index: permission denied");
        assertThat(Refusals.toRead(FILE, new IOException("Input/output error")))
                .hasMessage(
                        "cannot read /cache/a.index: Input/output error; the disk fails, as 'dmesg' tells; choose another directory");
    }

    @Test
    void pathsInMessagesAreEscaped() {
        Path withEscapes = Path.of("/c\033[31mache/\n.index");
        assertThat(Refusals.toWrite(withEscapes, new NoSuchFileException("/c\033[31mache"))
                        .getMessage())
                .startsWith("cannot write /c\\x1b[31mache/\\n.index: /c\\x1b[31mache does not exist");
    }
}

package dev.freshpyc.core.store.chronicle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.Samples;
import dev.freshpyc.core.store.Draft;
import dev.freshpyc.core.store.Generation;
import dev.freshpyc.core.store.RecordedEvents;
import dev.freshpyc.core.store.RootRights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks directories that cannot be written: one clear message, an unchanged old index and no other files. */
class UnwritableDirectoryTest {

    private static final RawPath ENTRY = RawPath.of("/opt/app");
    private static final int FEW = 100;
    private static final int TOO_MANY = 20_000;

    @TempDir
    private Path directory;

    private final RecordedEvents events = new RecordedEvents();
    private boolean mounted;

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        if (mounted) {
            run("umount", directory.toString());
        }
    }

    @Test
    void aFullDiskKeepsTheOldIndex() throws IOException, InterruptedException {
        mount();
        publish(FEW);
        assertThatIOException()
                .isThrownBy(() -> publish(TOO_MANY))
                .withMessageContaining(directory.toString())
                .withMessageContaining("No space left on device; make room there or choose another directory");
        assertOnlyTheOldIndexExists();
        publish(2 * FEW);
    }

    @Test
    void aReadOnlyFileSystemKeepsTheOldIndex() throws IOException, InterruptedException {
        mount();
        publish(FEW);
        run("mount", "-o", "remount,ro", directory.toString());
        assertThatIOException()
                .isThrownBy(() -> publish(2 * FEW))
                .withMessageContaining("Read-only file system; choose another directory");
        assertOnlyTheOldIndexExists();
    }

    @Test
    void aDamagedFileThatCannotBeSetAsideIsReportedOnce() throws IOException, InterruptedException {
        mount();
        publish(FEW);
        try (Stream<Path> files = Files.list(directory)) {
            Files.write(files.findFirst().orElseThrow(), new byte[10]);
        }
        run("mount", "-o", "remount,ro", directory.toString());
        ChronicleStore store = store();
        assertThat(store.open(ENTRY)).isEmpty();
        assertThat(store.open(ENTRY)).isEmpty();
        assertThat(events.messages()).hasSize(1);
    }

    @Test
    void aDirectoryWithoutWritePermissionKeepsTheOldIndex() throws IOException {
        RootRights.refuse("root has every permission");
        publish(FEW);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-xr-xr-x"));
        assertThatIOException().isThrownBy(() -> publish(2 * FEW)).withMessageContaining("permission denied");
        assertOnlyTheOldIndexExists();
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void aDirectoryBelowAFileIsRefused() throws IOException {
        Path below = Files.createFile(directory.resolve("file")).resolve("indexes");
        try (Draft draft = new ChronicleStore(below, events).draft(ENTRY)) {
            assertThatIOException().isThrownBy(() -> draft.publish(1)).withMessageContaining("cannot write " + below);
        }
    }

    private void mount() throws IOException, InterruptedException {
        RootRights.require("needs root to mount a small tmpfs");
        mounted = exitCode("mount", "-t", "tmpfs", "-o", "size=1m,mode=755", "tmpfs", directory.toString()) == 0;
        assumeTrue(mounted, "NOT RUN: mounting a tmpfs is not allowed here");
    }

    private void publish(int records) throws IOException {
        try (Draft draft = store().draft(ENTRY)) {
            for (int i = 0; i < records; i++) {
                draft.put(RawPath.of("module" + i + ".py"), Samples.proven(i, 11));
            }
            draft.publish(1);
        }
    }

    private void assertOnlyTheOldIndexExists() throws IOException {
        try (Generation generation = store().open(ENTRY).orElseThrow();
                Stream<Path> files = Files.list(directory)) {
            assertThat(generation.info().records()).isEqualTo(FEW);
            assertThat(files).hasSize(1);
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        assertThat(exitCode(command)).as(String.join(" ", command)).isZero();
    }

    private static int exitCode(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
    }

    private ChronicleStore store() {
        return new ChronicleStore(directory, events);
    }
}

package dev.freshpyc.core.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks that a file is taken over only after its owner has ended. */
class OwnedFileTest {

    private final List<Path> taken = new ArrayList<>();

    @TempDir
    private Path directory;

    @Test
    void theFileOfALivingOwnerIsNotTakenOver() throws IOException {
        try (OwnedFile owned = OwnedFile.create(() -> directory.resolve("a"), "rw-------")) {
            takeOver(owned.path());
            takeOver(directory.resolve("../" + directory.getFileName() + "/a"));
            assertThat(taken).isEmpty();
        }
        takeOver(directory.resolve("a"));
        assertThat(taken).hasSize(1);
    }

    @Test
    void aMissingFileIsNotTakenOver() throws IOException {
        takeOver(directory.resolve("gone"));
        assertThat(taken).isEmpty();
    }

    @Test
    void anExistingFileIsNotOverwritten() throws IOException {
        Path used = Files.createFile(directory.resolve("a"));
        assertThatThrownBy(() -> OwnedFile.create(() -> used, "rw-------")).isInstanceOf(IOException.class);
        takeOver(used);
        assertThat(taken).as("a refused creation keeps no lock").containsExactly(used);
    }

    /** A symbolic link to the directory must not hide that this process owns the file. */
    @Test
    void aFileBehindALinkedDirectoryHasTheSameOwner() throws IOException {
        Path real = Files.createDirectory(directory.resolve("real"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), real);
        try (OwnedFile owned = OwnedFile.create(() -> real.resolve("a"), "rw-------")) {
            takeOver(link.resolve("a"));
            assertThat(taken).isEmpty();
            assertThat(owned.path()).exists();
        }
    }

    @Test
    void aFileThatThisProcessLockedElsewhereIsNotTakenOver() throws IOException {
        Path file = Files.createFile(directory.resolve("a"));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            assertThat(channel.tryLock()).isNotNull();
            takeOver(file);
        }
        assertThat(taken).isEmpty();
    }

    @Test
    void aFailedTakeoverReleasesTheFile() throws IOException {
        Path file = Files.writeString(directory.resolve("a"), "left");
        OwnedFile.takeOver(file, channel -> assertThat(channel.size()).isEqualTo(4));
        assertThatThrownBy(() -> OwnedFile.takeOver(file, _ -> {
                    throw new UncheckedIOException(new IOException("defect"));
                }))
                .isInstanceOf(UncheckedIOException.class);
        takeOver(file);
        assertThat(taken).as("the takeover after a failed takeover").containsExactly(file);
    }

    private void takeOver(Path path) throws IOException {
        OwnedFile.takeOver(path, _ -> taken.add(path));
    }
}

package dev.freshpyc.core.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class TemporaryFileTest {

    @TempDir
    Path directory = Path.of("");

    @Test
    void filesAndDirectoriesAreNewAndHaveTheNamesThatWereAskedFor() throws Exception {
        Path first = TemporaryFile.in(directory, "a-", ".b");
        Path second = TemporaryFile.in(directory, "a-", ".b");
        Path third = TemporaryFile.directoryIn(directory, "c-");

        assertThat(first).isEmptyFile().isNotEqualTo(second);
        assertThat(first.getFileName().toString()).startsWith("a-").endsWith(".b");
        assertThat(third).isEmptyDirectory();
        assertThat(third.getFileName().toString()).startsWith("c-");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactlyInAnyOrder(first, second, third);
        }
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void onlyThisUserMayOpenThem() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(TemporaryFile.in(directory, "a", ""))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(TemporaryFile.directoryIn(directory, "a"))))
                .isEqualTo("rwx------");
    }

    @Test
    void aMissingDirectoryIsAnError() {
        assertThatThrownBy(() -> TemporaryFile.in(directory.resolve("absent"), "a", ""))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aFileWithoutANameLeavesNothing() throws Exception {
        try (FileChannel channel = NamelessFile.in(directory, ".x")) {
            assertThat(channel.size()).isZero();
            assertThat(directory).isEmptyDirectory();
        }
    }
}

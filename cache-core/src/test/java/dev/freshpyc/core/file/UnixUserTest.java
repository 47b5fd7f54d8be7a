package dev.freshpyc.core.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "files on Windows have no user number")
class UnixUserTest {

    @TempDir
    Path directory = Path.of("");

    @Test
    void aNewFileBelongsToTheEffectiveUser() throws Exception {
        Path created = Files.createFile(directory.resolve("created"));

        assertThat(UnixUser.ownerOf(created)).isEqualTo(UnixUser.effective()).isPresent();
    }

    @Test
    void aMissingFileHasNoOwner() {
        assertThat(UnixUser.ownerOf(directory.resolve("missing"))).isEmpty();
    }

    @Test
    void aUserMayBeRootExactlyIfItsNumberIsZero() {
        assertThat(UnixUser.mayBeRoot()).isEqualTo(UnixUser.effective().orElseThrow() == 0);
    }
}

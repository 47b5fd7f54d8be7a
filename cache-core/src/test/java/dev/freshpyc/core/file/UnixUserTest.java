package dev.freshpyc.core.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class UnixUserTest {

    @TempDir
    Path directory = Path.of("");

    @Test
    void aNewFileBelongsToTheEffectiveUser() throws Exception {
        Path made = Files.createFile(directory.resolve("made"));

        assertThat(UnixUser.ownerOf(made)).isEqualTo(UnixUser.effective()).isPresent();
    }

    @Test
    void aMissingFileHasNoOwner() {
        assertThat(UnixUser.ownerOf(directory.resolve("missing"))).isEmpty();
    }

    @Test
    void theUserOfNumberZeroIsRoot() {
        assertThat(UnixUser.mayBeRoot()).isEqualTo(UnixUser.effective().orElseThrow() == 0);
    }
}

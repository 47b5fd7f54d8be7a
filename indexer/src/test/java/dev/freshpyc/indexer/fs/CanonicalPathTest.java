package dev.freshpyc.indexer.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshpyc.core.path.JavaPath;
import dev.freshpyc.core.path.RawPath;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The canonical path of a file has no links and no dots, and keeps every byte of its names. */
@DisabledOnOs(OS.WINDOWS)
class CanonicalPathTest {

    private static final RawPath LATIN_1 = RawPath.of("caf\udce9");

    @TempDir
    Path temporary = Path.of("");

    private Path top = temporary;

    @BeforeEach
    void resolveTemporaryDirectory() throws Exception {
        top = CanonicalPath.ofExisting(temporary);
    }

    @Test
    void linksAndDotsAreResolved() throws Exception {
        Path directory = Files.createDirectory(top.resolve("lib"));
        Path link = Files.createSymbolicLink(top.resolve("link"), directory);

        assertThat(CanonicalPath.of(link.resolve("../link/."))).isEqualTo(directory);
        assertThat(CanonicalPath.of(RawPath.of(link + "/."))).isEqualTo(RawPath.of(directory.toString()));
        assertThat(CanonicalPath.isDirectory(RawPath.of(link.toString()))).isTrue();
    }

    @Test
    void aNameThatIsNotUtf8IsKept() throws Exception {
        RawPath raw = RawPath.of(top.toString()).resolve(LATIN_1);
        Path directory = Files.createDirectory(JavaPath.resolve(top, LATIN_1));

        assertThat(CanonicalPath.of(raw)).isEqualTo(raw);
        assertThat(JavaPath.toRaw(directory)).isEqualTo(raw);
        assertThat(JavaPath.of(raw)).isEqualTo(directory);
        assertThat(JavaPath.nameOf(directory)).isEqualTo(LATIN_1.toBytes());
        assertThat(CanonicalPath.isDirectory(raw)).isTrue();
    }

    @Test
    void theCanonicalPathOfAMissingFileIsItsAbsolutePath() {
        Path missing = top.resolve("missing/../absent");

        assertThat(CanonicalPath.of(missing)).isEqualTo(top.resolve("absent"));
        assertThat(CanonicalPath.of(RawPath.of("absent")))
                .isEqualTo(RawPath.of("absent").absolute());
        assertThat(CanonicalPath.isDirectory(RawPath.of(missing.toString()))).isFalse();
        assertThatThrownBy(() -> CanonicalPath.ofExisting(missing)).isInstanceOf(NoSuchFileException.class);
    }
}

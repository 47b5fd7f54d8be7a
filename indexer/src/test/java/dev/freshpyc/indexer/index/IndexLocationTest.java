package dev.freshpyc.indexer.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshpyc.core.file.UnixUser;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** An option, an environment variable or the user determines the directory of the indexes. */
@DisabledOnOs(OS.WINDOWS)
class IndexLocationTest {

    @TempDir
    Path home = Path.of("");

    @Test
    void theOptionOutranksTheEnvironmentVariable() {
        Map<String, String> environment = Map.of("FRESHPYC_INDEX", "/there", "HOME", home.toString());

        assertThat(IndexLocation.find(Optional.of("here"), environment)).contains(Path.of("here"));
        assertThat(IndexLocation.find(Optional.empty(), environment)).contains(Path.of("/there"));
    }

    @Test
    void rootUsesTheCacheDirectoryOfTheSystem() throws Exception {
        assumeTrue(isRoot(), "NOT RUN: not root");

        assertThat(IndexLocation.find(Optional.empty(), Map.of("HOME", home.toString())))
                .contains(Path.of("/var/cache/freshpyc"));
    }

    @Test
    void otherUsersUseTheirOwnCacheDirectory() throws Exception {
        assumeTrue(!isRoot(), "NOT RUN: root");
        Map<String, String> elsewhere = Map.of("HOME", "/", "XDG_CACHE_HOME", home.toString());

        assertThat(IndexLocation.find(Optional.empty(), Map.of("HOME", home.toString())))
                .contains(home.resolve(".cache/freshpyc"));
        assertThat(IndexLocation.find(Optional.empty(), elsewhere)).contains(home.resolve("freshpyc"));
    }

    @Test
    void aHomeDirectoryOfAnotherUserIsNotUsed() throws Exception {
        assumeTrue(!isRoot(), "NOT RUN: root");

        assertThat(IndexLocation.find(Optional.empty(), Map.of("HOME", "/root")))
                .isEmpty();
        assertThat(IndexLocation.find(Optional.empty(), Map.of())).isEmpty();
    }

    private static boolean isRoot() {
        return UnixUser.effective().equals(Optional.of(UnixUser.ROOT));
    }
}

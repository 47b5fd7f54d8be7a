package dev.freshpyc.indexer.fs.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.OpenFile;
import dev.freshpyc.indexer.fs.TreeWriter;
import dev.freshpyc.indexer.fs.TreeWriter.SystemCallException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Opening a path by one system call and opening a path name by name accept and refuse the same paths. */
@EnabledOnOs(OS.LINUX)
class DirectoryOpenerTest {

    private final Libc libc = new Libc();
    private final DirectoryOpener opener = new DirectoryOpener(libc);
    private final Path top;
    private int root;

    /** How a path is opened. */
    enum Way {
        ONE_CALL {
            @Override
            int open(DirectoryOpener opener, int root, RawPath below) throws SystemCallException {
                return opener.open(root, below);
            }
        },
        NAME_BY_NAME {
            @Override
            int open(DirectoryOpener opener, int root, RawPath below) throws SystemCallException {
                return opener.openNameByName(root, below);
            }
        };

        abstract int open(DirectoryOpener opener, int root, RawPath below) throws SystemCallException;
    }

    DirectoryOpenerTest(@TempDir Path directory) throws IOException {
        top = Files.createDirectories(directory.toRealPath().resolve("top"));
        Files.createDirectories(top.resolve("a/b/c"));
        Files.createDirectories(directory.resolve("outside/c"));
        Files.createSymbolicLink(top.resolve("a/link"), directory.resolve("outside"));
        Files.createFile(top.resolve("a/file"));
    }

    @BeforeEach
    void openTop() throws SystemCallException {
        root = opener.openRoot(RawPath.of(top.toString()));
    }

    @AfterEach
    void close() {
        libc.close(root);
        opener.close();
        libc.close();
    }

    @ParameterizedTest
    @EnumSource
    void aPathOfDirectoriesIsOpened(Way way) throws IOException {
        assertThat(opened(way, RawPath.of("a/b/c"))).isEqualTo(top.resolve("a/b/c"));
        assertThat(opened(way, RawPath.EMPTY)).isEqualTo(top);
    }

    @ParameterizedTest
    @EnumSource
    void aPathThroughALinkOrAFileIsRefused(Way way) {
        for (String below : new String[] {"a/link", "a/link/c", "a/file/c"}) {
            assertThatThrownBy(() -> way.open(opener, root, RawPath.of(below)))
                    .as(below)
                    .isInstanceOfSatisfying(
                            SystemCallException.class,
                            refused -> assertThat(refused.errno().symbol()).isIn("ELOOP", "ENOTDIR"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPathLongerThanTheLimitOfOneCallIsOpened(Way way) throws Exception {
        String name = "d".repeat(200);
        OpenFile current = new OpenFile(way.open(opener, root, RawPath.EMPTY), libc::close);
        StringBuilder below = new StringBuilder();
        try (TreeWriter writer = new LinuxTreeWriter()) {
            for (int depth = 0; depth < 25; depth++) {
                writer.makeDirectory(current, RawPath.of(name), 0700);
                OpenFile next = writer.openDirectory(current, RawPath.of(name));
                current.close();
                current = next;
                below.append(depth == 0 ? "" : "/").append(name);
            }
        }
        current.close();

        assertThat(below).hasSizeGreaterThan(4096);
        libc.close(way.open(opener, root, RawPath.of(below.toString())));
        removeDeep(top.resolve(name));
    }

    /** Deletes with {@code rm}, since Java fails at paths this long. */
    private static void removeDeep(Path directory) throws Exception {
        assertThat(new ProcessBuilder("rm", "-rf", directory.toString()).start().waitFor())
                .isZero();
    }

    private Path opened(Way way, RawPath below) throws IOException {
        int directory = way.open(opener, root, below);
        try {
            return Path.of("/proc/self/fd/" + directory).toRealPath();
        } finally {
            libc.close(directory);
        }
    }
}

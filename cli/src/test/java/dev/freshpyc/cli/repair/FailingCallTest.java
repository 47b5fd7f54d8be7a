package dev.freshpyc.cli.repair;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A disk that fails at one system call: {@code strace} answers it with an error, so nobody has to be told of the test. */
@EnabledOnOs(OS.LINUX)
class FailingCallTest {

    private static final int FILES = 8;
    private static final int SOMEBODY = 54_321;

    /** So many new files are forced early, all of them, and nothing is left to be forced once they are all there. */
    private static final int FORCED_EARLY = 2048;

    @TempDir
    private Path directory;

    /** Before the first file takes its place, the tree is what it was. */
    @ParameterizedTest
    @CsvSource({
        "pwrite64,EIO,1",
        "pwrite64,EIO,4",
        "pwrite64,ENOSPC,6",
        "pwrite64,EDQUOT,2",
        "utimensat,EIO,7",
        "syncfs,EIO,1"
    })
    void aFailureWhileNewFilesAreMadeHarmsNothing(String call, String error, int when) throws Exception {
        requireHarmless(new Caches(directory.resolve("lib")).pairs(FILES), call, error, when);
    }

    @Test
    void aFailureToForceSomeEarlyIsNotForgotten() throws Exception {
        requireHarmless(new Caches(directory.resolve("lib")).pairs(FORCED_EARLY), "syncfs", "EIO", 1);
    }

    @Test
    void aFailureToGiveNewFilesTheirOwnerHarmsNothing() throws Exception {
        Shell.requireRoot();
        Caches caches = new Caches(directory.resolve("lib")).pairs(FILES);
        for (String pyc : caches.pycs()) {
            Files.setAttribute(caches.root().resolve(pyc), "unix:uid", SOMEBODY);
        }

        requireHarmless(caches, "fchown", "EIO", 3);
    }

    /** Those that others may write: all else is right from the beginning. */
    @Test
    void aFailureToGiveNewFilesTheirPermissionsHarmsNothing() throws Exception {
        Caches caches = new Caches(directory.resolve("lib")).pairs(FILES);
        for (String pyc : caches.pycs()) {
            Files.setPosixFilePermissions(caches.root().resolve(pyc), PosixFilePermissions.fromString("rw-rw-r--"));
        }

        requireHarmless(caches, "fchmod", "EIO", 2);
    }

    private void requireHarmless(Caches caches, String call, String error, int when) throws Exception {
        Map<String, Facts> before = Facts.files(caches.root());

        assertThat(repair(call, error, when, "replace")).isEqualTo("3");

        assertThat(Facts.files(caches.root())).isEqualTo(before);
    }

    /** Some files have been replaced: each is whole, the new files of the others are gone, and all of it can be undone. */
    @ParameterizedTest
    @CsvSource({"renameat,EIO,1", "renameat,EIO,4", "renameat,ENOSPC,6", "renameat,EROFS,3"})
    void aFailureWhileFilesTakeTheirPlace(String call, String error, int when) throws Exception {
        Caches caches = new Caches(directory.resolve("lib")).pairs(FILES);
        Map<String, Facts> before = Facts.files(caches.root());

        assertThat(repair(call, error, when, "replace")).isEqualTo("3");

        requireWhole(caches, before, when - 1);
    }

    @ParameterizedTest
    @CsvSource({"pwrite64,EIO,1", "pwrite64,EIO,4", "pwrite64,ENOSPC,6"})
    void aFailureInPlace(String call, String error, int when) throws Exception {
        Caches caches = new Caches(directory.resolve("lib")).pairs(FILES);
        Map<String, Facts> before = Facts.files(caches.root());

        assertThat(repair(call, error, when, "in-place")).isEqualTo("3");

        requireWhole(caches, before, when - 1);
    }

    private static void requireWhole(Caches caches, Map<String, Facts> before, int changed) throws IOException {
        Map<String, Facts> after = Facts.files(caches.root());
        assertThat(after.keySet()).isEqualTo(before.keySet());
        int hashed = 0;
        for (String pyc : caches.pycs()) {
            byte[] now = Files.readAllBytes(caches.root().resolve(pyc));
            Facts then = before.get(pyc);
            assertThat(then).isNotNull();
            assertThat(caches.isWhole(pyc, now, then.bytes())).as(pyc).isTrue();
            hashed += now[4] == 3 ? 1 : 0;
        }
        assertThat(hashed).isEqualTo(changed);
    }

    private String repair(String call, String error, int when, String write) throws IOException, InterruptedException {
        // strace counts the calls of each thread: the child warms up on its first thread, and a repair writes on
        // others.
        RepairChild child = RepairChild.startWithFault(directory, call + ":error=" + error + ":when=" + when);
        String result = child.go(List.of(
                        "repair",
                        "--index",
                        directory.resolve("index").toString(),
                        "-j",
                        "1",
                        "--write",
                        write,
                        "--to",
                        "checked-hash",
                        directory.resolve("lib").toString()))
                .result();
        child.kill();
        return result;
    }
}

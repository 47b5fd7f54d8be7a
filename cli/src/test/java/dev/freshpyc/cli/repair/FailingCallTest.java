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

/** One system call of a repair fails: {@code strace} injects the error, so that the tested code needs no test hook. */
@EnabledOnOs(OS.LINUX)
class FailingCallTest {

    private static final int FILES = 8;
    private static final int OTHER_USER = 54_321;

    /**
     * The number of new files at which a repair forces them early. With exactly this number, no file is left to force
     * at the end.
     */
    private static final int FORCED_EARLY = 2048;

    @TempDir
    private Path directory;

    /** A failure before the first rename leaves the tree unchanged. */
    @ParameterizedTest
    @CsvSource({"pwrite64,EIO,1", "pwrite64,ENOSPC,6", "pwrite64,EDQUOT,2", "utimensat,EIO,7", "syncfs,EIO,1"})
    void aFailureWhileNewFilesAreWrittenLeavesTheTreeUnchanged(String call, String error, int when) throws Exception {
        requireUnchanged(new MatchingTree(directory.resolve("lib")).pairs(FILES), call, error, when);
    }

    @Test
    void aFailureOfAnEarlySyncLeavesTheTreeUnchanged() throws Exception {
        requireUnchanged(new MatchingTree(directory.resolve("lib")).pairs(FORCED_EARLY), "syncfs", "EIO", 1);
    }

    @Test
    void aFailureToSetTheOwnerLeavesTheTreeUnchanged() throws Exception {
        Shell.requireRoot();
        MatchingTree tree = new MatchingTree(directory.resolve("lib")).pairs(FILES);
        for (String pyc : tree.pycs()) {
            Files.setAttribute(tree.root().resolve(pyc), "unix:uid", OTHER_USER);
        }

        requireUnchanged(tree, "fchown", "EIO", 3);
    }

    /** Only group-writable files need an {@code fchmod}: other new files have their permissions from the start. */
    @Test
    void aFailureToSetPermissionsLeavesTheTreeUnchanged() throws Exception {
        MatchingTree tree = new MatchingTree(directory.resolve("lib")).pairs(FILES);
        for (String pyc : tree.pycs()) {
            Files.setPosixFilePermissions(tree.root().resolve(pyc), PosixFilePermissions.fromString("rw-rw-r--"));
        }

        requireUnchanged(tree, "fchmod", "EIO", 2);
    }

    private void requireUnchanged(MatchingTree tree, String call, String error, int when) throws Exception {
        Map<String, FileSnapshot> before = FileSnapshot.files(tree.root());

        assertThat(repair(call, error, when, "replace")).isEqualTo("3");

        assertThat(FileSnapshot.files(tree.root())).isEqualTo(before);
    }

    /**
     * After a failed rename, the files renamed before are valid, the other files are unchanged, and their new files are
     * deleted.
     */
    @ParameterizedTest
    @CsvSource({"renameat,EIO,4", "renameat,EROFS,3"})
    void aFailedRenameLeavesEveryFileValid(String call, String error, int when) throws Exception {
        MatchingTree tree = new MatchingTree(directory.resolve("lib")).pairs(FILES);
        Map<String, FileSnapshot> before = FileSnapshot.files(tree.root());

        assertThat(repair(call, error, when, "replace")).isEqualTo("3");

        requireValid(tree, before, when - 1);
    }

    @ParameterizedTest
    @CsvSource({"pwrite64,EIO,1", "pwrite64,ENOSPC,6"})
    void aFailedWriteInPlaceLeavesEveryFileValid(String call, String error, int when) throws Exception {
        MatchingTree tree = new MatchingTree(directory.resolve("lib")).pairs(FILES);
        Map<String, FileSnapshot> before = FileSnapshot.files(tree.root());

        assertThat(repair(call, error, when, "in-place")).isEqualTo("3");

        requireValid(tree, before, when - 1);
    }

    private static void requireValid(MatchingTree tree, Map<String, FileSnapshot> before, int changed)
            throws IOException {
        Map<String, FileSnapshot> after = FileSnapshot.files(tree.root());
        assertThat(after.keySet()).isEqualTo(before.keySet());
        int hashed = 0;
        for (String pyc : tree.pycs()) {
            byte[] now = Files.readAllBytes(tree.root().resolve(pyc));
            FileSnapshot then = before.get(pyc);
            assertThat(then).isNotNull();
            assertThat(tree.isWhole(pyc, now, then.bytes())).as(pyc).isTrue();
            hashed += now[4] == 3 ? 1 : 0;
        }
        assertThat(hashed).isEqualTo(changed);
    }

    private String repair(String call, String error, int when, String write) throws IOException, InterruptedException {
        // strace counts calls per thread; the warm-up of the child and the tested repair write on different threads.
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

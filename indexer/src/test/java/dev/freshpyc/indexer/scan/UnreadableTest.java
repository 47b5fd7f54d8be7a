package dev.freshpyc.indexer.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshpyc.indexer.testing.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * A scan reports files and directories that it may not read, and goes on. Root may read every file, so {@code setpriv}
 * starts the scan in a process without this privilege.
 */
@EnabledOnOs(OS.LINUX)
class UnreadableTest extends TreeScannerContract {

    private static final List<String> UNPRIVILEGED = List.of("setpriv", "--bounding-set=-all", "--inh-caps=-all");

    @Test
    void filesAndDirectoriesWithoutReadPermissionAreReported() throws Exception {
        tree.pairs("good/a", "pkg/b", "closed/c").sources("cache/d.py").pycs("cache/__pycache__/d.cpython-311.pyc");
        List<String> withoutPermission = List.of("pkg/__pycache__/b.cpython-311.pyc", "closed", "cache/__pycache__");
        setPermissions(withoutPermission, "---------");

        List<String> shown = scanUnprivileged();

        setPermissions(withoutPermission, "rwx------");
        assertThat(shown)
                .containsExactlyInAnyOrder(
                        "good/a.py <- good/__pycache__/a.cpython-311.pyc Read",
                        "pkg/b.py <- pkg/__pycache__/b.cpython-311.pyc Unreadable[errno=EACCES]",
                        "refused closed EACCES",
                        "refused cache/__pycache__ EACCES");
    }

    /** The names in the directory can be listed, but no file in it can be opened. */
    @Test
    void eachFileInADirectoryWithoutSearchPermissionIsReported() throws Exception {
        requireDisk("a directory without search permission cannot be copied");
        tree.sources("pkg/a.py").pycs("pkg/a.pyc");
        setPermissions(List.of("pkg"), "r--------");

        List<String> shown = scanUnprivileged();

        setPermissions(List.of("pkg"), "rwx------");
        assertThat(shown).containsExactly("pkg/a.py <- pkg/a.pyc Unreadable[errno=EACCES], fails");
    }

    /** An interpreter fails when it must compile a source that it may not read. */
    @Test
    void aStalePycOfAnUnreadableSourceFailsToImport() throws Exception {
        tree.pairs("a", "b");
        setPermissions(List.of("b.py"), "---------");

        assertThat(scanUnprivileged())
                .containsExactlyInAnyOrder(Tree.pair("a") + " Read", Tree.pair("b") + " Read, fails");
    }

    private List<String> scanUnprivileged() throws IOException, InterruptedException {
        boolean root = Programs.succeeds("sh", "-c", "test $(id -u) = 0");
        assumeTrue(
                !root || Programs.succeeds("setpriv", "--bounding-set=-all", "true"),
                "NOT RUN: the tests run as root, and there is no setpriv");
        List<String> command = new ArrayList<>(root ? UNPRIVILEGED : List.of());
        command.addAll(List.of(System.getProperty("java.home") + "/bin/java", "--enable-native-access=ALL-UNNAMED"));
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        command.addAll(List.of("-cp", path, UnprivilegedScan.class.getName(), implementation.name()));
        command.add(tree.root().toString());
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return Arrays.asList(printed.split("\n", -1))
                .subList(0, (int) printed.lines().count());
    }

    private void setPermissions(List<String> names, String permissions) throws IOException {
        for (String name : names) {
            Files.setPosixFilePermissions(tree.at(name), PosixFilePermissions.fromString(permissions));
        }
    }
}

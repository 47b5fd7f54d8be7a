package dev.freshpyc.cli.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshpyc.cli.repair.Shell;
import dev.freshpyc.core.plan.TargetMode;
import dev.freshpyc.indexer.repair.outcome.RepairSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The main use case: real packages are indexed while their times are right, then every mtime is set to 0 and the tree
 * is mounted as a read-only image. Before the repair, an interpreter compiles every module at each start; after the
 * repair, it compiles no module.
 */
class ImageTest {

    private static final List<String> PACKAGES = List.of("json", "email", "html", "xml", "wsgiref", "logging");

    @TempDir
    private Path directory = Path.of("");

    private Path mounted = Path.of("");

    @BeforeEach
    void requireMountableImages() throws Exception {
        assumeTrue(Shell.isRoot(), "NOT RUN: only root mounts images");
        assumeTrue(Shell.succeeds("mkfs.erofs", "--help"), "NOT RUN: no mkfs.erofs");
        mounted = Files.createDirectory(directory.resolve("mounted"));
        Path probe = Files.createDirectory(directory.resolve("probe"));
        assumeTrue(mount(probe), "NOT RUN: this system cannot mount EROFS images");
        unmount();
    }

    @AfterEach
    void unmount() throws Exception {
        Shell.succeeds("umount", mounted);
    }

    @ParameterizedTest
    @EnumSource(
            value = TargetMode.class,
            names = {"UNCHECKED_HASH", "CHECKED_HASH", "ZERO_MTIME"})
    void afterARepairTheInterpreterCompilesNothing(TargetMode mode) throws Exception {
        Interpreter python = Interpreters.required("cpython 3.11");
        Path root = Files.createDirectory(directory.toRealPath().resolve("lib"));
        copyPackages(python, root);
        python.launcher().run("modules.py", List.of(), List.of("compile", root + ""));
        RepairedTree tree = new RepairedTree(root, directory.resolve("state"), List.of(python));
        tree.refresh();
        tree.zeroTimes();
        Imports before = imported(python, root);

        RepairSummary summary = tree.repair(mode, false);

        Imports after = imported(python, root);
        assertThat(summary.unrepaired()).isEmpty();
        assertThat(summary.recompiled())
                .as("the index proves every pair, so nothing is compiled")
                .isZero();
        assertThat(before.loaded()).isZero();
        assertThat(before.compiled()).hasSize((int) summary.restamped());
        assertThat(after.compiled()).isEmpty();
        assertThat(after.loaded()).isEqualTo(summary.restamped()).isGreaterThan(50);
        assertThat(after.values()).isEqualTo(before.values());
        assertThat(after.failed()).isEqualTo(before.failed()).isEmpty();
    }

    private Imports imported(Interpreter python, Path root) throws IOException, InterruptedException {
        assertThat(mount(root)).isTrue();
        try {
            return Imports.of(python, mounted.toRealPath());
        } finally {
            Shell.succeeds("umount", mounted);
        }
    }

    private boolean mount(Path root) throws IOException, InterruptedException {
        Path image = directory.resolve("image.erofs");
        Files.deleteIfExists(image);
        return Shell.succeeds("mkfs.erofs", image, root)
                && Shell.succeeds("mount", "-t", "erofs", "-o", "loop,ro", image, mounted);
    }

    private static void copyPackages(Interpreter python, Path root) throws IOException {
        Path library = Path.of(python.launcher()
                .run("modules.py", List.of(), List.of("library", "."))
                .getFirst());
        for (String name : PACKAGES) {
            try (Stream<Path> files = Files.walk(library.resolve(name))) {
                for (Path file :
                        files.filter(file -> file.toString().endsWith(".py")).toList()) {
                    Path target = root.resolve(library.relativize(file).toString());
                    Files.createDirectories(target.resolveSibling(""));
                    Files.copy(file, target);
                }
            }
        }
    }
}

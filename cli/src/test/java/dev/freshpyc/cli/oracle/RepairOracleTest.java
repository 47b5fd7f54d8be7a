package dev.freshpyc.cli.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.plan.SkipReason;
import dev.freshpyc.core.plan.TargetMode;
import dev.freshpyc.indexer.repair.outcome.RepairSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** After the repair of a damaged tree, every interpreter loads every module from bytecode and gets the right code. */
class RepairOracleTest {

    private static final int MODULES = 12;
    private static final FileTime BEFORE = FileTime.fromMillis(1_600_000_000_000L);
    private static final FileTime LATER = FileTime.fromMillis(1_700_000_000_000L);

    /** The module with an mtime before 1970, which headers before 3.7 cannot contain. */
    private static final Pattern NEGATIVE_TIME = Pattern.compile("m10\\.");

    /** Modules whose untagged pyc was damaged: without a valid magic, the pyc does not belong to 2.7 any more. */
    private static final Pattern UNRECOGNIZED_BY_2_7 = Pattern.compile("m(5|6|8|9|10)\\.py");

    @TempDir(cleanup = CleanupMode.ALWAYS)
    private Path directory = Path.of("");

    @ParameterizedTest
    @EnumSource(
            value = TargetMode.class,
            names = {"AUTO", "TIMESTAMP", "ZERO_MTIME"})
    void everyModuleIsLoadedWithTheRightCode(TargetMode mode) throws Exception {
        List<Interpreter> interpreters = Interpreters.ofEachMinorVersion();
        Path root = Files.createDirectories(directory.toRealPath().resolve("lib"));
        for (int i = 0; i < MODULES; i++) {
            write(root, i, "first");
        }
        interpreters.forEach(python -> python.launcher().run("modules.py", List.of(), List.of("compile", root + "")));
        RepairedTree tree = new RepairedTree(root, directory.resolve("state"), interpreters);
        tree.refresh();
        damage(root);

        RepairSummary summary = tree.repair(mode, mode == TargetMode.ZERO_MTIME);

        assertThat(summary.unrepaired())
                .allSatisfy(file -> assertThat(file.reason()).isEqualTo(SkipReason.UNNAMEABLE_TIME));
        for (Interpreter python : interpreters) {
            check(python, root);
            if (python.hasFlags()) {
                check(python, root, "--check-hash-based-pycs", "always");
            }
        }
        System.out.println("RepairOracleTest: " + mode.label() + ", " + interpreters.size() + " interpreters, "
                + summary.restamped() + " restamped, " + summary.recompiled() + " recompiled");
        RepairSummary again = tree.repair(mode, mode == TargetMode.ZERO_MTIME);
        assertThat(again.changes()).as("%s", again).isFalse();
    }

    private static void check(Interpreter python, Path root, String... options) {
        Imports imports = Imports.of(python, root, options);
        assertThat(imports.failed()).as("%s", python).isEmpty();
        assertThat(imports.compiled())
                .as("%s", python)
                .filteredOn(line -> !isExpected(python, line))
                .isEmpty();
        if (python.hasFlags()) {
            assertThat(imports.loaded()).as("%s", python).isEqualTo(MODULES);
        }
        for (int i = 0; i < MODULES; i++) {
            String expected = isChanged(i) ? "other" : "first";
            assertThat(imports.values()).as("%s", python).containsEntry("m" + i, expected + i);
        }
    }

    private static boolean isExpected(Interpreter python, String line) {
        return python.isTagged()
                ? !python.hasFlags() && NEGATIVE_TIME.matcher(line).find()
                : UNRECOGNIZED_BY_2_7.matcher(line).find();
    }

    private static boolean isChanged(int module) {
        return module == 2 || module == 3 || module == 4;
    }

    private static void write(Path root, int module, String word) throws IOException {
        Path file = Files.writeString(root.resolve("m" + module + ".py"), "VALUE = '" + word + module + "'\n");
        Files.setLastModifiedTime(file, BEFORE);
    }

    /** Gives each module a different fault; modules 0 and 11 stay unchanged. */
    private static void damage(Path root) throws IOException {
        RepairedTree.setTime(root.resolve("m1.py"), LATER);
        write(root, 2, "other"); // the same mtime and size: an impostor
        write(root, 3, "other");
        RepairedTree.setTime(root.resolve("m3.py"), LATER);
        write(root, 4, "other");
        RepairedTree.setTime(root.resolve("m4.py"), FileTime.fromMillis(0));
        change(root, 5, bytes -> Arrays.copyOf(bytes, 3));
        change(root, 6, bytes -> new byte[0]);
        change(root, 7, bytes -> Arrays.copyOf(bytes, 16));
        change(root, 8, bytes -> {
            bytes[0] ^= 1;
            return bytes;
        });
        change(root, 9, bytes -> {
            bytes[bytes.length > 16 ? 4 : 0] ^= 0x40;
            return bytes;
        });
        RepairedTree.setTime(root.resolve("m10.py"), FileTime.fromMillis(-1_000));
    }

    private interface Fault {
        byte[] applied(byte[] bytes);
    }

    private static void change(Path root, int module, Fault fault) throws IOException {
        Predicate<Path> isBytecodeOfModule =
                file -> String.valueOf(file.getFileName()).startsWith("m" + module + ".")
                        && file.toString().endsWith(".pyc");
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(isBytecodeOfModule).toList()) {
                Files.write(file, fault.applied(Files.readAllBytes(file)));
            }
        }
    }
}

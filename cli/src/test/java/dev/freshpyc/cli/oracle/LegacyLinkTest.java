package dev.freshpyc.cli.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.freshpyc.cli.CommandLineRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code audit} predicts whether an interpreter ignores a legacy bytecode file that leads to no regular file, or fails.
 */
class LegacyLinkTest {

    private static final List<String> NAMES = List.of("dangling", "looping", "through", "directory");

    @TempDir
    private Path scratch = Path.of("");

    @TestFactory
    Stream<DynamicTest> theAuditAgreesWithTheImport() {
        List<Interpreter> pythons = Interpreters.all();
        assumeFalse(pythons.isEmpty(), "NOT RUN: no interpreter");
        return pythons.stream().map(python -> DynamicTest.dynamicTest(python.toString(), () -> check(python)));
    }

    private void check(Interpreter python) throws Exception {
        Path tree = Files.createTempDirectory(scratch, "tree").toRealPath();
        Files.createFile(tree.resolve("file"));
        Files.createDirectory(tree.resolve("d"));
        Files.createSymbolicLink(tree.resolve("dangling.pyc"), Path.of("nowhere"));
        Files.createSymbolicLink(tree.resolve("looping.pyc"), Path.of("looping.pyc"));
        Files.createSymbolicLink(tree.resolve("through.pyc"), Path.of("file/none"));
        Files.createSymbolicLink(tree.resolve("directory.pyc"), Path.of("d"));
        Path modules = scratch.resolve(tree.getFileName() + ".modules");
        Files.write(
                modules,
                NAMES.stream()
                        .map(name -> name + "\t" + tree.resolve(name + ".pyc"))
                        .toList());

        List<String> seen = python.launcher().run(List.of(), List.of("import", tree.toString(), modules.toString()));
        assertThat(seen).hasSameSizeAs(NAMES);
        CommandLineRun audit =
                CommandLineRun.of("audit", "--no-index", "--format", "jsonl", "--python", python.executable(), tree);

        for (String line : seen) {
            String name = line.substring(0, line.indexOf('\t'));
            boolean absent = line.split("\t", -1)[1].equals("absent");
            assertThat(audit.lines().stream().filter(finding -> finding.contains("\"" + name + ".pyc\"")))
                    .as(line)
                    .singleElement()
                    .asString()
                    .contains(
                            absent
                                    ? "\"verdict\":\"orphaned\",\"interpreter\":\"ignores\""
                                    : "\"verdict\":\"unreadable\",\"interpreter\":\"fails\"");
        }
    }
}

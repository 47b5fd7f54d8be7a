package dev.freshpyc.cli.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.OwnedDirectories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.function.ThrowingConsumer;

/**
 * Sources whose names are not UTF-8. Code has the name as Python's text, in which lone surrogates stand for such bytes; what freshpyc
 * compiles has the name that {@code py_compile} gives.
 */
@EnabledOnOs(OS.LINUX)
class OddNamesTest {

    private static final int MODULES = 5;

    /** A directory with the modules, compiled by a real interpreter. */
    private record Modules(Interpreter python, Path directory) {

        Path lib() {
            return directory.resolve("lib");
        }

        /** As Python names the archive, which Java cannot. */
        String archive() {
            return lib() + "/lib\udce9.zip";
        }

        List<String> run(String mode) {
            return python.launcher()
                    .withEnvironment("LC_ALL", "C.UTF-8")
                    .run("odd_names.py", List.of("-B"), List.of(mode, lib().toString()));
        }

        CommandLineRun freshpyc(String command, Object... words) {
            return CommandLineRun.of(
                    command, "--index", directory.resolve("index"), "--python", python.executable(), words);
        }
    }

    @TestFactory
    Stream<DynamicTest> rightCodeIsConfirmed() {
        return each(Interpreter::isInstalled, modules -> {
            CommandLineRun run = modules.freshpyc("audit", "--verify", "--all", "--format", "jsonl", modules.lib());

            assertThat(run.lines())
                    .as(run.err())
                    .hasSize(MODULES)
                    .allSatisfy(
                            line -> assertThat(line).contains("\"verdict\":\"fresh\"", "\"evidence\":\"recompiled\""));
        });
    }

    @TestFactory
    Stream<DynamicTest> aChangedSourceIsCompiledUnderItsName() {
        return each(Interpreter::isInstalled, modules -> {
            List<String> before = modules.run("names");
            modules.run("change");

            CommandLineRun run = modules.freshpyc("repair", "--require", "recompiled", modules.lib());

            assertThat(run.code()).as(run.out() + run.err()).isZero();
            assertThat(run.out()).contains("recompiled: " + MODULES);
            assertThat(modules.run("names")).isEqualTo(replaced(before, line -> line.replace("first", "second")));
        });
    }

    @TestFactory
    Stream<DynamicTest> missingBytecodeIsCompiledUnderTheNameOfTheSource() {
        return each(python -> python.isInstalled() && python.isTagged(), modules -> {
            List<String> before = modules.run("names");
            modules.run("unmake");

            CommandLineRun run =
                    modules.freshpyc("repair", "--expect", modules.python().tag(), modules.lib());

            assertThat(run.code()).as(run.out() + run.err()).isZero();
            assertThat(modules.run("names")).isEqualTo(before);
        });
    }

    @TestFactory
    Stream<DynamicTest> membersOfAnArchiveAreVerified() {
        return each(python -> python.isInstalled() && python.hasFlags(), modules -> {
            modules.run("pack");

            CommandLineRun run = modules.freshpyc("audit", "--verify", "--all", "--format", "jsonl", modules.archive());

            assertThat(run.lines())
                    .as(run.err())
                    .hasSize(MODULES)
                    .allSatisfy(line -> assertThat(line)
                            .contains("\"evidence\":\"recompiled\"")
                            .doesNotContain("impostor"));
        });
    }

    /** A member whose old code is lost is compiled under the name that zipimport would give to its code. */
    @TestFactory
    Stream<DynamicTest> brokenMembersOfAnArchiveAreCompiledUnderTheNamesOfZipimport() {
        return each(python -> python.isInstalled() && python.hasFlags(), modules -> {
            modules.run("pack-cut");

            CommandLineRun run = modules.freshpyc("repair", "--to", "unchecked-hash", modules.archive());

            assertThat(run.code()).as(run.out() + run.err()).isZero();
            assertThat(run.out()).contains("recompiled: " + MODULES);
            assertThat(modules.run("members"))
                    .hasSize(MODULES)
                    .allSatisfy(line -> assertThat(line).endsWith(".pyc True True"));
        });
    }

    private static List<String> replaced(List<String> lines, UnaryOperator<String> change) {
        return lines.stream().map(change).toList();
    }

    private static Stream<DynamicTest> each(Predicate<Interpreter> wanted, ThrowingConsumer<Modules> test) {
        List<Interpreter> pythons =
                Interpreters.ofEachMinorVersion().stream().filter(wanted).toList();
        assumeFalse(pythons.isEmpty(), "NOT RUN: no such interpreter is installed");
        return pythons.stream()
                .map(python -> DynamicTest.dynamicTest(python.toString(), () -> inDirectory(python, test)));
    }

    private static void inDirectory(Interpreter python, ThrowingConsumer<Modules> test) throws Throwable {
        Path directory = OwnedDirectories.make("odd-names").toRealPath();
        try {
            Modules modules = new Modules(python, directory);
            Files.createDirectory(modules.lib());
            modules.run("make");
            test.accept(modules);
        } finally {
            delete(directory);
        }
    }

    /** Java cannot name the files. */
    private static void delete(Path directory) throws IOException, InterruptedException {
        new ProcessBuilder("rm", "-rf", directory.toString())
                .inheritIO()
                .start()
                .waitFor();
    }
}

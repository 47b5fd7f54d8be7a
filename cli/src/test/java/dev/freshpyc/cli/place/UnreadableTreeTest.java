package dev.freshpyc.cli.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import dev.freshpyc.cli.ProgramProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A command names each path and each directory that it could not read, and ends with exit code 3: otherwise a check of a
 * mistyped path would pass.
 */
@EnabledOnOs(OS.LINUX)
class UnreadableTreeTest {

    @TempDir
    private Path directory;

    private Path lib = Path.of("");

    private static Stream<List<String>> commands() {
        return Stream.of(
                List.of("repair", "-q"),
                List.of("repair", "-q", "--dry-run"),
                List.of("repair", "-q", "--check"),
                List.of("refresh", "-q"),
                List.of("clean", "-q", "--orphans"),
                List.of("clean", "-q", "--dry-run", "--orphans"));
    }

    private static Stream<Arguments> commandsOnClosedDirectories() {
        return commands()
                .flatMap(command -> Stream.of("pkg", "pkg/__pycache__").map(closed -> Arguments.of(command, closed)));
    }

    @BeforeEach
    void makeATree() throws IOException {
        lib = directory.resolve("lib");
        Files.createDirectories(lib.resolve("pkg/__pycache__"));
        new Pairs(lib).source("top.py").source("pkg/inner.py");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aMissingPathIsAnError(List<String> command) {
        Path mistyped = directory.resolve("libb");

        assertThat(run(command, mistyped).complaint(3)).contains(mistyped + ": cannot be read (ENOENT)");
        assertThat(run(command, lib).code()).isZero();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aFileInPlaceOfADirectoryIsAnError(List<String> command) {
        Path file = lib.resolve("top.py");

        assertThat(run(command, file).err()).contains(file + ": cannot be read (ENOTDIR)");
        assertThat(run(command, file).code()).isEqualTo(3);
    }

    @ParameterizedTest
    @MethodSource("commandsOnClosedDirectories")
    void aClosedDirectoryIsNamed(List<String> command, String closed) throws Exception {
        assumeTrue(Privileges.allow(Privileges.NONE), "NOT RUN: root, and no setpriv");
        Path inside = lib.resolve(closed);
        Files.setPosixFilePermissions(inside, PosixFilePermissions.fromString("---------"));
        try {
            CommandLineRun run =
                    ProgramProcess.run(ProgramProcess.ofProgram(List.copyOf(Privileges.NONE), words(command, lib)), "");

            assertThat(run.complaint(3)).contains(inside + ": cannot be read (EACCES)");
        } finally {
            Files.setPosixFilePermissions(inside, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    @Test
    void jsonListsThePathsThatWereNotRead() {
        Path mistyped = directory.resolve("libb");

        assertThat(run(List.of("repair", "--check", "--format", "json"), mistyped)
                        .out())
                .contains("\"troubles\":[\"" + mistyped + ": cannot be read (ENOENT)\"]");
    }

    private CommandLineRun run(List<String> command, Path path) {
        return CommandLineRun.of(words(command, path));
    }

    private Object[] words(List<String> command, Path path) {
        return Stream.concat(command.stream(), Stream.of("--index", directory.resolve("index"), path))
                .toArray();
    }
}

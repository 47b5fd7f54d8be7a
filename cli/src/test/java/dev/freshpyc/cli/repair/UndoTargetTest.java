package dev.freshpyc.cli.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import dev.freshpyc.cli.ProgramProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * An undo names the tree that it changes, and asks for a path if the last run may not be the run that the user means.
 */
@EnabledOnOs(OS.LINUX)
class UndoTargetTest {

    @TempDir
    private Path directory;

    private MatchingTree first = new MatchingTree(Path.of("."));
    private MatchingTree second = new MatchingTree(Path.of("."));

    @BeforeEach
    void repairTwoTrees() throws IOException {
        first = new MatchingTree(directory.resolve("first/lib")).pair("a").pair("pkg/b");
        second = new MatchingTree(directory.resolve("second/lib")).pair("c");
        assertThat(first.repair(index()).code()).isZero();
        assertThat(second.repair(index()).code()).isZero();
    }

    @Test
    void theLastRepairIsUndoneFromInsideAndAboveItsTree() throws Exception {
        for (String place : List.of("second", "second/lib", "second/lib/__pycache__", ".")) {
            CommandLineRun run = undoIn(directory.resolve(place));

            assertThat(run.code()).as(place + ": " + run.err()).isZero();
            assertThat(run.err()).contains("undoing the repair of " + second.root() + " (journal ");
            assertThat(isRepaired(second, "c")).as(place).isFalse();
            assertThat(isRepaired(first, "a")).as(place).isTrue();
            assertThat(second.repair(index()).out()).contains("restamped: 1");
        }
    }

    @Test
    void inAnotherDirectoryTheTreeMustBeNamed() throws Exception {
        CommandLineRun run = undoIn(directory.resolve("first/lib"));

        assertThat(run.complaint(2))
                .contains("the last repair changed " + second.root() + ", not the current directory")
                .contains(". To undo it: freshpyc undo --journal " + index());
        assertThat(isRepaired(second, "c")).isTrue();
    }

    @Test
    void afterARunThatChangedNothingTheTreeMustBeNamed() throws Exception {
        assertThat(second.repair(index()).out()).contains("restamped: 0");

        CommandLineRun run = undoIn(directory.resolve("second"));

        assertThat(run.complaint(2))
                .contains("the last run changed nothing. To undo the repair before it, which changed " + second.root())
                .contains(": freshpyc undo --journal " + index());
        assertThat(isRepaired(second, "c")).isTrue();
        assertThat(undo(second.root()).code()).isZero();
        assertThat(isRepaired(second, "c")).isFalse();
    }

    @Test
    void aPathSelectsTheLastRepairThatChangedItAndLimitsTheUndo() throws Exception {
        assertThat(undo(first.root().resolve("pkg")).out())
                .contains("1 changed by the repair; put back: 1, removed: 0");

        assertThat(isRepaired(first, "pkg/b")).isFalse();
        assertThat(isRepaired(first, "a")).isTrue();
        assertThat(isRepaired(second, "c")).isTrue();
        assertThat(undo(directory.resolve("third")).complaint(2))
                .contains("no journal in " + index())
                .contains(" lists a change at or below " + directory.resolve("third"));
    }

    @Test
    void aPathIsResolvedInsideTheRoot() throws Exception {
        Path root = directory.resolve("first");

        assertThat(undo("--root", root, "/lib/pkg").out()).contains("put back: 1, removed: 0");
        assertThat(isRepaired(first, "pkg/b")).isFalse();
        assertThat(isRepaired(first, "a")).isTrue();
        assertThat(undo("--root", root).out()).contains("put back: 1, removed: 0; 1 as-wanted");
        assertThat(isRepaired(first, "a")).isFalse();
        assertThat(isRepaired(second, "c")).as("outside the root").isTrue();
    }

    @Test
    void theJsonDocumentOfAnUndoHasItsOwnCounts() throws Exception {
        assertThat(undo("--format", "json", first.root()).out())
                .contains("\"trees\":[\"" + first.root() + "\"],\"seen\":2,\"put_back\":2,\"removed\":0,\"left\":{}")
                .contains("\"journal\":\"" + index())
                .doesNotContain("restamped");
    }

    private static boolean isRepaired(MatchingTree tree, String stem) throws IOException {
        return Files.readAllBytes(tree.root().resolve(Pairs.cached(stem)))[4] == 3;
    }

    private CommandLineRun undo(Object... words) {
        return CommandLineRun.of("undo", "--index", index(), words);
    }

    private CommandLineRun undoIn(Path place) throws IOException, InterruptedException {
        ProcessBuilder program = ProgramProcess.ofProgram(List.of(), "undo", "--index", index());
        return ProgramProcess.run(program.directory(place.toFile()), "");
    }

    private Path index() {
        return directory.resolve("index");
    }
}

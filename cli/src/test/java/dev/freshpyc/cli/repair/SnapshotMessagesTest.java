package dev.freshpyc.cli.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.Pairs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The messages of {@code snapshot}: each names the file, the cause, and a command that works. */
@EnabledOnOs(OS.LINUX)
class SnapshotMessagesTest {

    @TempDir
    private Path directory;

    private Path index = Path.of(".");

    @BeforeEach
    void makeRealPath() throws IOException {
        directory = directory.toRealPath();
        index = directory.resolve("index");
    }

    @Test
    void aMissingDirectoryIsReportedInOneLineAndNothingIsMade() {
        Path nowhere = directory.resolve("nowhere");

        for (CommandLineRun run : new CommandLineRun[] {run("save", "one", nowhere), run("list", nowhere)}) {
            assertThat(run.complaint(3)).isEqualTo("freshpyc: " + nowhere + ": no such directory\n");
        }
        assertThat(index.resolve("snapshots")).doesNotExist();
    }

    @Test
    void theOtherDirectoriesAreSaved() throws IOException {
        Path lib = tree("lib");

        CommandLineRun save = run("save", "one", directory.resolve("nowhere"), lib);

        assertThat(save.code()).isEqualTo(3);
        assertThat(save.err()).isEqualTo("freshpyc: " + directory + "/nowhere: no such directory\n");
        assertThat(save.out()).startsWith(lib + ": saved snapshot one: 1 pyc");
    }

    @Test
    void theSnapshotsOfADirectoryThatIsGoneAreListed() throws Exception {
        Path lib = tree("lib");
        run("save", "one", lib);
        Shell.run("rm", "-r", lib);

        CommandLineRun list = run("list", lib);

        assertThat(list.code()).isZero();
        assertThat(list.out()).contains("* one  ");
    }

    @Test
    void aCommandInAMessageIsQuoted() throws IOException {
        Path lib = tree("a;b c");
        run("save", "one", lib);

        assertThat(run("save", "one", lib).complaint(3))
                .endsWith("; 'freshpyc snapshot remove one '" + lib + "'' removes it\n");
        assertThat(run("remove", "postinit", lib).complaint(3))
                .contains("'freshpyc snapshot scrub '" + lib + "'' removes everything");
    }

    @Test
    void aFileThatCannotBeReadIsNamedWithTheCause() throws IOException {
        Path lib = tree("lib");
        run("save", "one", lib);
        try (Stream<Path> files = Files.walk(index)) {
            for (Path facts : files.filter(file -> file.endsWith("one/facts")).toList()) {
                Files.delete(facts);
            }
        }

        assertThat(run("list", lib).complaint(3))
                .startsWith("freshpyc: " + index)
                .endsWith("/one/facts: no such file or directory\n");
    }

    private Path tree(String name) throws IOException {
        Path lib = Files.createDirectory(directory.resolve(name));
        new Pairs(lib).stale("m");
        return lib;
    }

    private CommandLineRun run(String task, Object... words) {
        return CommandLineRun.of("snapshot", task, "--index", index, words);
    }
}

package dev.freshpyc.cli.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.SettledRefresh;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Saves and rolls back snapshots of trees that a real interpreter compiled, and checks which code this interpreter runs
 * after a rollback.
 */
@EnabledOnOs(OS.LINUX)
class SnapshotTest {

    private static final FileTime OLD = FileTime.fromMillis(1_600_000_000_000L);
    private static final FileTime LATER = FileTime.fromMillis(1_700_000_000_000L);
    private static final Interpreter PYTHON = Interpreters.withFlags();

    @TempDir
    private Path directory;

    private Path lib = Path.of(".");
    private Path index = Path.of(".");

    @BeforeEach
    void makeTree() throws Exception {
        lib = Files.createDirectories(directory.resolve("lib"));
        index = directory.resolve("index");
        for (String module : List.of("a", "b", "c", "d")) {
            write(module, "w0001");
        }
        python("compile");
    }

    @Test
    void aRollbackRestoresTamperedRemovedRestampedAndRecompiledFiles() throws Exception {
        save("one");
        List<String> before = bytes();
        FileTime then = Files.getLastModifiedTime(pyc("a"));

        Files.write(pyc("a"), new byte[] {1}, StandardOpenOption.APPEND);
        Files.delete(pyc("b"));
        Files.setLastModifiedTime(source("c"), LATER);
        python("run"); // the interpreter compiles b and c again
        assertThat(run("repair", "--to", "checked-hash", "--python", PYTHON.executable(), lib)
                        .code())
                .isZero();
        assertThat(bytes()).isNotEqualTo(before);

        CommandLineRun rollback = run("snapshot", "rollback", lib);

        assertThat(rollback.code()).as(rollback.out() + rollback.err()).isZero();
        assertThat(rollback.out()).endsWith("4 pycs in the snapshot; put back: 4, as then: 0, left: 0\n");
        assertThat(bytes()).isEqualTo(before);
        assertThat(Files.getLastModifiedTime(pyc("a"))).isEqualTo(then);
        assertThat(imported()).containsExactly("VALUE a w0001", "VALUE b w0001", "VALUE c w0001", "VALUE d w0001");
        assertThat(verdict("a")).contains("\"verdict\":\"fresh\"").doesNotContain("\"evidence\":null");
        assertThat(files(lib))
                .noneMatch(name -> name.substring(name.lastIndexOf('/')).contains("freshpyc"));
    }

    @Test
    void aRollbackRestoresAMissingCacheDirectory() throws Exception {
        save("one");
        List<String> before = bytes();
        Trees.delete(lib.resolve("__pycache__"));

        assertThat(run("snapshot", "rollback", "one", lib).code()).isZero();

        assertThat(bytes()).isEqualTo(before);
    }

    /** The old header would match the new source, so the interpreter would run the old code. */
    @Test
    void aFileWhoseSourceChangedIsLeftAndReported() throws Exception {
        save("one");
        write("a", "w0002"); // of the same size and with the same mtime
        assertThat(run("repair", "--python", PYTHON.executable(), "--to", "checked-hash", lib)
                        .code())
                .isZero();
        byte[] repaired = Files.readAllBytes(pyc("a"));

        CommandLineRun rollback = run("snapshot", "rollback", lib);

        assertThat(rollback.code()).isEqualTo(1);
        assertThat(rollback.out()).contains(pyc("a") + ": left: its source has changed since the save");
        assertThat(Files.readAllBytes(pyc("a"))).isEqualTo(repaired);
        assertThat(imported()).contains("VALUE a w0002", "VALUE b w0001");
    }

    /** A rollback sees that a source has changed. The index then says what an audit says of the bytecode. */
    @Test
    void theIndexKnowsTheSourcesThatTheRollbackSawChanged() throws Exception {
        save("one");
        for (String module : List.of("a", "b")) {
            write(module, "w0002"); // of the same size and with the same mtime
        }
        Files.write(pyc("b"), new byte[] {1}, StandardOpenOption.APPEND);
        assertThat(verdict("a")).contains("\"verdict\":\"fresh\"");

        assertThat(run("snapshot", "rollback", "--dry-run", lib).code()).isEqualTo(1);
        assertThat(verdict("a")).contains("\"verdict\":\"fresh\"");
        CommandLineRun rollback = run("snapshot", "rollback", lib);

        assertThat(rollback.out()).contains("as then: 3, left: 1");
        assertThat(run("audit", lib).out()).contains("4 pycs: 3 fresh (1 unproven), 1 impostor");
        assertThat(verdict("a")).contains("\"verdict\":\"impostor\"");
        assertThat(verdict("b")).contains("\"verdict\":\"fresh\"", "\"evidence\":null");
        assertThat(verdict("c")).contains("\"verdict\":\"fresh\"").doesNotContain("\"evidence\":null");
    }

    /**
     * A file that nothing proved at the save may have wrong code. A rollback leaves such a file if the interpreter
     * would load it.
     */
    @Test
    void anUnprovenFileThatWouldBeLoadedIsLeft() throws Exception {
        tamper("a");
        Files.setLastModifiedTime(pyc("a"), OLD); // the mtime is earlier than the birth, so nothing proves the file
        save("one");
        assertThat(imported()).contains("VALUE a w9999");
        Files.delete(pyc("a"));
        python("run");

        CommandLineRun rollback = run("snapshot", "rollback", lib);

        assertThat(rollback.out()).contains(pyc("a") + ": left: it was unproven at the save");
        assertThat(imported()).contains("VALUE a w0001");
    }

    @Test
    void aRollbackRestoresFilesThatTheSaveProvedAndLeavesWrongFiles() throws Exception {
        tamper("a");
        for (String module : List.of("a", "b")) {
            Files.setLastModifiedTime(pyc(module), OLD);
        }
        SettledRefresh.run(index, lib);
        CommandLineRun save = run("snapshot", "save", "one", "--prove", "--python", PYTHON.executable(), lib);
        assertThat(save.code()).isZero();
        assertThat(save.out())
                .contains("\n1 pyc has other code than the source compiles to: a rollback restores")
                .doesNotContain("unproven");
        byte[] b = Files.readAllBytes(pyc("b"));
        Files.delete(pyc("a"));
        Files.delete(pyc("b"));

        CommandLineRun rollback = run("snapshot", "rollback", lib);

        assertThat(rollback.out())
                .contains(pyc("a") + ": left: it had other code than its source compiles to")
                .contains("put back: 1, as then: 2, left: 1");
        assertThat(Files.readAllBytes(pyc("b"))).isEqualTo(b);
        assertThat(imported()).contains("VALUE a w0001", "VALUE b w0001");
    }

    @Test
    void aDryRunPredictsTheRollbackAndChangesNothing() throws Exception {
        save("one");
        Files.delete(pyc("a"));
        write("b", "w0002");
        Files.delete(pyc("b"));
        List<String> before = files(directory);

        CommandLineRun dry = run("snapshot", "rollback", "--dry-run", lib);

        assertThat(files(directory)).isEqualTo(before);
        CommandLineRun real = run("snapshot", "rollback", lib);
        assertThat(real.out()).isEqualTo(dry.out().replace("would be put back", "put back"));
        assertThat(real.code()).isEqualTo(dry.code()).isEqualTo(1);
    }

    @Test
    void aSecondSnapshotSharesFilesWithTheFirstAndSurvivesItsRemoval() throws Exception {
        save("one");
        List<String> before = bytes();
        Files.delete(pyc("a"));
        assertThat(run("snapshot", "rollback", lib).code()).isZero();
        SettledRefresh.run(index, lib);
        assertThat(run("snapshot", "save", "two", lib).out()).contains("4 pycs: 4 linked");
        assertThat(run("snapshot", "remove", "one", lib).code()).isZero();
        for (String module : List.of("a", "b", "c", "d")) {
            Files.delete(pyc(module));
        }

        assertThat(run("snapshot", "rollback", lib).code()).isZero();

        assertThat(bytes()).isEqualTo(before);
    }

    @Test
    void theDefaultSnapshotFollowsSaveRollbackAndRemove() throws Exception {
        SettledRefresh.run(index, lib);
        assertThat(run("refresh", lib).code()).isZero();
        assertThat(listed()).containsExactly("* postinit");
        assertThat(run("snapshot", "save", "one", lib).code()).isZero();
        assertThat(run("snapshot", "save", "two", lib).code()).isZero();
        assertThat(listed()).containsExactly("  postinit", "  one", "* two");
        assertThat(run("snapshot", "save", "two", lib).complaint(3))
                .contains("there is a snapshot two already; 'freshpyc snapshot remove two " + real() + "' removes it");
        assertThat(run("snapshot", "save", "postinit", lib).complaint(3))
                .contains("there is a snapshot postinit already, which stays: choose another name");
        assertThat(CommandLineRun.of("snapshot", "rollback", "src").complaint(2))
                .contains("'src' is taken for the name of a snapshot: write './src' for the directory");

        assertThat(run("snapshot", "rollback", "one", lib).code()).isZero();
        assertThat(listed()).containsExactly("  postinit", "* one", "  two");
        assertThat(run("snapshot", "remove", "one", lib).code()).isZero();
        assertThat(listed()).containsExactly("* postinit", "  two");

        assertThat(run("snapshot", "remove", "postinit", lib).complaint(3)).contains("postinit stays");
        assertThat(run("snapshot", "remove", "one", lib).complaint(3))
                .contains("no snapshot one: it has postinit, two");
        assertThat(run("snapshot", "rollback", "one", lib).complaint(3)).contains("no snapshot one");
    }

    @Test
    void aScrubRemovesTheIndexSnapshotsAndJournalOfTheEntry() throws Exception {
        save("one");
        assertThat(run("repair", "--to", "checked-hash", "--python", PYTHON.executable(), lib)
                        .code())
                .isZero();

        CommandLineRun scrub = run("snapshot", "scrub", lib);

        assertThat(scrub.out()).contains("removed the index, 2 snapshots and 1 journal");
        assertThat(files(index)).noneMatch(name -> name.contains("lib-") || name.contains(".journal"));
        assertThat(run("snapshot", "list", lib).out()).isEqualTo("Snapshots for " + real() + ": none\n");
    }

    @Test
    void invalidNamesOfSnapshotsAreRefused() throws Exception {
        SettledRefresh.run(index, lib);
        for (String name : List.of("a/b", "..", ".a", "-a", "a b", "a\n", "é", "a".repeat(65), "")) {
            CommandLineRun refused = run("snapshot", "save", "--", name, lib);
            assertThat(refused.code()).as(name + refused.out()).isEqualTo(2);
        }
        assertThat(run("snapshot", "save", "a".repeat(64), lib).code()).isZero();
        assertThat(run("snapshot", "save", "0_.+-", lib).code()).isZero();
    }

    /** Replaces a word in the body without a new inode, as an attacker or a broken tool would. */
    private void tamper(String module) throws IOException {
        byte[] bytes = Files.readAllBytes(pyc(module));
        String text = new String(bytes, StandardCharsets.ISO_8859_1).replace("w0001", "w9999");
        Files.write(pyc(module), text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private void write(String module, String word) throws IOException {
        Files.writeString(source(module), "VALUE = '" + word + "'\n");
        Files.setLastModifiedTime(source(module), OLD);
    }

    /** Refreshes the index with a clock that is ahead, so that no file counts as young, and saves a snapshot. */
    private void save(String name) throws Exception {
        SettledRefresh.run(index, lib);
        CommandLineRun save = run("snapshot", "save", name, lib);
        assertThat(save.code()).as(save.out() + save.err()).isZero();
    }

    private CommandLineRun run(Object... words) {
        List<Object> all = new ArrayList<>(List.of(words));
        all.addAll(1, List.of("--index", index));
        return CommandLineRun.of(all.toArray());
    }

    private List<String> listed() {
        return run("snapshot", "list", lib).lines().stream()
                .skip(1)
                .map(line -> line.replaceFirst("(..\\S+) .*", "$1"))
                .toList();
    }

    private String verdict(String module) {
        return run("lookup", "--format", "json", pyc(module)).out();
    }

    private List<String> imported() {
        return python("import").stream().sorted().toList();
    }

    private List<String> python(String mode) {
        return PYTHON.launcher().run("modules.py", List.of(), List.of(mode, lib.toString()));
    }

    private List<String> bytes() throws IOException {
        List<String> all = new ArrayList<>();
        for (String module : List.of("a", "b", "c", "d")) {
            all.add(HexFormat.of().formatHex(Files.readAllBytes(pyc(module))));
        }
        return all;
    }

    private static List<String> files(Path top) throws IOException {
        try (Stream<Path> files = Files.walk(top)) {
            return files.map(Path::toString).sorted().toList();
        }
    }

    private Path real() throws IOException {
        return lib.toRealPath();
    }

    private Path source(String module) {
        return lib.resolve(module + ".py");
    }

    private Path pyc(String module) {
        return lib.resolve("__pycache__").resolve(module + "." + PYTHON.tag() + ".pyc");
    }
}

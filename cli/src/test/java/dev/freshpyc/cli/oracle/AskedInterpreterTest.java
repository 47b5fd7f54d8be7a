package dev.freshpyc.cli.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.repair.QuickOptions;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.plan.TargetMode;
import dev.freshpyc.core.pyc.KnownInterpreter;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.PythonVersion;
import dev.freshpyc.core.store.StoreEvents;
import dev.freshpyc.core.store.chronicle.ChronicleStore;
import dev.freshpyc.indexer.environment.InterpreterProbe;
import dev.freshpyc.indexer.host.HostFiles;
import dev.freshpyc.indexer.interpreter.InterpreterLocator;
import dev.freshpyc.indexer.repair.Repair;
import dev.freshpyc.indexer.repair.RepairStores;
import dev.freshpyc.indexer.repair.change.RepairOptions;
import dev.freshpyc.indexer.repair.change.RepairOptions.WriteMode;
import dev.freshpyc.indexer.repair.journal.JournalDirectory;
import dev.freshpyc.indexer.repair.outcome.RepairSummary;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.ScanOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Python 2.7 reads {@code m.pyc} as the cache of the source beside the file, whoever wrote the file. What {@code audit --python} says of
 * such a file, {@code explain} and {@code repair} say for the same interpreter, and an import by the interpreter agrees.
 */
@EnabledOnOs(OS.LINUX)
class AskedInterpreterTest {

    private static final int MTIME = 1_600_000_000;

    @TempDir
    private Path directory = Path.of("");

    private Path tree = Path.of("");
    private Path pyc = Path.of("");
    private final Interpreter python = Interpreters.assumed("cpython 2.7");
    private final Interpreter newer = Interpreters.required("cpython 3.11");

    /** What has the name of the bytecode. */
    enum Beside {
        FOREIGN("foreign", "magic"),
        GARBAGE("foreign", "magic"),
        EMPTY("malformed", "short-header"),
        CUT_IN_THE_MAGIC("malformed", "short-header"),
        CUT_AFTER_THE_MAGIC("malformed", "short-header"),
        STALE("stale", "mtime"),
        DANGLING_LINK("malformed", "dangling-link"),
        LOOPING_LINK("malformed", "looping-link"),
        LINK_TO_A_DIRECTORY("malformed", "directory-link");

        private final String verdict;
        private final String reason;

        Beside(String verdict, String reason) {
            this.verdict = verdict;
            this.reason = reason;
        }

        void make(Path pyc, Interpreter python, Interpreter newer) throws IOException {
            byte[] own = python.pyc(MTIME - 5, 0, python.code());
            switch (this) {
                case FOREIGN -> Files.write(pyc, newer.pyc(MTIME, 10, newer.code()));
                case GARBAGE -> Files.write(pyc, "this is no bytecode".getBytes(StandardCharsets.US_ASCII));
                case EMPTY -> Files.createFile(pyc);
                case CUT_IN_THE_MAGIC -> Files.write(pyc, Arrays.copyOf(own, 3));
                case CUT_AFTER_THE_MAGIC -> Files.write(pyc, Arrays.copyOf(own, 6));
                case STALE -> Files.write(pyc, own);
                case DANGLING_LINK -> Files.createSymbolicLink(pyc, Path.of("nowhere"));
                case LOOPING_LINK -> Files.createSymbolicLink(pyc, pyc.getFileName());
                case LINK_TO_A_DIRECTORY ->
                    Files.createSymbolicLink(
                            pyc, Files.createDirectory(pyc.resolveSibling("d")).getFileName());
            }
        }
    }

    @BeforeEach
    void makeASource() throws IOException {
        tree = Files.createDirectory(directory.toRealPath().resolve("tree"));
        pyc = tree.resolve("m.pyc");
        Files.writeString(tree.resolve("m.py"), "VALUE = 1\n");
        Files.setLastModifiedTime(tree.resolve("m.py"), FileTime.from(MTIME, TimeUnit.SECONDS));
    }

    @ParameterizedTest
    @EnumSource
    void allCommandsSayWhatTheInterpreterDoes(Beside beside) throws Exception {
        beside.make(pyc, python, newer);
        assertThat(Imports.of(python, tree).loaded()).isZero();
        String audited = "\"verdict\":\"" + beside.verdict + "\",\"interpreter\":\"recompiles\",\"reason\":\""
                + beside.reason + "\"";

        assertThat(audit("--no-index", "--python", python.executable())).contains(audited);
        assertThat(explain().out()).contains(beside.verdict + " (" + beside.reason + ")", "freshpyc repair --python");

        assertThat(repair("--dry-run").out())
                .containsPattern("would be recompiled: 1|would be compiled and compared: 1");
        assertThat(repair("--check").code()).isEqualTo(1);
        assertThat(audit("--python", python.executable())).as("with the index").contains(audited);
        CommandLineRun repaired = repair();
        assertThat(repaired.out()).contains("recompiled: 1");
        assertThat(repaired.code()).isZero();

        assertThat(Files.isRegularFile(pyc, LinkOption.NOFOLLOW_LINKS)).isTrue();
        Imports after = Imports.of(python, tree);
        assertThat(after.compiled()).isEmpty();
        assertThat(after.loaded()).isEqualTo(1);
        assertThat(after.values()).containsEntry("m", "1");
        assertThat(repair("--check").code()).isZero();
        assertThat(verdicts(audit("--python", python.executable()))).containsExactly("fresh");
        assertThat(verdicts(audit())).as("the record of the new file").containsExactly("fresh");
    }

    /** The index keeps the answer for the version that wrote the file, since runs for other interpreters share the index. */
    @ParameterizedTest
    @EnumSource
    void aRunForOneInterpreterChangesNoAnswerForAnother(Beside beside) throws Exception {
        beside.make(pyc, python, newer);
        List<String> before = verdicts(audit("--no-index"));

        repair("--dry-run");
        CommandLineRun.of("repair", "--python", newer.executable(), "--index", directory.resolve("index"), tree);
        CommandLineRun.of("refresh", "--python", python.executable(), "--index", directory.resolve("index"), tree);

        assertThat(verdicts(audit())).isEqualTo(before);
        assertThat(verdicts(audit("--python", newer.executable()))).containsExactly("shadowed");
        assertThat(verdicts(audit("--python", python.executable()))).containsExactly(beside.verdict);
    }

    /** Python 3 reads no {@code m.pyc} beside {@code m.py}: a repair for Python 3 leaves the file of Python 2.7 alone. */
    @Test
    void aRepairForPython3LeavesTheFileOfPython27() throws Exception {
        Beside.STALE.make(pyc, python, newer);
        byte[] before = Files.readAllBytes(pyc);

        CommandLineRun run = CommandLineRun.of(
                "repair", "--python", newer.executable(), "--index", directory.resolve("index"), tree);

        assertThat(run.out()).contains("1 shadowed");
        assertThat(Files.readAllBytes(pyc)).isEqualTo(before);
    }

    @Test
    void anUndoPutsTheForeignFileBack() throws Exception {
        Beside.FOREIGN.make(pyc, python, newer);
        byte[] before = Files.readAllBytes(pyc);
        repair();
        assertThat(Files.readAllBytes(pyc)).isNotEqualTo(before);

        CommandLineRun.of("undo", "--index", directory.resolve("index"), tree);

        assertThat(Files.readAllBytes(pyc)).isEqualTo(before);
        assertThat(verdicts(audit("--python", python.executable()))).containsExactly("foreign");
    }

    /** A plan that is larger than a batch lies in a temporary file. */
    @Test
    void aPlanInAFileKeepsTheInterpreter() throws Exception {
        for (String name : List.of("a", "b", "c")) {
            Files.copy(tree.resolve("m.py"), tree.resolve(name + ".py"), StandardCopyOption.COPY_ATTRIBUTES);
            Beside.FOREIGN.make(tree.resolve(name + ".pyc"), python, newer);
        }
        Files.delete(tree.resolve("m.py"));

        RepairSummary summary = repairInBatchesOfOne().run(PathEntry.directories(List.of(RawPath.of(tree.toString()))));

        assertThat(summary.unrepaired()).isEmpty();
        Imports after = Imports.of(python, tree);
        assertThat(after.compiled()).isEmpty();
        assertThat(after.loaded()).isEqualTo(3);
    }

    private Repair repairInBatchesOfOne() {
        RepairOptions options = QuickOptions.of(TargetMode.AUTO, false, WriteMode.REPLACE);
        Path index = directory.resolve("index");
        return new Repair(
                        HostFiles.readers(),
                        new RepairStores(
                                new ChronicleStore(index, StoreEvents.NONE),
                                Optional.empty(),
                                new JournalDirectory(index.resolve("undo"))),
                        ScanOptions.defaults().withWorkers(1),
                        options,
                        InterpreterLocator.of(
                                List.of(python.executable().toString()),
                                Map.of(),
                                List.of(),
                                InterpreterProbe.within(InterpreterProbe.DEFAULT_LIMIT)))
                .inBatchesOf(1)
                .forReader(new KnownInterpreter(
                        PythonVersion.cpython(2, 7), Optional.empty(), Magic.of(python.magicNumber())));
    }

    private CommandLineRun explain() {
        return CommandLineRun.of("explain", "--no-index", "--python", python.executable(), pyc);
    }

    private CommandLineRun repair(String... options) {
        return CommandLineRun.of(
                "repair", options, "--python", python.executable(), "--index", directory.resolve("index"), tree);
    }

    private String audit(Object... options) {
        boolean indexed = !List.of(options).contains("--no-index");
        return CommandLineRun.of(
                        "audit",
                        "--all",
                        "--format",
                        "jsonl",
                        options,
                        indexed ? List.of("--index", directory.resolve("index")) : List.of(),
                        tree)
                .out();
    }

    private static List<String> verdicts(String lines) {
        Matcher verdict = Pattern.compile("\"verdict\":\"([a-z-]+)\"").matcher(lines);
        return verdict.results().map(found -> found.group(1)).toList();
    }
}

package dev.freshpyc.cli.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.cli.CommandLineRun;
import dev.freshpyc.cli.ProgramProcess;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.plan.CleanSelection;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.core.store.StoreEvents;
import dev.freshpyc.core.store.chronicle.ChronicleStore;
import dev.freshpyc.indexer.clean.Clean;
import dev.freshpyc.indexer.clean.CleanOptions;
import dev.freshpyc.indexer.environment.InterpreterProbe;
import dev.freshpyc.indexer.host.HostFiles;
import dev.freshpyc.indexer.interpreter.InterpreterLocator;
import dev.freshpyc.indexer.repair.change.RepairOptions.RecordPolicy;
import dev.freshpyc.indexer.repair.journal.JournalDirectory;
import dev.freshpyc.indexer.scan.PathEntry;
import dev.freshpyc.indexer.scan.ScanOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * After a clean is killed, each file is in the tree or beside the journal, and an undo restores all files. A clean
 * records all files of a batch in the journal before it removes the first, so most kills fall between journal and
 * removal.
 */
@EnabledOnOs(OS.LINUX)
class KilledCleanTest {

    private static final int FILES = 12;
    private static final int BATCH = 5;

    @TempDir
    private Path directory;

    /** Runs a clean that halts, without any cleanup, right after it has removed a given number of files. */
    public static void main(String[] words) throws Exception {
        AtomicInteger remaining = new AtomicInteger(Integer.parseInt(words[2]));
        CleanSelection selection = new CleanSelection(true, false, false, Set.of(OptimizationLevel.O1));
        Clean clean = new Clean(
                HostFiles.readers(),
                new ChronicleStore(Path.of(words[1]), StoreEvents.NONE),
                ScanOptions.defaults().withWorkers(1),
                new CleanOptions(
                        selection, Set.of(), Optional.empty(), Long.MAX_VALUE, RecordPolicy.NAME, Optional.empty()),
                InterpreterLocator.of(
                        List.of(), Map.of(), List.of(), InterpreterProbe.within(InterpreterProbe.DEFAULT_LIMIT)),
                new JournalDirectory(Path.of(words[1]).resolve("undo")),
                BATCH);
        clean.run(List.of(new PathEntry.Directory(RawPath.of(words[0]), 0)), _ -> {
            if (remaining.decrementAndGet() == 0) {
                Runtime.getRuntime().halt(9);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 5, 6, 12, 13})
    void anUndoRestoresAllFiles(int outcomes) throws Exception {
        MatchingTree tree = tree();
        Map<String, String> before = contents(tree.root());

        assertThat(isKilledAfter(tree, outcomes)).isTrue();
        assertThat(contents(tree.root())).hasSizeLessThan(before.size());

        CommandLineRun undo = CommandLineRun.of("undo", "--index", index(), tree.root());
        assertThat(undo.code()).as(undo.out() + undo.err()).isZero();
        assertThat(contents(tree.root())).isEqualTo(before);
    }

    @Test
    void anotherCleanCompletesAKilledClean() throws Exception {
        MatchingTree tree = tree();
        assertThat(isKilledAfter(tree, 3)).isTrue();

        CommandLineRun run = CommandLineRun.of("clean", "--orphans", "--levels=1", "--index", index(), tree.root());
        assertThat(run.code()).as(run.out() + run.err()).isZero();
        assertThat(run.out()).contains("removed: " + (FILES - 3) + " files");
        try (Stream<Path> files = Files.list(index().resolve("undo"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".running")))
                    .isEmpty();
        }
    }

    /** Half of the files to remove are the orphans of one directory, and half have optimization level 1. */
    private MatchingTree tree() throws IOException {
        MatchingTree tree = new MatchingTree(directory.resolve("lib"));
        for (int i = 0; i < FILES / 2; i++) {
            tree.pair("pkg/m" + i).pair("gone/o" + i);
            tree.compiled("pkg/__pycache__/m" + i + ".cpython-311.opt-1.pyc", new byte[16]);
            Files.delete(tree.root().resolve("gone/o" + i + ".py"));
        }
        return tree;
    }

    private boolean isKilledAfter(MatchingTree tree, int outcomes) throws IOException, InterruptedException {
        return ProgramProcess.of(List.of(), KilledCleanTest.class, tree.root(), index(), outcomes)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start()
                        .waitFor()
                == 9;
    }

    private Path index() {
        return directory.resolve("index");
    }

    private static Map<String, String> contents(Path root) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        FileSnapshot.files(root).forEach((name, state) -> contents.put(name, state.metadata() + state.content()));
        return contents;
    }
}

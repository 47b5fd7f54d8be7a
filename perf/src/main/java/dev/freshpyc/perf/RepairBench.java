package dev.freshpyc.perf;

import dev.freshpyc.perf.measure.Race.Contender;
import dev.freshpyc.perf.measure.Race.Series;
import dev.freshpyc.perf.tree.BenchTree;
import dev.freshpyc.perf.tree.TreeFiles;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Measures {@code freshpyc repair --to unchecked-hash} as a whole process, and says of each claim whether it was held.
 *
 * <p>{@code mvn package} builds the bench into the distribution, whose runtime runs it:
 *
 * <pre>{@code
 * cli/target/freshpyc/runtime/bin/java -m dev.freshpyc/dev.freshpyc.perf.RepairBench
 * }</pre>
 *
 * <p>Workload: a tree of real packages whose index is up to date; before every run all bytecode has timestamps. In one race:
 *
 * <ul>
 *   <li><i>replace</i> and <i>in-place</i>, with durability {@code batch}, after an earlier repair of the same contents: the
 *       index knows that the bodies are complete, and the hashes of the sources; <i>each</i> and <i>none</i> replace with those
 *       durabilities;
 *   <li><i>first</i> and <i>first in place</i>: the same repairs of a tree of which nothing is proven, so that each body is compiled
 *       and compared first;
 *   <li><i>floor</i>, a C program that reads and hashes the sources, copies, patches, syncs and renames, on one thread; and
 *       <i>in-place floor</i>, which writes the headers in place;
 *   <li><i>compileall</i> with {@code -f -j2 --invalidation-mode unchecked-hash}, today's way to the same headers.
 * </ul>
 *
 * <p>Then, alone, <i>recompile</i>: every body is damaged before each run; against <i>compileall</i> once more.
 */
public final class RepairBench {

    /** Exit code of a repair that leaves nothing unrepaired. */
    private static final Set<Integer> WORKED = Set.of(0);

    private static final String USAGE = """
            usage: RepairBench [OPTION]...
              --freshpyc PATH   launcher to measure (cli/target/freshpyc/bin/freshpyc)
              --pairs N         size of the tree to build (14000)
              --runs N          counted rounds (11)
              --python EXE      interpreter of the tree (python3)
              --temp DIR        where to build tree and index (the system's folder for temporary files)
              --keep            leave tree and index in place
            """;

    private final BenchRun run;
    private final FreshpycCommands freshpyc;

    private RepairBench(BenchRun run) {
        this.run = run;
        this.freshpyc = run.freshpyc();
    }

    /** Takes the options that {@code --help} shows. */
    public static void main(String... words) throws InterruptedException {
        System.exit(new BenchProgram("RepairBench", USAGE, RepairBench::run).run(words));
    }

    /** Measures and prints the figures. */
    static void run(BenchRun run) throws IOException, InterruptedException {
        new RepairBench(run).measure();
    }

    private void measure() throws IOException, InterruptedException {
        BenchOptions options = run.options();
        options.requireBuiltTree();
        run.printHeader(
                freshpyc.requiredVersion(run.processes()),
                run.pythonVersion(),
                run.cPrograms().compiler());
        BenchTree tree = run.newTree();
        tree.growTo(options.pairs());
        Path root = tree.root();
        run.printTree(root);
        run.output(freshpyc.refresh(index(), root.toString()));
        List<Series> inTurns = run.race(contenders(root, run.cPrograms().compile("repairfloor")));
        List<Series> damaged = run.race(List.of(
                new Contender("recompile", repair(root, "--durability", "none"), WORKED, () -> damage(root)),
                new Contender("compileall", run.python().withUncheckedHashes(root), Set.of(0))));
        RepairFigures figures = new RepairFigures(inTurns, damaged);
        run.printFigures(figures);
        run.printClaims(figures.claims());
    }

    private List<Contender> contenders(Path root, Path floor) {
        Contender.Preparation reset = () -> reset(root);
        return List.of(
                new Contender("replace", repair(root), WORKED, reset),
                new Contender("in-place", repair(root, "--write", "in-place"), WORKED, reset),
                new Contender("first", freshpyc.repair(newIndex(), root), WORKED, () -> resetUnknown(root)),
                new Contender(
                        "first in place",
                        freshpyc.repair(newIndex(), root, "--write", "in-place"),
                        WORKED,
                        () -> resetUnknown(root)),
                new Contender("each", repair(root, "--durability", "each"), WORKED, reset),
                new Contender("none", repair(root, "--durability", "none"), WORKED, reset),
                new Contender("floor", List.of(floor.toString(), "replace", root.toString()), Set.of(0), reset),
                new Contender(
                        "in-place floor", List.of(floor.toString(), "in-place", root.toString()), Set.of(0), reset),
                new Contender("compileall", run.python().withUncheckedHashes(root), Set.of(0)));
    }

    private List<String> repair(Path root, String... further) {
        return freshpyc.repair(index(), root, further);
    }

    private Path index() {
        return run.scratch().resolve("index");
    }

    private Path newIndex() {
        return run.scratch().resolve("new-index");
    }

    /** Resets the tree and makes a new index by a refresh. No pyc is proven in it: a repair has written them, with their old mtimes. */
    private void resetUnknown(Path root) throws IOException, InterruptedException {
        reset(root);
        Thread.sleep(BenchRun.SETTLED);
        BenchTree.delete(newIndex());
        run.output(freshpyc.refresh(newIndex(), root.toString()));
        run.output(List.of("sync"));
    }

    /** Rewrites all headers to timestamps and waits for the disk, so that no run pays for the writes of the run before. */
    private void reset(Path root) throws IOException, InterruptedException {
        run.output(freshpyc.repairToTimestamps(index(), root));
        run.output(freshpyc.discardUndo(index()));
        run.output(List.of("sync"));
    }

    /** Cuts the last byte off every body. */
    private static void damage(Path root) throws IOException {
        for (Path pyc : TreeFiles.ending(root, ".pyc")) {
            try (RandomAccessFile bytes = new RandomAccessFile(pyc.toFile(), "rw")) {
                bytes.setLength(bytes.length() - 1);
            }
        }
    }
}

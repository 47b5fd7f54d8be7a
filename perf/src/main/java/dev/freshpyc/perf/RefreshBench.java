package dev.freshpyc.perf;

import dev.freshpyc.perf.FreshpycCommands.RefreshCounts;
import dev.freshpyc.perf.measure.Race.Contender;
import dev.freshpyc.perf.measure.Race.Series;
import dev.freshpyc.perf.tree.BenchTree;
import dev.freshpyc.perf.tree.ChangedSources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Measures {@code freshpyc refresh} and {@code lookup} as whole processes, and says of each claim whether it was held.
 *
 * <p>{@code mvn package} builds the bench into the distribution, whose runtime runs it:
 *
 * <pre>{@code
 * cli/target/freshpyc/runtime/bin/java -m dev.freshpyc/dev.freshpyc.perf.RefreshBench --large
 * }</pre>
 *
 * <p>Workload: a tree of real packages, one pyc for each source, all up to date, warm page cache, an index in the scratch
 * directory. In one race, so that ratios compare the same minutes:
 *
 * <ul>
 *   <li><i>first</i>: a refresh without an index, which hashes every source and every body, and makes no snapshot;
 *       <i>unhashed</i>: a first refresh with {@code --stat-only}; <i>unverified</i>: one with {@code --no-verify};
 *       <i>unforced</i>: as <i>first</i>, with {@code --durability none}; <i>with snapshot</i>: as <i>first</i>, with the snapshot
 *       that a first refresh makes by default; <i>floor</i>: a C program that only reads and hashes those files, on two threads. The time of
 *       the hashing is <i>first</i> minus <i>unhashed</i>; the time of the whole work is <i>first</i> minus a refresh of an
 *       <i>empty</i> directory.
 *   <li><i>unchanged</i>: a refresh with an index that is up to date, against <i>audit</i>, which is {@code audit --no-index}.
 *   <li><i>lookup</i> of one source.
 * </ul>
 *
 * <p>Then, alone, <i>changed</i>: a refresh of ten named paths. Their sources get another mtime before each run, so that each
 * run hashes them and publishes a new generation.
 */
public final class RefreshBench {

    private static final int CHANGED = 10;
    private static final int ATTEMPTS = 4;

    private static final String USAGE = """
            usage: RefreshBench [OPTION]...
              --freshpyc PATH   launcher to measure (cli/target/freshpyc/bin/freshpyc)
              --tree DIR        measure on this tree, which is compiled first, and ten of its sources get other times until the
                                end; otherwise one is built and deleted again
              --pairs N         size of the tree to build (14000)
              --large           100,000 pairs, which the claims on ten paths and on the heap are about (takes about 4 GB)
              --runs N          counted rounds (11)
              --python EXE      interpreter of the tree (python3)
              --temp DIR        where to build tree and index (the system's folder for temporary files)
              --keep            leave tree and index in place
            """;

    private final BenchRun run;
    private final FreshpycCommands freshpyc;

    private RefreshBench(BenchRun run) {
        this.run = run;
        this.freshpyc = run.freshpyc();
    }

    /** Takes the options that {@code --help} shows. */
    public static void main(String... words) throws InterruptedException {
        System.exit(new BenchProgram("RefreshBench", USAGE, RefreshBench::run).run(words));
    }

    /** Measures and prints the figures. */
    static void run(BenchRun run) throws IOException, InterruptedException {
        new RefreshBench(run).measure();
    }

    private void measure() throws IOException, InterruptedException {
        if (run.options().subject() != null) {
            throw new IllegalArgumentException("--subject is an option of AuditBench");
        }
        run.printHeader(freshpyc.requiredVersion(run.processes()), run.pythonVersion());
        Path tree = tree();
        long pairs = run.printCounted(tree, run.cPrograms().compile("floor"));
        RefreshFigures figures = measure(tree, run.cPrograms().compile("hashfloor"), pairs);
        run.printFigures(figures);
        run.printClaims(figures.claims());
    }

    private Path tree() throws IOException, InterruptedException {
        Path given = run.options().tree();
        if (given != null) {
            run.compileGiven(given);
            return given;
        }
        BenchTree tree = run.newTree();
        tree.growTo(run.options().pairs());
        return tree.root();
    }

    private RefreshFigures measure(Path tree, Path floor, long pairs) throws IOException, InterruptedException {
        Path index = run.scratch().resolve("index");
        try (ChangedSources sources =
                ChangedSources.of(tree, CHANGED, run.scratch().resolve("changed"))) {
            long hashedBytes = settle(tree, index);
            List<Series> inTurns = run.race(contenders(tree, floor, index, sources.any()));
            List<Series> alone = run.race(List.of(new Contender(
                    "changed",
                    freshpyc.refresh(index, "--changed-from", sources.list().toString(), tree.toString()),
                    FreshpycCommands.WORKED,
                    sources::change)));
            long heap = freshpyc.heapLimit();
            return new RefreshFigures(pairs, hashedBytes, size(index), heap, inTurns, alone.getFirst());
        }
    }

    private List<Contender> contenders(Path tree, Path floor, Path index, Path source) throws IOException {
        Path fresh = run.scratch().resolve("fresh-index");
        Path empty = Files.createDirectories(run.scratch().resolve("empty"));
        Path none = run.scratch().resolve("empty-index");
        return List.of(
                first("first", fresh, tree, "--max-size", "0"),
                first("unhashed", fresh, tree, "--stat-only"),
                new Contender("floor", List.of(floor.toString(), tree.toString()), Set.of(0)),
                new Contender("empty", freshpyc.refresh(none, empty.toString()), FreshpycCommands.WORKED),
                new Contender("unchanged", freshpyc.refresh(index, tree.toString()), FreshpycCommands.WORKED),
                new Contender("audit", freshpyc.audit(tree), FreshpycCommands.WORKED),
                new Contender("lookup", freshpyc.lookup(index, source), FreshpycCommands.WORKED),
                first("unverified", fresh, tree, "--no-verify"),
                first("unforced", fresh, tree, "--max-size", "0", "--durability", "none"),
                first("with snapshot", fresh, tree));
    }

    /** A refresh without an index. */
    private Contender first(String name, Path index, Path tree, String... options) {
        List<String> further = new ArrayList<>(List.of(options));
        further.add(tree.toString());
        return new Contender(
                name,
                freshpyc.refresh(index, further.toArray(String[]::new)),
                FreshpycCommands.WORKED,
                () -> BenchTree.delete(index));
    }

    /** Refreshes until no file is hashed any more; returns how many bytes the first refresh hashed. */
    private long settle(Path tree, Path index) throws IOException, InterruptedException {
        RefreshCounts first = freshpyc.refreshed(run.processes(), index, tree);
        RefreshCounts latest = first;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            latest = freshpyc.refreshed(run.processes(), index, tree);
            if (latest.hashed() == 0) {
                return first.hashedBytes();
            }
            Thread.sleep(BenchRun.SETTLED);
        }
        throw new IOException(String.format(
                Locale.ROOT,
                "%d files of %s are hashed again by every refresh: do they change?",
                latest.hashed(),
                tree));
    }

    /** The bytes of the index without its snapshots. */
    private static long size(Path index) throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.list(index)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }
}

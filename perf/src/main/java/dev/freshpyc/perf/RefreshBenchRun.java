package dev.freshpyc.perf;

import dev.freshpyc.perf.measure.CPrograms;
import dev.freshpyc.perf.measure.ChildProcesses;
import dev.freshpyc.perf.measure.Contender;
import dev.freshpyc.perf.measure.Race;
import dev.freshpyc.perf.measure.Series;
import dev.freshpyc.perf.measure.Usage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** One measurement of refresh and lookup from tree to claims, in a scratch directory. */
final class RefreshBenchRun {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final int CHANGED = 10;
    private static final int ATTEMPTS = 4;

    /** A file is read again as long as it is younger than this, and the tree may just have been built. */
    private static final Duration RACY = Duration.ofSeconds(3);

    private final BenchOptions options;
    private final Path scratch;
    private final PrintStream out;
    private final ChildProcesses processes;
    private final FreshpycCommands freshpyc;

    RefreshBenchRun(BenchOptions options, Path scratch, PrintStream out) {
        this.options = options;
        this.scratch = scratch;
        this.out = out;
        this.processes = new ChildProcesses(scratch);
        this.freshpyc = new FreshpycCommands(options.freshpyc());
    }

    void run() throws IOException, InterruptedException {
        CPrograms c = new CPrograms(processes);
        String version = freshpyc.requiredVersion(processes);
        Interpreter python = Interpreter.ask(processes, options.python());
        out.println("machine     " + Machine.here() + ", load " + Machine.load());
        out.println("versions    " + version + " · Python " + python.version());
        Path tree = tree(python);
        String counted = processes
                .run(LIMIT, List.of(c.compile("floor").toString(), tree.toString()))
                .orFail();
        out.printf("%ntree        %s (%s), %s", tree, Machine.fileSystem(tree), counted);
        Race race = new Race(processes, c.compile("measure"), options.runs());
        RefreshFigures figures =
                measure(tree, c.compile("hashfloor"), Usage.field(Usage.fields(counted), "pairs", counted), race);
        out.printf(
                "runs        %d in turns after one uncounted, warm page cache%n%n%s%n",
                options.runs(), figures.table());
        figures.claims().forEach(out::println);
        out.printf("%n%sLoad at the end: %s%n", Claim.FALSIFIED_BY, Machine.load());
    }

    private Path tree(Interpreter python) throws IOException, InterruptedException {
        Path given = options.tree();
        if (given == null) {
            BenchTree tree = new BenchTree(processes, python, Files.createDirectory(scratch.resolve("tree")));
            tree.growTo(options.pairs());
            return tree.root();
        }
        if (!Files.isDirectory(given)) {
            throw new IOException(given + " is no directory");
        }
        python.compile(processes, given);
        return given;
    }

    private RefreshFigures measure(Path tree, Path floor, long pairs, Race race)
            throws IOException, InterruptedException {
        Path index = scratch.resolve("index");
        try (ChangedSources sources = ChangedSources.of(tree, CHANGED, scratch.resolve("changed"))) {
            long hashedBytes = settled(tree, index);
            List<Series> inTurns = race.run(contenders(tree, floor, index, sources.any()));
            List<Series> alone = race.run(List.of(new Contender(
                    "changed",
                    freshpyc.refresh(index, "--changed-from", sources.list().toString(), tree.toString()),
                    FreshpycCommands.WORKED,
                    sources::change)));
            long heap = freshpyc.heapLimit();
            return new RefreshFigures(pairs, hashedBytes, size(index), heap, inTurns, alone.getFirst());
        }
    }

    private List<Contender> contenders(Path tree, Path floor, Path index, Path source) throws IOException {
        Path fresh = scratch.resolve("fresh-index");
        Path empty = Files.createDirectories(scratch.resolve("empty"));
        Path none = scratch.resolve("empty-index");
        return List.of(
                new Contender(
                        "first",
                        freshpyc.refresh(fresh, tree.toString()),
                        FreshpycCommands.WORKED,
                        () -> BenchTree.delete(fresh)),
                new Contender(
                        "unhashed",
                        freshpyc.refresh(fresh, "--stat-only", tree.toString()),
                        FreshpycCommands.WORKED,
                        () -> BenchTree.delete(fresh)),
                new Contender("floor", List.of(floor.toString(), tree.toString()), Set.of(0)),
                new Contender("empty", freshpyc.refresh(none, empty.toString()), FreshpycCommands.WORKED),
                new Contender("unchanged", freshpyc.refresh(index, tree.toString()), FreshpycCommands.WORKED),
                new Contender("audit", freshpyc.audit(tree), FreshpycCommands.WORKED),
                new Contender("lookup", freshpyc.lookup(index, source), FreshpycCommands.WORKED));
    }

    /** Refreshes until nothing is left to hash; how much the first time hashed. */
    private long settled(Path tree, Path index) throws IOException, InterruptedException {
        RefreshCounts first = freshpyc.refreshed(processes, index, tree);
        RefreshCounts latest = first;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            latest = freshpyc.refreshed(processes, index, tree);
            if (latest.hashed() == 0) {
                return first.hashedBytes();
            }
            Thread.sleep(RACY);
        }
        throw new IOException(String.format(
                Locale.ROOT,
                "%d files of %s are hashed again by every refresh: do they change?",
                latest.hashed(),
                tree));
    }

    private static long size(Path index) throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.walk(index)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }
}

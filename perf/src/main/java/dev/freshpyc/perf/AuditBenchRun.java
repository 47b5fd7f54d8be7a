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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** One measurement from tree to claims, in a scratch directory. */
final class AuditBenchRun {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final BenchOptions options;
    private final Path scratch;
    private final PrintStream out;
    private final ChildProcesses processes;
    private final List<Claim> claims = new ArrayList<>();

    AuditBenchRun(BenchOptions options, Path scratch, PrintStream out) {
        this.options = options;
        this.scratch = scratch;
        this.out = out;
        this.processes = new ChildProcesses(scratch);
    }

    void run() throws IOException, InterruptedException {
        CPrograms c = new CPrograms(processes);
        Interpreter python = Interpreter.ask(processes, options.python());
        out.println("machine     " + Machine.here() + ", load " + Machine.load());
        out.println("versions    " + subjectVersion() + " · Python " + python.version() + " · " + c.compiler());
        Path floor = c.compile("floor");
        Race race = new Race(processes, c.compile("measure"), options.runs());
        measureTrees(python, floor, race);
        if (options.subject() == null) {
            measureVersion(race);
        }
        out.println();
        claims.forEach(out::println);
        out.printf("%n%sLoad at the end: %s%n", Claim.FALSIFIED_BY, Machine.load());
    }

    private void measureTrees(Interpreter python, Path floor, Race race) throws IOException, InterruptedException {
        Path given = options.tree();
        if (given != null) {
            if (!Files.isDirectory(given)) {
                throw new IOException(given + " is no directory");
            }
            boolean all = python.compile(processes, given);
            out.print(all ? "" : "note        some sources do not compile; the peer tries them again in every run\n");
            measure(given, python, floor, race);
            return;
        }
        BenchTree tree = new BenchTree(processes, python, Files.createDirectory(scratch.resolve("tree")));
        tree.growTo(options.pairs());
        Figures figures = measure(tree.root(), python, floor, race);
        if (options.large()) {
            tree.growTo(2 * options.pairs());
            double growth = measure(tree.root(), python, floor, race).peak() / figures.peak();
            claims.add(new Claim("peak memory at twice the pairs / at once", growth, Claim.PEAK_GROWTH, ""));
        }
    }

    private Figures measure(Path tree, Interpreter python, Path floor, Race race)
            throws IOException, InterruptedException {
        String counted =
                processes.run(LIMIT, List.of(floor.toString(), tree.toString())).orFail();
        out.printf("%ntree        %s (%s), %s", tree, Machine.fileSystem(tree), counted);
        List<Series> series = race.run(List.of(
                new Contender(
                        options.subject() == null ? "audit" : "stand-in",
                        subject(tree),
                        Set.of(0, 3)), // 3: some paths could not be read, as for the others
                new Contender("floor", List.of(floor.toString(), tree.toString()), Set.of(0)),
                new Contender("compileall", python.noOp(tree), Set.of(0, 1))));
        long pairs = Usage.field(Usage.fields(counted), "pairs", counted);
        Figures figures = new Figures(pairs, series.get(0), series.get(1), series.get(2));
        out.printf(
                "runs        %d in turns after one uncounted, warm page cache%n%n%s", options.runs(), figures.table());
        claims.addAll(figures.claims());
        return figures;
    }

    private void measureVersion(Race race) throws IOException, InterruptedException {
        Contender version =
                new Contender("--version", List.of(options.freshpyc().toString(), "--version"), Set.of(0));
        Series series = race.run(List.of(version)).getFirst();
        out.printf(Locale.ROOT, "%n%s", Rows.of(series));
        claims.add(new Claim("freshpyc --version", series.wall().median(), Claim.VERSION, " ms"));
    }

    private List<String> subject(Path tree) {
        List<String> command = options.subject();
        if (command == null) {
            return List.of(options.freshpyc().toString(), "audit", "--no-index", "--format", "text", tree.toString());
        }
        return command.stream()
                .map(word -> word.equals("TREE") ? tree.toString() : word)
                .toList();
    }

    private String subjectVersion() throws IOException, InterruptedException {
        List<String> command = options.subject();
        if (command != null) {
            return "stand-in: " + String.join(" ", command);
        }
        if (!Files.isExecutable(options.freshpyc())) {
            throw new IOException(
                    options.freshpyc() + " is not there: build it with mvn package, or name it with --freshpyc");
        }
        return processes
                .run(LIMIT, List.of(options.freshpyc().toString(), "--version"))
                .orFail()
                .strip();
    }
}

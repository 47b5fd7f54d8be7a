package dev.freshpyc.perf;

import dev.freshpyc.perf.measure.Claim;
import dev.freshpyc.perf.measure.FigureTable;
import dev.freshpyc.perf.measure.Race.Contender;
import dev.freshpyc.perf.measure.Race.Series;
import dev.freshpyc.perf.tree.BenchTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Measures {@code freshpyc audit} as a whole process against {@code python3 -m compileall -q} and against the C floor, and says
 * of each claim whether it was held.
 *
 * <p>{@code mvn package} builds the bench into the distribution, whose runtime runs it:
 *
 * <pre>{@code
 * cli/target/freshpyc/runtime/bin/java -m dev.freshpyc/dev.freshpyc.perf.AuditBench
 * }</pre>
 *
 * <p>Workload: a tree of real packages, all bytecode up to date, warm page cache.
 */
public final class AuditBench {

    /** Milliseconds for {@code --version}. */
    private static final double VERSION = 100;

    /** Peak memory at twice {@link BenchOptions#LARGE_PAIRS} / at once: memory does not grow with the tree. */
    private static final double PEAK_GROWTH = 1.10;

    private static final String USAGE = """
            usage: AuditBench [OPTION]...
              --freshpyc PATH   launcher to measure (cli/target/freshpyc/bin/freshpyc)
              --subject 'CMD'   measure this command in its place; the word TREE stands for the tree
              --tree DIR        measure on this tree, which is compiled first; otherwise one is built and deleted again
              --pairs N         size of the tree to build (14000)
              --large           100,000 pairs, then 200,000 (takes about 7 GB for the time of the run)
              --runs N          counted rounds (11)
              --python EXE      interpreter of the peer and of the tree (python3)
              --temp DIR        where to build (the system's folder for temporary files)
              --keep            leave the built tree in place
            """;

    private final BenchRun run;
    private final BenchOptions options;
    private final Path floor;
    private final List<Claim> claims = new ArrayList<>();

    private AuditBench(BenchRun run) throws IOException, InterruptedException {
        this.run = run;
        this.options = run.options();
        this.floor = run.cPrograms().compile("floor");
    }

    /** Takes the options that {@code --help} shows. */
    public static void main(String... words) throws InterruptedException {
        System.exit(new BenchProgram("AuditBench", USAGE, AuditBench::run).run(words));
    }

    /** Measures and prints the figures. */
    static void run(BenchRun run) throws IOException, InterruptedException {
        new AuditBench(run).measure();
    }

    private void measure() throws IOException, InterruptedException {
        run.printHeader(subjectVersion(), run.pythonVersion(), run.cPrograms().compiler());
        Path given = options.tree();
        if (given != null) {
            if (!run.compileGiven(given)) {
                run.print("some sources do not compile; the peer tries them again in every run");
            }
            measure(given);
        } else {
            measureBuiltTrees();
        }
        if (options.subject() == null) {
            measureVersion();
            measureAsking();
        }
        run.printClaims(claims);
    }

    private void measureBuiltTrees() throws IOException, InterruptedException {
        BenchTree tree = run.newTree();
        tree.growTo(options.pairs());
        AuditFigures figures = measure(tree.root());
        if (options.large()) {
            tree.growTo(2 * options.pairs());
            double growth = measure(tree.root()).peak() / figures.peak();
            claims.add(new Claim("peak memory at twice the pairs / at once", growth, PEAK_GROWTH, ""));
        }
    }

    private AuditFigures measure(Path tree) throws IOException, InterruptedException {
        long pairs = run.printCounted(tree, floor);
        List<Series> series = run.race(List.of(
                new Contender(options.subject() == null ? "audit" : "stand-in", subject(tree), FreshpycCommands.WORKED),
                new Contender("floor", List.of(floor.toString(), tree.toString()), Set.of(0)),
                new Contender("compileall", run.python().noOp(tree), Set.of(0, 1))));
        AuditFigures figures = new AuditFigures(pairs, series.get(0), series.get(1), series.get(2));
        run.printFigures(figures);
        claims.addAll(figures.claims());
        return figures;
    }

    private void measureVersion() throws IOException, InterruptedException {
        Contender version =
                new Contender("--version", List.of(options.freshpyc().toString(), "--version"), Set.of(0));
        Series series = run.race(List.of(version)).getFirst();
        run.print(FigureTable.of(List.of(series)));
        claims.add(new Claim("freshpyc --version", series.wall().median(), VERSION, " ms"));
    }

    /**
     * Measures on an empty tree what an audit costs that asks the interpreter, and one that knows the answer. The files of an
     * interpreter that was installed long ago have settled, so that the first audit keeps its answer. The answer of a wrapper is
     * never kept, so that every audit asks it.
     */
    private void measureAsking() throws IOException, InterruptedException {
        Path tree = Files.createDirectory(run.scratch().resolve("empty"));
        Path index = run.scratch().resolve("answers");
        String python = run.python().executable();
        Path wrapper = Files.writeString(
                run.scratch().resolve("python"), "#!/bin/sh\nexec '" + python.replace("'", "'\\''") + "' \"$@\"\n");
        Files.setPosixFilePermissions(wrapper, PosixFilePermissions.fromString("rwx------"));
        run.output(run.freshpyc().auditFor(python, index, tree));
        List<Series> series = run.race(List.of(
                new Contender("known", run.freshpyc().auditFor(python, index, tree), FreshpycCommands.WORKED),
                new Contender(
                        "asked", run.freshpyc().auditFor(wrapper.toString(), index, tree), FreshpycCommands.WORKED),
                new Contender("python -I", List.of(python, "-I", "-c", "pass"), Set.of(0))));
        run.print(FigureTable.of(series));
        double known = series.get(0).wall().median();
        double asked = series.get(1).wall().median();
        claims.add(new Claim("audit with a known interpreter / an audit that asks it", known / asked, 1, ""));
    }

    private List<String> subject(Path tree) {
        List<String> command = options.subject();
        if (command == null) {
            return run.freshpyc().audit(tree);
        }
        return command.stream()
                .map(word -> word.equals("TREE") ? tree.toString() : word)
                .toList();
    }

    private String subjectVersion() throws IOException, InterruptedException {
        List<String> command = options.subject();
        return command == null
                ? run.freshpyc().requiredVersion(run.processes())
                : "stand-in: " + String.join(" ", command);
    }
}

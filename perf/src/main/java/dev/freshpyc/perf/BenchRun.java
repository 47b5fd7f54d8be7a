package dev.freshpyc.perf;

import dev.freshpyc.perf.measure.CPrograms;
import dev.freshpyc.perf.measure.ChildProcesses;
import dev.freshpyc.perf.measure.Claim;
import dev.freshpyc.perf.measure.Machine;
import dev.freshpyc.perf.measure.Race;
import dev.freshpyc.perf.measure.Race.Contender;
import dev.freshpyc.perf.measure.Race.Series;
import dev.freshpyc.perf.measure.Trials;
import dev.freshpyc.perf.measure.Usage;
import dev.freshpyc.perf.tree.BenchTree;
import dev.freshpyc.perf.tree.PeerInterpreter;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One run of a bench: the programs that take part, the races, and the lines printed before and after the figures. */
final class BenchRun {

    /** Time limit of a single command. */
    private static final Duration LIMIT = Duration.ofMinutes(30);

    private final BenchOptions options;
    private final Path scratch;
    private final PrintStream out;
    private final ChildProcesses processes;
    private final CPrograms cPrograms;
    private final PeerInterpreter python;
    private final FreshpycCommands freshpyc;
    private @Nullable Race race;

    /** What was measured on one tree, ready to print. */
    interface Figures {

        /** A table of times and memory, then the ratios. */
        String table();

        /** The claims that a tree of this size supports. */
        List<Claim> claims();
    }

    BenchRun(BenchOptions options, Path scratch, PrintStream out) throws IOException, InterruptedException {
        this.options = options;
        this.scratch = scratch;
        this.out = out;
        this.processes = new ChildProcesses(scratch);
        this.cPrograms = new CPrograms(processes);
        this.python = PeerInterpreter.probe(processes, options.python());
        this.freshpyc = new FreshpycCommands(options.freshpyc());
    }

    BenchOptions options() {
        return options;
    }

    Path scratch() {
        return scratch;
    }

    ChildProcesses processes() {
        return processes;
    }

    CPrograms cPrograms() {
        return cPrograms;
    }

    PeerInterpreter python() {
        return python;
    }

    FreshpycCommands freshpyc() {
        return freshpyc;
    }

    PrintStream out() {
        return out;
    }

    /** The standard output of a command that must succeed. */
    String output(List<String> command) throws IOException, InterruptedException {
        return processes.run(LIMIT, command).orFail();
    }

    /** Prints the machine and the versions of the programs that take part. */
    void printHeader(String... versions) {
        out.println("machine     " + Machine.here() + ", load " + Machine.load());
        out.println("versions    " + String.join(" · ", versions));
    }

    /** The version of the peer, for the header. */
    String pythonVersion() {
        return "Python " + python.version();
    }

    /** An empty tree that a bench may grow. */
    BenchTree newTree() throws IOException {
        return new BenchTree(processes, python, Files.createDirectory(scratch.resolve("tree")));
    }

    /** Compiles a tree that the user gave; false if some sources do not compile. */
    boolean compileGiven(Path tree) throws IOException, InterruptedException {
        if (!Files.isDirectory(tree)) {
            throw new IOException(tree + " is no directory");
        }
        return python.compile(processes, tree);
    }

    /** Prints a tree that was built with the wanted number of pairs. */
    void printTree(Path tree) throws IOException {
        out.printf(Locale.ROOT, "%ntree        %s (%s), %d pairs%n", tree, Machine.fileSystem(tree), options.pairs());
    }

    /** Prints the tree and what the floor program counts there; returns the number of pairs. */
    long printCounted(Path tree, Path floor) throws IOException, InterruptedException {
        String counted = output(List.of(floor.toString(), tree.toString()));
        out.printf("%ntree        %s (%s), %s", tree, Machine.fileSystem(tree), counted);
        return Usage.field(Usage.fields(counted), "pairs", counted);
    }

    /** Measures the contenders in turns. */
    List<Series> race(List<Contender> contenders) throws IOException, InterruptedException {
        return race().run(contenders);
    }

    /** Measures the contenders in turns, goes on without those that fail, and repeats long ones less often. */
    List<Trials.Result> trials(List<Contender> contenders) throws IOException, InterruptedException {
        return new Trials(race()).run(contenders);
    }

    private Race race() throws IOException, InterruptedException {
        Race used = race;
        if (used == null) {
            used = new Race(processes, cPrograms.compile("measure"), options.runs());
            race = used;
        }
        return used;
    }

    void printTable(Figures figures) {
        out.printf(
                "runs        %d in turns after one uncounted, warm page cache%n%n%s", options.runs(), figures.table());
    }

    /** Prints the claims and how they are judged, the end of a bench's output. */
    void printClaims(List<Claim> claims) {
        out.println();
        claims.forEach(out::println);
        out.printf("%n%sLoad at the end: %s%n", Claim.FALSIFIED_BY, Machine.load());
    }
}

package dev.freshpyc.perf;

import dev.freshpyc.perf.measure.CPrograms;
import dev.freshpyc.perf.measure.ChildProcesses;
import dev.freshpyc.perf.measure.Claim;
import dev.freshpyc.perf.measure.Machine;
import dev.freshpyc.perf.measure.Race;
import dev.freshpyc.perf.measure.Race.Contender;
import dev.freshpyc.perf.measure.Race.Series;
import dev.freshpyc.perf.measure.Table;
import dev.freshpyc.perf.measure.Trials;
import dev.freshpyc.perf.measure.Usage;
import dev.freshpyc.perf.report.Content;
import dev.freshpyc.perf.report.Section;
import dev.freshpyc.perf.tree.BenchTree;
import dev.freshpyc.perf.tree.PeerInterpreter;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One run of a bench: the programs that take part, the races, and the lines printed before and after the figures. */
final class BenchRun {

    /** Longer than the racy window: a refresh trusts files of this age, and hashes younger ones every time. */
    static final Duration SETTLED = Duration.ofSeconds(3);

    /** Time limit of a single command. */
    private static final Duration LIMIT = Duration.ofMinutes(30);

    private final BenchOptions options;
    private final Path scratch;
    private final PrintStream out;
    private final ChildProcesses processes;
    private final CPrograms cPrograms;
    private final PeerInterpreter python;
    private final FreshpycCommands freshpyc;
    private final List<Content> contents = new ArrayList<>();
    private final List<Claim> claims = new ArrayList<>();
    private String origin = "";
    private @Nullable Race race;

    /** What was measured on one tree. */
    interface Figures {

        /** Times and memory, then the ratios. */
        List<Content> contents();

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
        origin = origin(String.join(" · ", versions));
    }

    private static String origin(String versions) {
        return LocalDate.now(ZoneOffset.UTC) + " · " + versions + " · Java " + Runtime.version() + " · "
                + Machine.here() + ", load " + Machine.load();
    }

    /** What was printed, as a section of the results. */
    Section section(String title, String about) {
        return new Section(title, about, origin, contents, claims);
    }

    /** The section of a bench that could not measure. */
    static Section unmeasured(String title, String about, String reason) {
        return Section.unmeasured(title, about, origin("nothing measured"), reason);
    }

    /** Prints a line of text. */
    void print(String line) {
        print(new Content.Note(line));
    }

    /** Prints a table. */
    void print(Table table) {
        print(new Content.Tabled(table));
    }

    /** Prints a piece of the figures. */
    void print(Content content) {
        out.print(content.text());
        contents.add(content);
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
        print(tree(tree) + String.format(Locale.ROOT, "%,d pairs", options.pairs()));
    }

    /** Prints the tree and what the floor program counts there; returns the number of pairs. */
    long printCounted(Path tree, Path floor) throws IOException, InterruptedException {
        String counted = output(List.of(floor.toString(), tree.toString()));
        print(tree(tree) + counted.strip());
        return Usage.field(Usage.fields(counted), "pairs", counted);
    }

    private static String tree(Path tree) throws IOException {
        return "tree on " + Machine.fileSystem(tree) + ", ";
    }

    /** Measures the contenders in turns. */
    List<Series> race(List<Contender> contenders) throws IOException, InterruptedException {
        return race().run(contenders);
    }

    /** Measures the contenders in turns, goes on without those that fail, and repeats long ones less often. */
    List<Trials.TrialResult> trials(List<Contender> contenders) throws IOException, InterruptedException {
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

    /** Prints the number of runs, and the figures. */
    void printFigures(Figures figures) {
        print(options.runs() + " runs in turns after one uncounted, warm page cache");
        figures.contents().forEach(this::print);
    }

    /** Prints the claims and how they are judged. A bench prints nothing after that. */
    void printClaims(List<Claim> judged) {
        claims.addAll(judged);
        out.println();
        judged.forEach(out::println);
        out.printf("%n%sLoad at the end: %s%n", Claim.FALSIFIED_BY, Machine.load());
    }
}

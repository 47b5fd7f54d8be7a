package dev.freshpyc.perf;

import dev.freshpyc.perf.measure.Machine;
import dev.freshpyc.perf.measure.Race.Contender;
import dev.freshpyc.perf.measure.Trials.TrialResult;
import dev.freshpyc.perf.tree.BenchTree;
import dev.freshpyc.perf.tree.GrownTree;
import dev.freshpyc.perf.tree.PairTemplate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Measures how time, memory and the index grow from 1,000 to 1,000,000 pairs, and says of each claim whether it was held.
 *
 * <p>{@code mvn package} builds the bench into the distribution, whose runtime runs it; once on each file system:
 *
 * <pre>{@code
 * cli/target/freshpyc/runtime/bin/java -m dev.freshpyc/dev.freshpyc.perf.GrowthBench --pairs 1000000 --temp /dev/shm
 * }</pre>
 *
 * <p>Workload: one tree for each size, all at the same time, so that every work runs on all sizes in turns. The trees are copies
 * of the interpreter's libraries, a hundred pairs in each directory, with the real sizes of the files; where disk or memory has
 * no room for that, all sizes get copies of the smallest files only, and the header says so. All bytecode is up to date and
 * was written after its source, the page cache is warm, durability is the default.
 *
 * <p>A command that fails misses its claims, and the first line of its errors is printed; the others are measured all the same.
 */
public final class GrowthBench {

    private static final List<Integer> SIZES = List.of(1_000, 10_000, 14_000, 100_000, 1_000_000);

    /** Pairs that are copied again and again: about the standard library. */
    private static final int TEMPLATE = 2_000;

    /**
     * Part of the free memory and of the free disk that the trees may take. The rest is for the second copy of each pyc that a
     * repair may write, for inodes and for the processes.
     */
    private static final double ROOM = 0.6;

    /** Measured in turns: the works that need nothing but an index that is up to date. */
    private static final List<GrowthWork> READING =
            List.of(GrowthWork.AUDIT, GrowthWork.UNCHANGED, GrowthWork.INDEXED, GrowthWork.LOOKUP, GrowthWork.STATUS);

    private static final String USAGE = """
            usage: GrowthBench [OPTION]...
              --freshpyc PATH   launcher to measure (cli/target/freshpyc/bin/freshpyc)
              --pairs N         largest size; all of 1000, 10000, 14000, 100000 and 1000000 up to N are measured (14000)
              --runs N          counted rounds (11); a work that takes seconds runs less often
              --python EXE      interpreter whose libraries fill the trees (python3)
              --temp DIR        where to build trees and indexes: the file system to measure (the system's folder for temporary
                                files); 100000 pairs take about 6 GB
              --keep            leave trees and indexes in place
            """;

    private final BenchRun run;
    private final String pictures;
    private final List<GrowthSubject> subjects = new ArrayList<>();
    private final List<Map<GrowthWork, TrialResult>> results = new ArrayList<>();

    private GrowthBench(BenchRun run, String pictures) {
        this.run = run;
        this.pictures = pictures;
    }

    /** Takes the options that {@code --help} shows. */
    public static void main(String... words) throws InterruptedException {
        System.exit(new BenchProgram("GrowthBench", USAGE, run -> run(run, "growth")).run(words));
    }

    /**
     * Measures and prints the figures.
     *
     * @param pictures how the names of their pictures begin
     */
    static void run(BenchRun run, String pictures) throws IOException, InterruptedException {
        new GrowthBench(run, pictures).measure();
    }

    private void measure() throws IOException, InterruptedException {
        BenchOptions options = run.options();
        options.requireBuiltTree();
        List<Integer> sizes = sizes(options.pairs());
        run.printHeader(run.freshpyc().requiredVersion(run.processes()), run.pythonVersion());
        build(template(sizes.stream().mapToLong(size -> size).sum()), sizes);
        measure(List.of(GrowthWork.FIRST));
        for (GrowthSubject subject : subjects) {
            subject.requireProven();
        }
        List<Long> indexBytes = new ArrayList<>();
        for (GrowthSubject subject : subjects) {
            indexBytes.add(subject.indexBytes()); // before there are journals
        }
        measure(READING);
        measure(List.of(GrowthWork.REPAIR, GrowthWork.UNDO));
        measure(List.of(GrowthWork.CHANGED)); // last, since a source that was touched after its pyc proves less
        GrowthFigures figures = figures(indexBytes);
        run.printFigures(figures);
        run.printClaims(figures.claims());
    }

    /** The sizes up to {@code largest}. */
    static List<Integer> sizes(int largest) {
        List<Integer> sizes = SIZES.stream().filter(size -> size <= largest).toList();
        if (sizes.isEmpty()) {
            throw new IllegalArgumentException("--pairs needs at least " + SIZES.getFirst());
        }
        return sizes;
    }

    /** Compiles the pairs to copy, and leaves out the largest where {@code pairs} copies would not fit. */
    private PairTemplate template(long pairs) throws IOException, InterruptedException {
        Path folder = run.scratch();
        BenchTree library =
                new BenchTree(run.processes(), run.python(), Files.createDirectory(folder.resolve("library")));
        library.growTo(TEMPLATE);
        run.python().compileAs(run.processes(), library.root(), GrownTree.codeName(folder));
        PairTemplate whole = PairTemplate.of(run.python(), library.root());
        long room = (long) (ROOM * Math.min(Files.getFileStore(folder).getUsableSpace(), Machine.availableMemory()));
        PairTemplate fitting = whole.within(room / pairs);
        if (fitting.pairs().isEmpty()) {
            throw new IOException(String.format(
                    Locale.ROOT,
                    "%s has no room for %,d pairs of any size: they may take %,d MB of disk and memory",
                    folder,
                    pairs,
                    room / 1_000_000));
        }
        run.print(files(whole, fitting, room));
        return fitting;
    }

    private static String files(PairTemplate whole, PairTemplate fitting, long room) {
        String sizes = String.format(
                Locale.ROOT,
                "files: sources of %,.0f and pycs of %,.0f bytes in the mean",
                fitting.meanSource(),
                fitting.meanPyc());
        return fitting.pairs().size() == whole.pairs().size()
                ? sizes
                : String.format(
                        Locale.ROOT,
                        "%s: SMALL FILES ONLY, the %,d smallest of %,d, since real ones (%,.0f and %,.0f bytes) do not fit into %,d MB",
                        sizes,
                        fitting.pairs().size(),
                        whole.pairs().size(),
                        whole.meanSource(),
                        whole.meanPyc(),
                        room / 1_000_000);
    }

    private void build(PairTemplate template, List<Integer> sizes) throws IOException, InterruptedException {
        for (int size : sizes) {
            subjects.add(GrowthSubject.of(run, GrownTree.of(run.python(), template, run.scratch(), size)));
            results.add(new EnumMap<>(GrowthWork.class));
        }
        run.output(List.of("sync"));
        Thread.sleep(BenchRun.SETTLED);
        run.print("trees on " + Machine.fileSystem(run.scratch()));
    }

    private void measure(List<GrowthWork> works) throws IOException, InterruptedException {
        List<Contender> contenders = new ArrayList<>();
        subjects.forEach(subject -> works.forEach(work -> contenders.add(subject.contender(work))));
        Iterator<TrialResult> measured = run.trials(contenders).iterator();
        results.forEach(size -> works.forEach(work -> size.put(work, measured.next())));
        works.forEach(work -> System.err.println("GrowthBench: measured " + work.label()));
    }

    private GrowthFigures figures(List<Long> indexBytes) {
        return new GrowthFigures(
                IntStream.range(0, subjects.size())
                        .mapToObj(i -> new SizeFigures(subjects.get(i).pairs(), indexBytes.get(i), results.get(i)))
                        .toList(),
                pictures);
    }
}

package dev.freshpyc.perf;

import dev.freshpyc.perf.measure.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures what a program with plugins waits for its entry points, and says of each claim whether it was held.
 *
 * <p>{@code mvn package} builds the bench into the distribution, whose runtime runs it:
 *
 * <pre>{@code
 * cli/target/freshpyc/runtime/bin/java -m dev.freshpyc/dev.freshpyc.perf.EntryPointBench
 * }</pre>
 *
 * <p>Workload: 50, 500 and 2,000 generated distributions in one directory, beside the interpreter's own path. Every
 * contender is a new process of Python, in turns, which itself measures an import and the first answer:
 *
 * <ul>
 *   <li><i>reader</i>: freshpyc's reader, with a true cache;
 *   <li><i>importlib</i>: {@code importlib.metadata};
 *   <li><i>json</i>: a program that compares the mtime of every entry_points.txt and reads all from one JSON file;
 *   <li><i>reader 100th</i> and <i>importlib 100th</i>: the hundredth call in one process;
 *   <li><i>command</i>: {@code freshpyc entry-points --group console_scripts DIR}, the whole process.
 * </ul>
 */
public final class EntryPointBench {

    private static final List<Integer> SIZES = List.of(50, 500, 2_000);

    private static final String USAGE = """
            usage: EntryPointBench [OPTION]...
              --freshpyc PATH   launcher to measure (cli/target/freshpyc/bin/freshpyc)
              --runs N          counted rounds (11)
              --python EXE      interpreter (python3)
              --temp DIR        where to make distributions (the system's folder for temporary files)
              --keep            leave them in place
            """;

    private final BenchRun run;

    private EntryPointBench(BenchRun run) {
        this.run = run;
    }

    /** Takes the options that {@code --help} shows. */
    public static void main(String... words) throws InterruptedException {
        System.exit(new BenchProgram("EntryPointBench", USAGE, EntryPointBench::run).run(words));
    }

    /** Measures and prints the figures. */
    static void run(BenchRun run) throws IOException, InterruptedException {
        new EntryPointBench(run).measure();
    }

    private void measure() throws IOException, InterruptedException {
        run.options().requireBuiltTree();
        run.printHeader(run.freshpyc().requiredVersion(run.processes()), run.pythonVersion());
        List<EntryPointFigures> all = new ArrayList<>();
        for (int size : SIZES) {
            EntryPointFigures figures = measure(size);
            run.print(size + " distributions");
            run.printFigures(figures);
            all.add(figures);
        }
        run.printClaims(all.stream().flatMap(one -> one.claims().stream()).toList());
    }

    private EntryPointFigures measure(int size) throws IOException, InterruptedException {
        Path home = Files.createDirectory(run.scratch().resolve("of" + size));
        Path site = EntryPointTree.make(home.resolve("site"), size);
        Path index = home.resolve("index");
        Path reader = Files.createDirectory(home.resolve("reader"));
        Thread.sleep(BenchRun.SETTLED);
        String launcher = run.options().freshpyc().toString();
        run.output(List.of(launcher, "entry-points", "--install-reader", reader.toString()));
        List<String> command = List.of(
                launcher, "entry-points", "--index", index.toString(), "--group", "console_scripts", site.toString());
        run.output(command);
        run.output(List.of(
                launcher,
                "entry-points",
                "--index",
                index.toString(),
                "--isolated",
                "--python",
                run.python().executable()));
        EntryPointPrograms programs = new EntryPointPrograms(run.python().executable(), index, reader, site);
        run.output(programs.writeJson());
        List<List<Double>> times = new ArrayList<>();
        programs.all().forEach(_ -> times.add(new ArrayList<>()));
        List<Double> whole = new ArrayList<>();
        for (int round = -1; round < run.options().runs(); round++) {
            for (int i = 0; i < times.size(); i++) {
                double millis = millis(programs.all().get(i), size / 2);
                if (round >= 0) {
                    times.get(i).add(millis);
                }
            }
            long begun = System.nanoTime();
            run.output(command);
            if (round >= 0) {
                whole.add((System.nanoTime() - begun) / 1e6);
            }
        }
        return new EntryPointFigures(size, times.stream().map(Sample::new).toList(), new Sample(whole));
    }

    /** Runs a program that prints its time in nanoseconds and how many entry points it found. */
    private double millis(List<String> command, int least) throws IOException, InterruptedException {
        String[] words = run.output(command).strip().split(" ", -1);
        if (Integer.parseInt(words[1]) < least) {
            throw new IOException("only " + words[1] + " entry points found");
        }
        return Long.parseLong(words[0]) / 1e6;
    }
}

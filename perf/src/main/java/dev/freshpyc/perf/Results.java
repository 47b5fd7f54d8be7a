package dev.freshpyc.perf;

import dev.freshpyc.perf.report.ResultsFile;
import dev.freshpyc.perf.report.Section;
import dev.freshpyc.perf.tree.BenchTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Runs all benches and writes {@code perf/RESULTS.md}, section by section, and its pictures.
 *
 * <p>{@code mvn package} builds the program into the distribution, whose runtime runs it, in the root of the sources:
 *
 * <pre>{@code
 * cli/target/freshpyc/runtime/bin/java --enable-native-access=dev.freshpyc -m dev.freshpyc/dev.freshpyc.perf.Results
 * }</pre>
 *
 * <p>A bench that cannot run on this machine has a section that says why. A claim that is missed is written as missed.
 */
public final class Results {

    static final String COMMAND = "cli/target/freshpyc/runtime/bin/java --enable-native-access=dev.freshpyc"
            + " -m dev.freshpyc/dev.freshpyc.perf.Results";

    private static final String USAGE = """
            usage: Results [OPTION]...
              --only A,B        measure these sections, and leave the others of the file as they are: audit, refresh, repair,
                                proofs, proofs-large, entry-points, archives, hooks, lookup, service, applications,
                                growth, growth-in-memory (all)
              --growth N        largest size of the section growth-in-memory, up to 100000 of growth and proofs-large, and
                                up to 50000 of hooks (1000000)
              --output DIR      folder of RESULTS.md (perf)
              --freshpyc PATH   launcher to measure (cli/target/freshpyc/bin/freshpyc)
              --pairs N         size of the trees of the other sections (14000)
              --runs N          counted rounds (11)
              --python EXE      interpreter of the peer and of the trees (python3)
              --temp DIR        where to build (the system's folder for temporary files)
            """;

    private final BenchRun run;
    private final ResultsOptions options;

    private Results(BenchRun run, ResultsOptions options) {
        this.run = run;
        this.options = options;
    }

    /** Takes the options that {@code --help} shows. */
    public static void main(String... words) throws InterruptedException {
        try {
            ResultsOptions options = ResultsOptions.parse(words);
            System.exit(new BenchProgram("Results", USAGE, run -> new Results(run, options).measure())
                    .run(options.others().toArray(String[]::new)));
        } catch (IllegalArgumentException wrong) {
            System.err.println("Results: " + wrong.getMessage());
            System.err.print(USAGE);
            System.exit(2);
        }
    }

    private void measure() throws IOException, InterruptedException {
        run.options().requireBuiltTree();
        var _ = run.freshpyc().requiredVersion(run.processes());
        ResultsFile file = new ResultsFile(
                options.folder(),
                Arrays.stream(ResultsPart.values()).map(ResultsPart::title).toList(),
                COMMAND);
        for (ResultsPart part : ResultsPart.values()) {
            if (options.only().contains(part)) {
                run.out().println("\n== " + part.title());
                file.put(section(part));
            }
        }
    }

    private Section section(ResultsPart part) throws InterruptedException {
        try {
            return section(part, scratch(part));
        } catch (IOException | IllegalArgumentException failed) {
            run.out().println("not measured: " + failed.getMessage());
            return BenchRun.unmeasured(part.title(), part.about(), String.valueOf(failed.getMessage()));
        }
    }

    private Path scratch(ResultsPart part) throws IOException {
        return part.place().isPresent()
                ? Files.createTempDirectory(part.place().get(), "freshpyc-bench-")
                : Files.createDirectory(run.scratch().resolve(part.option()));
    }

    /** Measures in a folder, which is deleted, so that no message may name it. */
    private Section section(ResultsPart part, Path scratch) throws IOException, InterruptedException {
        BenchOptions own = run.options().withPairs(part.pairs(run.options().pairs(), options.growth()));
        try {
            BenchRun bench = new BenchRun(own, scratch, run.out());
            part.measure(bench);
            return bench.section(part.title(), part.about());
        } catch (IOException | IllegalArgumentException failed) {
            throw new IOException(String.valueOf(failed.getMessage()).replace(scratch.toString(), "SCRATCH"), failed);
        } finally {
            if (!own.keep()) {
                BenchTree.delete(scratch);
            }
        }
    }
}

package dev.freshpyc.perf;

import dev.freshpyc.perf.measure.Claim;
import dev.freshpyc.perf.measure.FigureTable;
import dev.freshpyc.perf.measure.Sample;
import dev.freshpyc.perf.measure.Sample.Ratio;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures the audit of an archive, and says whether the claim was held.
 *
 * <p>{@code mvn package} builds the bench into the distribution, whose runtime runs it:
 *
 * <pre>{@code
 * cli/target/freshpyc/runtime/bin/java -m dev.freshpyc/dev.freshpyc.perf.ArchiveBench
 * }</pre>
 *
 * <p>Workload: a deflated archive of 1,000 modules with their bytecode, made by the interpreter, warm. Both contenders are whole
 * processes, in turns:
 *
 * <ul>
 *   <li><i>audit</i>: {@code freshpyc audit --no-index ARCHIVE};
 *   <li><i>zipfile</i>: {@code python -c} that reads the central directory and the header of each pyc with {@code zipfile}.
 * </ul>
 */
public final class ArchiveBench {

    private static final int MODULES = 1_000;

    /** Time: audit / zipfile. */
    private static final double LIMIT = 1.5;

    private static final String USAGE = """
            usage: ArchiveBench [OPTION]...
              --freshpyc PATH   launcher to measure (cli/target/freshpyc/bin/freshpyc)
              --runs N          counted rounds (11)
              --python EXE      interpreter (python3)
              --temp DIR        where to make the archive (the system's folder for temporary files)
              --keep            leave it in place
            """;

    private static final String MAKE = """
            import importlib.util, marshal, struct, sys, time, zipfile
            when = (2024, 5, 2, 3, 4, 6)
            mtime = int(time.mktime(when + (-1, -1, -1)))
            with zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_DEFLATED) as archive:
                for number in range(int(sys.argv[2])):
                    source = ''.join('def f%d(a):\\n    return a + %d\\n' % (i, number) for i in range(40)).encode()
                    name = 'pkg/m%d.py' % number if number else 'pkg/__init__.py'
                    head = importlib.util.MAGIC_NUMBER + struct.pack('<III', 0, mtime, len(source))
                    body = marshal.dumps(compile(source, name, 'exec'))
                    archive.writestr(zipfile.ZipInfo(name, when), source, zipfile.ZIP_DEFLATED)
                    archive.writestr(zipfile.ZipInfo(name + 'c', when), head + body, zipfile.ZIP_DEFLATED)
            """;

    private static final String READ = """
            import sys, zipfile
            with zipfile.ZipFile(sys.argv[1]) as archive:
                heads = [archive.open(one).read(16) for one in archive.infolist() if one.filename.endswith('.pyc')]
            print(len(heads))
            """;

    private final BenchRun run;

    private ArchiveBench(BenchRun run) {
        this.run = run;
    }

    /** Takes the options that {@code --help} shows. */
    public static void main(String... words) throws InterruptedException {
        System.exit(new BenchProgram("ArchiveBench", USAGE, ArchiveBench::run).run(words));
    }

    /** Measures and prints the figures. */
    static void run(BenchRun run) throws IOException, InterruptedException {
        new ArchiveBench(run).measure();
    }

    private void measure() throws IOException, InterruptedException {
        run.options().requireBuiltTree();
        run.printHeader(run.freshpyc().requiredVersion(run.processes()), run.pythonVersion());
        Path archive = run.scratch().resolve("modules.zip");
        String python = run.python().executable();
        run.output(List.of(python, "-c", MAKE, archive.toString(), Integer.toString(MODULES)));
        List<String> audit = List.of(run.options().freshpyc().toString(), "audit", "--no-index", archive.toString());
        List<String> zipfile = List.of(python, "-c", READ, archive.toString());
        requireCount(audit, MODULES, " pycs judged");
        requireCount(zipfile, MODULES, "");
        List<Double> audits = new ArrayList<>();
        List<Double> readings = new ArrayList<>();
        for (int round = -1; round < run.options().runs(); round++) {
            double one = millis(audit);
            double other = millis(zipfile);
            if (round >= 0) {
                audits.add(one);
                readings.add(other);
            }
        }
        print(new Sample(audits), new Sample(readings));
    }

    private void print(Sample audit, Sample zipfile) {
        Ratio ratio = Ratio.of(audit, zipfile);
        run.print(String.format(
                Locale.ROOT,
                "archive of %,d modules, %d runs",
                MODULES,
                run.options().runs()));
        run.print(FigureTable.TIMES.with(FigureTable.row("audit", audit)).with(FigureTable.row("zipfile", zipfile)));
        run.print(FigureTable.RATIOS.with(FigureTable.row("audit / zipfile", ratio)));
        run.printClaims(List.of(new Claim("audit / zipfile of " + MODULES + " modules", ratio.larger(), LIMIT, "")));
    }

    private void requireCount(List<String> command, int count, String words) throws IOException, InterruptedException {
        String output = run.output(command);
        if (!output.contains(String.format(Locale.ROOT, words.isEmpty() ? "%d" : "%,d", count) + words)) {
            throw new IOException("not " + count + " pycs: " + output);
        }
    }

    private double millis(List<String> command) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        run.output(command);
        return (System.nanoTime() - begun) / 1e6;
    }
}

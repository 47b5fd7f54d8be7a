package dev.freshpyc.perf;

import dev.freshpyc.perf.service.EquivalenceLoad;
import dev.freshpyc.perf.service.HashservLoad;
import dev.freshpyc.perf.service.HttpConnection;
import dev.freshpyc.perf.service.LookupLoad;
import dev.freshpyc.perf.service.Rate;
import dev.freshpyc.perf.service.ServedProcess;
import dev.freshpyc.perf.tree.BenchTree;
import dev.freshpyc.perf.tree.TreeFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures a running {@code freshpyc serve} with its embedded database, over the loopback interface of this machine.
 *
 * <p>{@code mvn package} builds the bench into the distribution, whose runtime runs it:
 *
 * <pre>{@code
 * cli/target/freshpyc/runtime/bin/java -m dev.freshpyc/dev.freshpyc.perf.ServiceBench --pairs 5000
 * }</pre>
 *
 * <p>Workload: first ten seconds of rest, once the service has settled. Then lookups over sixteen connections, two rounds uncounted. Then, with 1,000, 100,000 and
 * 1,000,000 rows, hash equivalences on one connection: questions and durable reports one by one, questions in a batch, and at last the
 * questions of OEHASHEQUIV. The clients are threads of the bench, which shares the processor with the service.
 */
public final class ServiceBench {

    private static final List<Integer> ROWS = List.of(1_000, 100_000, 1_000_000);
    private static final Duration REST = Duration.ofSeconds(10);

    /**
     * By then, the service has looked a second time at young files and has collected the garbage of its first refreshes, which it does
     * between 10 and 20 s after them.
     */
    private static final Duration SETTLED = Duration.ofSeconds(30);

    private static final Duration LONG_REST = Duration.ofSeconds(30);
    private static final int READY_ATTEMPTS = 600;
    private static final Duration READY_PAUSE = Duration.ofMillis(100);
    private static final int WARM_UP = 2;
    private static final int FORCED = 3_000;
    private static final int PAGE = 4096;

    private static final String USAGE = """
            usage: ServiceBench [OPTION]...
              --freshpyc PATH   launcher to measure (cli/target/freshpyc/bin/freshpyc)
              --pairs N         size of the served tree (14000)
              --python EXE      interpreter of the tree (python3)
              --temp DIR        where to build tree, index and database (the system's folder for temporary files)
              --keep            leave them in place
            """;

    private final BenchRun run;
    private final List<Rate> rates = new ArrayList<>();

    private ServiceBench(BenchRun run) {
        this.run = run;
    }

    /** Takes the options that {@code --help} shows. */
    public static void main(String... words) throws InterruptedException {
        System.exit(new BenchProgram("ServiceBench", USAGE, ServiceBench::run).run(words));
    }

    /** Measures and prints the figures. */
    static void run(BenchRun run) throws IOException, InterruptedException {
        new ServiceBench(run).measure();
    }

    private void measure() throws IOException, InterruptedException {
        BenchOptions options = run.options();
        options.requireBuiltTree();
        run.printHeader(run.freshpyc().requiredVersion(run.processes()), run.pythonVersion());
        BenchTree tree = run.newTree();
        tree.growTo(options.pairs());
        run.printTree(tree.root());
        Path index = Files.createDirectory(run.scratch().resolve("index"));
        double forced = pagesForced(index);
        try (ServedProcess service = ServedProcess.start(
                options.freshpyc(), index, tree.root(), run.scratch().resolve("serve-errors"))) {
            ServiceFigures figures = measure(service, tree.root(), forced);
            figures.contents().forEach(run::print);
            run.printClaims(figures.claims());
        }
    }

    private ServiceFigures measure(ServedProcess service, Path tree, double forced)
            throws IOException, InterruptedException {
        awaitReady(service);
        Thread.sleep(SETTLED);
        long before = service.ticks();
        Thread.sleep(REST);
        long idleTicks = service.ticks() - before;
        double idle = service.residentMegabytes();
        lookups(service, tree);
        equivalences(service);
        double loaded = service.residentMegabytes();
        Thread.sleep(LONG_REST);
        return new ServiceFigures(rates, forced, idleTicks, idle, loaded, service.residentMegabytes());
    }

    private static void awaitReady(ServedProcess service) throws IOException, InterruptedException {
        try (HttpConnection connection = new HttpConnection(service.port())) {
            for (int attempt = 0; attempt < READY_ATTEMPTS; attempt++) {
                if (connection.status("/readyz") == 200) {
                    return;
                }
                Thread.sleep(READY_PAUSE);
            }
        }
        throw new IOException("the service has no index after a minute");
    }

    private void lookups(ServedProcess service, Path tree) throws IOException, InterruptedException {
        LookupLoad load = new LookupLoad(service.port(), TreeFiles.ending(tree, ".py"));
        for (int round = 0; round < WARM_UP; round++) {
            load.run();
        }
        note(load.run());
    }

    private void equivalences(ServedProcess service) throws IOException {
        try (HttpConnection connection = new HttpConnection(service.port())) {
            EquivalenceLoad load = new EquivalenceLoad(connection);
            for (int rows : ROWS) {
                note(load.fill(rows));
                note(load.questions());
                note(load.reports());
                note(load.batch());
            }
        }
        try (HashservLoad load = new HashservLoad(service.hashserv(), ROWS.getLast())) {
            load.oneByOne();
            note(load.oneByOne());
            load.getStream();
            note(load.getStream());
            note(load.existsStream());
        }
    }

    private void note(Rate rate) {
        System.err.println("ServiceBench: measured " + rate.what());
        rates.add(rate);
    }

    /** How often in a second one page can be written and waited for. */
    private static double pagesForced(Path directory) throws IOException {
        Path file = Files.createTempFile(directory, "floor", null);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            long begun = System.nanoTime();
            for (int at = 0; at < FORCED; at++) {
                channel.write(ByteBuffer.allocate(PAGE));
                channel.force(false);
            }
            return FORCED / ((System.nanoTime() - begun) / 1e9);
        } finally {
            Files.delete(file);
        }
    }
}

package dev.freshpyc.cli.serve.equivalence;

import dev.freshpyc.cli.serve.LoadConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Measures a running service, whatever its store. Claim: the time of a question does not depend on the number of rows. Arguments: the port, and
 * a directory on the disk of the database.
 *
 * <p>Prints how often in a second the disk can be waited for, which bounds durable reports on one connection; then, for 1,000, 100,000 and
 * 1,000,000 rows: questions and durable reports in a second, one after the other on one connection, and rows and questions in a second through the batch.
 */
final class EquivalenceLoad {

    static final String METHOD = "oe.sstatesig.OEOuthashBasic";

    private static final int BATCH = 50_000;
    private static final int QUESTIONS = 20_000;
    private static final int REPORTS = 3_000;
    private static final int PAGE = 4096;
    private static final String PATH = "/v1/equivalent";

    private final LoadConnection connection;

    private EquivalenceLoad(LoadConnection connection) {
        this.connection = connection;
    }

    /** Runs the load. */
    public static void main(String[] args) throws IOException {
        forceDisk(Path.of(args[1]));
        try (LoadConnection connection = new LoadConnection(Integer.parseInt(args[0]))) {
            EquivalenceLoad load = new EquivalenceLoad(connection);
            load.fill(0, 1_000);
            load.measure(1_000, 1_000_000);
            load.fill(1_000, 100_000);
            load.measure(100_000, 2_000_000);
            load.fill(100_000, 1_000_000);
            load.measure(1_000_000, 3_000_000);
        }
    }

    private static void forceDisk(Path directory) throws IOException {
        Path file = Files.createTempFile(directory, "floor", null);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            long begun = System.nanoTime();
            for (int at = 0; at < REPORTS; at++) {
                channel.write(ByteBuffer.allocate(PAGE));
                channel.force(false);
            }
            print(0, "pages forced to disk", REPORTS, begun);
        } finally {
            Files.delete(file);
        }
    }

    private void fill(int from, int to) throws IOException {
        List<byte[]> bodies = new ArrayList<>();
        for (int at = from; at < to; at += BATCH) {
            bodies.add(IntStream.range(at, Math.min(at + BATCH, to))
                    .mapToObj(row -> line(row, true))
                    .collect(Collectors.collectingAndThen(Collectors.joining("\n"), LoadConnection::ascii)));
        }
        long begun = System.nanoTime();
        for (byte[] body : bodies) {
            connection.post(PATH + "/batch", body);
        }
        print(to, "rows through the batch", to - from, begun);
    }

    private void measure(int rows, int fresh) throws IOException {
        questions(rows);
        long begun = System.nanoTime();
        questions(rows);
        print(rows, "questions", QUESTIONS, begun);
        begun = System.nanoTime();
        for (int at = 0; at < REPORTS; at++) {
            connection.post(PATH, LoadConnection.ascii(line(fresh + at, true)));
        }
        print(rows, "durable reports", REPORTS, begun);
        String body = IntStream.range(0, BATCH)
                .mapToObj(at -> line(spread(at, rows), false))
                .collect(Collectors.joining("\n"));
        begun = System.nanoTime();
        connection.post(PATH + "/batch", LoadConnection.ascii(body));
        print(rows, "questions through the batch", BATCH, begun);
    }

    private void questions(int rows) throws IOException {
        for (int at = 0; at < QUESTIONS; at++) {
            connection.get(PATH + "?method=" + METHOD + "&taskhash=" + hash("t", spread(at, rows)));
        }
    }

    /** Rows all over the table. */
    static int spread(int at, int rows) {
        return (int) (at * 7_919L % rows);
    }

    private static String line(int at, boolean report) {
        String task = "{\"method\":\"" + METHOD + "\",\"taskhash\":\"" + hash("t", at) + "\"";
        return report
                ? task + ",\"outhash\":\"" + hash("o", at) + "\",\"unihash\":\"" + hash("t", at)
                        + "\",\"owner\":\"builder\",\"PN\":\"zlib\",\"PV\":\"1.3.1\",\"PR\":\"r0\",\"task\":\"do_compile\"}"
                : task + "}";
    }

    /** 64 hexadecimal digits in no order. */
    static String hash(String kind, int at) {
        long mixed = (at + 1) * 0x9E3779B97F4A7C15L ^ kind.hashCode() * 0xC2B2AE3D27D4EB4FL;
        return String.format(Locale.ROOT, "%016x%016x%016x%016x", mixed, mixed * 31, mixed * 37, mixed * 41);
    }

    static void print(int rows, String what, int count, long begun) {
        LoadConnection.print(String.format(Locale.ROOT, "%s with %,d rows", what, rows), count, begun);
    }
}

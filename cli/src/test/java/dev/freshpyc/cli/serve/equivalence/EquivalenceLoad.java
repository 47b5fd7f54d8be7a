package dev.freshpyc.cli.serve.equivalence;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
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

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    private EquivalenceLoad(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
        out = socket.getOutputStream();
    }

    /** Runs the load. */
    public static void main(String[] args) throws IOException {
        forceDisk(Path.of(args[1]));
        EquivalenceLoad load = new EquivalenceLoad(Integer.parseInt(args[0]));
        try (load.socket) {
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
                    .collect(Collectors.joining("\n"))
                    .getBytes(StandardCharsets.US_ASCII));
        }
        long begun = System.nanoTime();
        for (byte[] body : bodies) {
            post(PATH + "/batch", body);
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
            post(PATH, line(fresh + at, true));
        }
        print(rows, "durable reports", REPORTS, begun);
        String body = IntStream.range(0, BATCH)
                .mapToObj(at -> line(spread(at, rows), false))
                .collect(Collectors.joining("\n"));
        begun = System.nanoTime();
        post(PATH + "/batch", body);
        print(rows, "questions through the batch", BATCH, begun);
    }

    private void questions(int rows) throws IOException {
        for (int at = 0; at < QUESTIONS; at++) {
            send(("GET " + PATH + "?method=" + METHOD + "&taskhash=" + hash("t", spread(at, rows))
                            + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
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

    private void post(String path, String body) throws IOException {
        post(path, body.getBytes(StandardCharsets.US_ASCII));
    }

    private void post(String path, byte[] body) throws IOException {
        String head = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + body.length + "\r\n\r\n";
        ByteBuffer request = ByteBuffer.allocate(head.length() + body.length);
        send(request.put(head.getBytes(StandardCharsets.US_ASCII)).put(body).array());
    }

    private void send(byte[] request) throws IOException {
        out.write(request);
        out.flush();
        String status = header();
        if (!status.startsWith("HTTP/1.1 200")) {
            throw new IOException(status);
        }
        long length = 0;
        for (String header = header(); !header.isEmpty(); header = header()) {
            if (header.startsWith("Content-Length: ")) {
                length = Long.parseLong(header.substring("Content-Length: ".length()));
            }
        }
        in.skipNBytes(length);
    }

    private String header() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new IOException("the service closed the connection");
            }
            if (b != '\r') {
                line.append((char) b);
            }
        }
        return line.toString();
    }

    static void print(int rows, String what, int count, long begun) {
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf(
                Locale.ROOT, "%,d rows: %,d %s in %.2f s: %,.0f/s%n", rows, count, what, seconds, count / seconds);
    }
}

package dev.freshpyc.perf.service;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Fills a database of hash equivalences over HTTP and asks about its rows, on one connection. */
public final class EquivalenceLoad {

    private static final String PATH = "/v1/equivalent";
    private static final int BATCH = 50_000;
    private static final int QUESTIONS = 20_000;
    private static final int REPORTS = 3_000;

    private final HttpConnection connection;
    private int rows;
    private int single;

    /** A load through a connection to a service with an empty database. */
    public EquivalenceLoad(HttpConnection connection) {
        this.connection = connection;
    }

    /** Reports rows in batches until there are {@code wanted}. The bodies are made before the clock starts. */
    public Rate fill(int wanted) throws IOException {
        int missing = wanted - rows;
        List<byte[]> bodies = new ArrayList<>();
        for (; rows < wanted; rows += Math.min(BATCH, wanted - rows)) {
            bodies.add(lines(IntStream.range(rows, Math.min(rows + BATCH, wanted))
                    .mapToObj(EquivalenceRows::report)
                    .toList()));
        }
        long begun = System.nanoTime();
        for (byte[] body : bodies) {
            connection.post(PATH + "/batch", body);
        }
        return Rate.since(begun, "rows through the batch", wanted, missing);
    }

    /** Asks about rows one after another; once uncounted, once counted. */
    public Rate questions() throws IOException {
        ask();
        long begun = System.nanoTime();
        ask();
        return Rate.since(begun, "questions one by one", rows, QUESTIONS);
    }

    private void ask() throws IOException {
        for (int at = 0; at < QUESTIONS; at++) {
            int row = EquivalenceRows.spread(at, rows);
            connection.get(PATH + "?method=" + EquivalenceRows.METHOD + "&taskhash=" + EquivalenceRows.task(row));
        }
    }

    /** Reports new rows one after another; each answer comes when the row is on the disk. */
    public Rate reports() throws IOException {
        int first = Integer.MAX_VALUE / 2 + single;
        single += REPORTS;
        long begun = System.nanoTime();
        for (int row = first; row < first + REPORTS; row++) {
            connection.post(PATH, HttpConnection.ascii(EquivalenceRows.report(row)));
        }
        return Rate.since(begun, "durable reports one by one", rows, REPORTS);
    }

    /** Asks about many rows in one request. */
    public Rate batch() throws IOException {
        byte[] body = lines(IntStream.range(0, BATCH)
                .mapToObj(at -> EquivalenceRows.question(EquivalenceRows.spread(at, rows)))
                .toList());
        long begun = System.nanoTime();
        connection.post(PATH + "/batch", body);
        return Rate.since(begun, "questions through the batch", rows, BATCH);
    }

    private static byte[] lines(List<String> lines) {
        return lines.stream().collect(Collectors.collectingAndThen(Collectors.joining("\n"), HttpConnection::ascii));
    }
}

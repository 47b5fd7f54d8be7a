package dev.freshpyc.perf.service;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.IntFunction;

/** Asks about the rows of {@link EquivalenceLoad} by OEHASHEQUIV over TCP, on one connection. */
public final class HashservLoad implements AutoCloseable {

    private static final int QUESTIONS = 20_000;
    private static final int STREAMED = 300_000;
    private static final int TOGETHER = 200;
    private static final int BUFFER = 64 * 1024;
    private static final int TIMEOUT_MILLIS = 120_000;

    private final Socket socket;
    private final BufferedReader in;
    private final OutputStream out;
    private final int rows;

    /** Connects to a service whose database has {@code rows} rows. */
    public HashservLoad(int port, int rows) throws IOException {
        this.rows = rows;
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII), BUFFER);
        out = socket.getOutputStream();
        send("OEHASHEQUIV 1.1\n\n");
    }

    /** Asks one question after another. */
    public Rate oneByOne() throws IOException {
        long begun = System.nanoTime();
        for (int at = 0; at < QUESTIONS; at++) {
            send("{\"get\": {\"taskhash\": \"" + task(at) + "\", \"method\": \"" + EquivalenceRows.METHOD
                    + "\", \"all\": false}}\n");
            require(line().contains("unihash"));
        }
        return Rate.since(begun, "hashserv get one by one", rows, QUESTIONS);
    }

    /** Asks for unihashes without waiting for the answers. */
    public Rate getStream() throws IOException {
        return streamed("get-stream", at -> EquivalenceRows.METHOD + " " + task(at));
    }

    /** Asks whether unihashes exist, without waiting for the answers. */
    public Rate existsStream() throws IOException {
        return streamed("exists-stream", this::task);
    }

    private Rate streamed(String command, IntFunction<String> question) throws IOException {
        byte[][] parts = new byte[STREAMED / TOGETHER][];
        for (int part = 0; part < parts.length; part++) {
            StringBuilder text = new StringBuilder();
            for (int at = 0; at < TOGETHER; at++) {
                text.append(question.apply(part * TOGETHER + at)).append('\n');
            }
            parts[part] = text.toString().getBytes(StandardCharsets.US_ASCII);
        }
        long begun = System.nanoTime();
        send("{\"" + command + "\": null}\n");
        require(line().equals("\"ok\""));
        CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> send(parts));
        for (int at = 0; at < STREAMED; at++) {
            require(!line().isEmpty());
        }
        sent.join();
        send("END\n");
        require(line().equals("ok"));
        return Rate.since(begun, "hashserv " + command, rows, STREAMED);
    }

    private void send(byte[][] parts) {
        try {
            for (byte[] part : parts) {
                out.write(part);
            }
        } catch (IOException broken) {
            throw new CompletionException(broken);
        }
    }

    private String task(int at) {
        return EquivalenceRows.task(EquivalenceRows.spread(at, rows));
    }

    private void send(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private String line() throws IOException {
        String line = in.readLine();
        if (line == null) {
            throw new IOException("the service closed the connection");
        }
        return line;
    }

    private static void require(boolean isRight) throws IOException {
        if (!isRight) {
            throw new IOException("the service gave a wrong answer");
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

package dev.freshpyc.cli.serve.equivalence;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;

/**
 * Measures how a running service answers OEHASHEQUIV over TCP. Claim: on one connection at least 10,000 tasks in a second one by one, and 100,000
 * streamed. Arguments: the port of {@code --hashserv}, and how many rows {@link EquivalenceLoad} has put there.
 */
final class HashservLoad {

    private static final int QUESTIONS = 20_000;
    private static final int STREAMED = 300_000;
    private static final int REPORTS = 3_000;
    private static final int TOGETHER = 200;

    private final Socket socket;
    private final BufferedReader in;
    private final OutputStream out;
    private final int rows;

    private HashservLoad(int port, int rows) throws IOException {
        this.rows = rows;
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII), 64 * 1024);
        out = socket.getOutputStream();
    }

    /** Runs the load. */
    public static void main(String[] args) throws IOException, InterruptedException {
        HashservLoad load = new HashservLoad(Integer.parseInt(args[0]), Integer.parseInt(args[1]));
        try (load.socket) {
            load.send("OEHASHEQUIV 1.1\n\n");
            for (int round = 0; round < 3; round++) {
                load.oneByOne();
                load.streamed("get-stream", at -> EquivalenceLoad.METHOD + " " + load.task(at));
                load.streamed("exists-stream", load::task);
            }
            load.reports();
        }
    }

    private String task(int at) {
        return EquivalenceLoad.hash("t", EquivalenceLoad.spread(at, rows));
    }

    private void oneByOne() throws IOException {
        long begun = System.nanoTime();
        for (int at = 0; at < QUESTIONS; at++) {
            send("{\"get\": {\"taskhash\": \"" + task(at) + "\", \"method\": \"" + EquivalenceLoad.METHOD
                    + "\", \"all\": false}}\n");
            require(in.readLine().contains("unihash"));
        }
        EquivalenceLoad.print(rows, "get one by one", QUESTIONS, begun);
    }

    private void streamed(String command, IntFunction<String> line) throws IOException, InterruptedException {
        byte[][] parts = new byte[STREAMED / TOGETHER][];
        for (int part = 0; part < parts.length; part++) {
            StringBuilder text = new StringBuilder();
            for (int at = 0; at < TOGETHER; at++) {
                text.append(line.apply(part * TOGETHER + at)).append('\n');
            }
            parts[part] = text.toString().getBytes(StandardCharsets.US_ASCII);
        }
        long begun = System.nanoTime();
        send("{\"" + command + "\": null}\n");
        require(in.readLine().equals("\"ok\""));
        Thread sender = Thread.ofPlatform().start(() -> send(parts));
        for (int at = 0; at < STREAMED; at++) {
            require(!in.readLine().isEmpty());
        }
        sender.join();
        send("END\n");
        require(in.readLine().equals("ok"));
        EquivalenceLoad.print(rows, command, STREAMED, begun);
    }

    private void send(byte[][] parts) {
        try {
            for (byte[] part : parts) {
                out.write(part);
            }
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private void reports() throws IOException {
        int first = (int) (System.nanoTime() & 0xffff) * 10_000 + 10_000_000;
        long begun = System.nanoTime();
        for (int at = first; at < first + REPORTS; at++) {
            send("{\"report\": {\"taskhash\": \"" + EquivalenceLoad.hash("t", at) + "\", \"method\": \""
                    + EquivalenceLoad.METHOD + "\", \"outhash\": \"" + EquivalenceLoad.hash("o", at)
                    + "\", \"unihash\": \"" + EquivalenceLoad.hash("t", at) + "\"}}\n");
            require(in.readLine().contains("unihash"));
        }
        EquivalenceLoad.print(rows, "durable reports one by one", REPORTS, begun);
    }

    private void send(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static void require(boolean condition) throws IOException {
        if (!condition) {
            throw new IOException("the service gave a wrong answer");
        }
    }
}

package dev.freshpyc.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that waits for server-sent events. */
record RawEvents(Socket socket, BufferedReader in) implements AutoCloseable {

    /** Sends a request, and reads and checks the headers of the answer. */
    static RawEvents ask(Socket socket, String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        RawEvents client = new RawEvents(
                socket, new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII)));
        assertThat(client.in.readLine()).isEqualTo("HTTP/1.1 200 OK");
        StringBuilder headers = new StringBuilder();
        for (String line = client.in.readLine(); line != null && !line.isEmpty(); line = client.in.readLine()) {
            headers.append(line).append('\n');
        }
        assertThat(headers).contains("Content-Type: text/event-stream\n", "Cache-Control: no-store\n");
        return client;
    }

    /** Returns the lines of the next event, joined by spaces. Skips comments and chunk sizes. */
    String next() throws IOException {
        StringBuilder event = new StringBuilder();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.isEmpty() && !event.isEmpty()) {
                return event.toString().strip();
            }
            if (line.contains(": ") && !line.startsWith(":")) {
                event.append(line).append(' ');
            }
        }
        return "closed";
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

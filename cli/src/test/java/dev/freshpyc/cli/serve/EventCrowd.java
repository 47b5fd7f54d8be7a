package dev.freshpyc.cli.serve;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Clients that wait for events, in the order of their requests. */
final class EventCrowd implements AutoCloseable {

    private final RawHttp http;
    private final List<RawEvents> clients = new ArrayList<>();

    EventCrowd(RawHttp http) {
        this.http = http;
    }

    void add(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            clients.add(http.events(""));
        }
    }

    /** The next event of a client. */
    String next(int client) throws IOException {
        return clients.get(client).next();
    }

    void close(int client) throws IOException {
        clients.get(client).close();
    }

    @Override
    public void close() throws IOException {
        for (RawEvents client : clients) {
            client.close();
        }
    }
}

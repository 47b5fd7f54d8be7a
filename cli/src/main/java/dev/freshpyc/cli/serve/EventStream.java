package dev.freshpyc.cli.serve;

import dev.freshpyc.cli.serve.VerdictEvents.Event;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Sends changes of verdicts as server-sent events (the HTML standard, section 9.2): those that come from now on, or those after {@code
 * Last-Event-ID}, which browsers send when they connect again. Where the service has forgotten some of these, an event {@code missed}
 * comes first.
 */
final class EventStream {

    /** The path of the stream. */
    static final String PATH = "/v1/events";

    private static final String TYPE = "text/event-stream";

    private static final String LAST_EVENT = "Last-Event-ID";

    /** A comment is sent after so long without an event, so that nothing between takes the connection for unused. */
    private static final long ALIVE_MILLIS = TimeUnit.SECONDS.toMillis(10);

    private static final int AT_ONCE = 256;

    private final VerdictEvents events;
    private final EventClients clients = new EventClients();

    EventStream(VerdictEvents events) {
        this.events = events;
    }

    /** The status and the type of the stream, which {@link #send} sends then. */
    HttpAnswer open(Request request) throws BadRequestException {
        last(request);
        return HttpAnswer.text(TYPE, "");
    }

    /** Sends events to a client until the client goes, another client takes its place, or the service ends. */
    void send(Request request, Response response, Callback callback) {
        try {
            send(request, response);
        } catch (IOException | BadRequestException | InterruptedException ended) {
            callback.failed(ended); // closes the connection
        }
    }

    private void send(Request request, Response response)
            throws IOException, BadRequestException, InterruptedException {
        EventClients.Place place = clients.enter();
        try (OutputStream out = Content.Sink.asOutputStream(response)) {
            place.leaveAtClose(request.getConnectionMetaData().getConnection().getEndPoint());
            send(last(request), out);
        } finally {
            clients.leave(place);
        }
    }

    private void send(long after, OutputStream out) throws IOException, InterruptedException {
        long last = after;
        write(out, events.isKnown(last) ? ": connected\n\n" : "event: missed\ndata: {}\n\n");
        while (true) {
            List<Event> next = events.after(last, AT_ONCE, ALIVE_MILLIS);
            StringBuilder text = new StringBuilder(next.isEmpty() ? ": alive\n\n" : "");
            for (Event event : next) {
                text.append("id: ").append(event.id()).append("\nevent: ").append(event.name());
                text.append("\ndata: ").append(event.data()).append("\n\n");
                last = event.id();
            }
            write(out, text.toString());
        }
    }

    /** The number of the event after which a client wants to begin. */
    private long last(Request request) throws BadRequestException {
        @Nullable String header = request.getHeaders().get(LAST_EVENT);
        @Nullable
        String id = header != null
                ? header
                : new QueryText(request.getHttpURI().getQuery()).text("after").orElse(null);
        if (id == null) {
            return events.lastId();
        }
        if (!id.matches("[0-9]{1,18}")) {
            throw new BadRequestException(
                    HttpStatus.BAD_REQUEST_400, "The event after which to begin is not a number.");
        }
        return Long.parseLong(id);
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }
}

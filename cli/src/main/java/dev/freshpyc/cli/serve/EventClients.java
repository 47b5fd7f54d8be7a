package dev.freshpyc.cli.serve;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/**
 * The places of clients that wait for events. If all places are taken, a further client takes the place of the one that has waited
 * longest: clients that are gone without a word, or that never go, cannot keep others out. A browser whose stream has ended connects
 * again by itself and misses nothing. Thread-safe.
 */
final class EventClients {

    /** The most clients at a time. */
    static final int MOST = 32;

    /** A client sends nothing after its request, so that one byte is enough to tell the end from further bytes. */
    private static final int READ = 1;

    private final Deque<Place> places = new ArrayDeque<>();

    /** The place of one client, whose events are sent by the thread that has entered. */
    final class Place {

        private final Thread sender = Thread.currentThread();

        private Place() {}

        /**
         * Ends the wait for events as soon as the client closes its connection, or sends anything more. Without this notice, only the
         * second comment after the close would fail.
         */
        void leaveAtClose(EndPoint connection) {
            connection.tryFillInterested(
                    Callback.from(Callback.InvocationType.NON_BLOCKING, () -> look(connection), _ -> end(this)));
        }

        private void look(EndPoint connection) {
            try {
                ByteBuffer buffer = BufferUtil.allocate(READ);
                if (connection.fill(buffer) == 0) { // such as a message of TLS itself
                    leaveAtClose(connection);
                    return;
                }
            } catch (IOException broken) {
                // The connection is closed, too.
            }
            end(this);
        }
    }

    /** Takes a place for the client of the current thread. */
    synchronized Place enter() {
        Place place = new Place();
        if (places.size() == MOST) {
            end(places.getFirst());
        }
        places.addLast(place);
        return place;
    }

    /** Interrupts the sender unless it has left already; then its thread may serve another request. */
    private synchronized void end(Place place) {
        if (places.remove(place)) {
            place.sender.interrupt();
        }
    }

    /** Gives up the place of the current thread, which is not interrupted from now on. */
    synchronized void leave(Place place) {
        places.remove(place);
        Thread.interrupted(); // the interrupt of a place that was taken is done with
    }
}

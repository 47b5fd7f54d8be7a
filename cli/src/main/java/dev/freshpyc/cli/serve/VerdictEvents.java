package dev.freshpyc.cli.serve;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The last changes that refreshes found, in their order, for clients that wait for the next one. Thread-safe. */
public final class VerdictEvents {

    /** The most events that are kept. */
    static final int KEPT = 10_000;

    private final Deque<Event> events = new ArrayDeque<>();
    private long lastId;

    /**
     * A change.
     *
     * @param id counts from 1 since the start of the service
     * @param name {@code verdict} for a pyc with another verdict, {@code vanished} for a pyc that is gone, {@code refreshed} for a refresh
     *     of everything
     * @param data a JSON object without a line break
     */
    public record Event(long id, String name, String data) {}

    /** Sends clients a change, to be called when the index that has the change is published. */
    public synchronized void publish(String name, String data) {
        events.addLast(new Event(++lastId, name, data));
        if (events.size() > KEPT) {
            events.removeFirst();
        }
        notifyAll();
    }

    /** The number of the last event; 0 before the first. */
    synchronized long lastId() {
        return lastId;
    }

    /** Whether every event after the one with this number is still kept. */
    synchronized boolean isKnown(long id) {
        return id >= lastId - events.size() && id <= lastId;
    }

    /**
     * The kept events after the one with this number. Waits until there is one.
     *
     * @param most the longest list
     * @param wait the longest wait, in milliseconds, after which the list is empty
     */
    public synchronized List<Event> after(long id, int most, long wait) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(wait);
        long left = wait;
        while (lastId <= id && left > 0) {
            wait(left);
            left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        }
        if (Thread.interrupted()) { // a wait that is notified and interrupted at once may end without the exception
            throw new InterruptedException("the wait for events was ended");
        }
        return events.stream().filter(event -> event.id() > id).limit(most).toList();
    }
}

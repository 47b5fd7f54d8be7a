package dev.freshpyc.cli.serve.hashserv;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/** The open connections of a service, whose number is limited. A thread drops connections whose deadline has passed. */
final class Connections implements AutoCloseable {

    private static final long LOOK_MILLIS = 200;

    private final Set<Open> open = ConcurrentHashMap.newKeySet();
    private final ConnectionLimits limits;
    private final Semaphore places;
    private final Semaphore large;
    private final Thread watch;
    private volatile boolean isClosed;

    private record Open(SocketChannel channel, Deadline deadline, Thread thread) {

        void drop() {
            try {
                channel.close();
            } catch (IOException _) {
                // The channel is closed all the same.
            }
        }
    }

    /** Uses a connection. */
    @FunctionalInterface
    interface ConnectionUse {
        void run(SocketChannel channel, Turn turn) throws IOException, InterruptedException;
    }

    Connections(ConnectionLimits limits) {
        this.limits = limits;
        places = new Semaphore(limits.connections());
        large = new Semaphore(limits.largeMessages());
        watch = Thread.ofPlatform().daemon().name("hashserv-deadlines").start(this::watch);
    }

    private void watch() {
        try {
            while (!isClosed) {
                if (open.isEmpty()) {
                    LockSupport.park(this); // until run adds a connection: an idle service wakes up for nothing
                }
                Thread.sleep(LOOK_MILLIS);
                open.stream().filter(one -> one.deadline.hasPassed()).forEach(Open::drop);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until there is a place for one more connection. */
    void awaitPlace() throws InterruptedException {
        places.acquire();
    }

    /** Gives a place back that no connection took. */
    void giveBack() {
        places.release();
    }

    /** Uses a connection that has taken a place, on a thread of its own, and closes it then. */
    void start(SocketChannel channel, ConnectionUse use) {
        Thread.ofVirtual().name("hashserv").start(() -> run(channel, use));
    }

    private void run(SocketChannel channel, ConnectionUse use) {
        Open one = new Open(channel, new Deadline(), Thread.currentThread());
        open.add(one);
        LockSupport.unpark(watch);
        try {
            if (!isClosed) {
                use.run(channel, new Turn(limits, one.deadline, large));
            }
        } catch (IOException _) {
            // The client has gone, was too slow, or broke the rules of a stream.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(one);
            one.drop();
            places.release();
        }
    }

    /** Drops all connections. */
    @Override
    public void close() {
        isClosed = true;
        watch.interrupt();
        for (Open one : open) {
            one.drop();
            one.thread.interrupt();
        }
    }
}

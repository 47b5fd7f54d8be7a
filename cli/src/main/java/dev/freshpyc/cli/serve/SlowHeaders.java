package dev.freshpyc.cli.serve;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes connections whose client sends the headers of a request too slowly. An idle timeout is not enough, since each
 * byte restarts it: some hundred clients that send a byte now and then could hold all connections. {@link #MAX_TIME}
 * also bounds the time until the first request, TLS handshake included.
 */
final class SlowHeaders extends AbstractLifeCycle implements Connection.Listener {

    /** The time from the first byte that is seen to the end of the headers. */
    static final Duration MAX_TIME = Duration.ofSeconds(15);

    private static final Duration PERIOD = Duration.ofSeconds(5);

    private final Scheduler scheduler;
    private final LongSupplier nanoTime;
    private final Map<Connection, Progress> open = new ConcurrentHashMap<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();

    /**
     * The state of a connection at the last check.
     *
     * @param requests the requests whose headers are complete
     * @param bytes the bytes that had come when the client had no request under way
     * @param sinceNanos when the client began the next request, as far as the checks saw it
     */
    private record Progress(long requests, long bytes, long sinceNanos) {}

    SlowHeaders(Scheduler scheduler, LongSupplier nanoTime) {
        this.scheduler = scheduler;
        this.nanoTime = nanoTime;
    }

    /** Has the connections checked once more after {@link #PERIOD}. A service without connections is not woken. */
    private void schedule() {
        if (isRunning() && scheduled.compareAndSet(false, true)) {
            scheduler.schedule(this::checkAgain, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void checkAgain() {
        scheduled.set(false);
        check();
        if (!open.isEmpty()) {
            schedule();
        }
    }

    @Override
    public void onOpened(Connection connection) {
        if (connection.getMessagesIn() >= 0) { // the connection of TLS below counts no requests
            open.put(connection, new Progress(0, -1, nanoTime.getAsLong()));
            schedule();
        }
    }

    @Override
    public void onClosed(Connection connection) {
        open.remove(connection);
    }

    /** Closes the connections that are late. */
    void check() {
        long now = nanoTime.getAsLong();
        open.replaceAll((connection, before) -> after(connection, before, now));
        open.forEach((connection, progress) -> {
            if (now - progress.sinceNanos() > MAX_TIME.toNanos()) {
                connection.getEndPoint().close();
            }
        });
    }

    private static Progress after(Connection connection, Progress before, long now) {
        long requests = connection.getMessagesIn();
        long bytes = connection.getBytesIn();
        boolean answering = requests != connection.getMessagesOut();
        boolean waits = requests == before.requests() && bytes == before.bytes();
        return answering || waits || requests != before.requests() ? new Progress(requests, bytes, now) : before;
    }
}

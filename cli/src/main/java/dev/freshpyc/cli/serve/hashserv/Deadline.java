package dev.freshpyc.cli.serve.hashserv;

import java.time.Duration;

/** The time until which a client must have sent or taken bytes. One thread sets it, another checks it. */
final class Deadline {

    private volatile long limit;
    private volatile boolean isSet;

    /** Sets the deadline, from now. */
    void in(Duration duration) {
        limit = System.nanoTime() + duration.toNanos();
        isSet = true;
    }

    /** Removes the deadline, since the service works and does not wait for the client. */
    void off() {
        isSet = false;
    }

    boolean hasPassed() {
        return isSet && System.nanoTime() - limit >= 0;
    }
}

package dev.freshpyc.cli.serve.hashserv;

import java.time.Duration;

/** The time until which a connection must have sent or taken something. One thread sets it, another looks at it. */
final class Deadline {

    private volatile long limit;
    private volatile boolean isSet;

    /** The time runs from now. */
    void in(Duration duration) {
        limit = System.nanoTime() + duration.toNanos();
        isSet = true;
    }

    /** The client is not waited for: the service works for it. */
    void off() {
        isSet = false;
    }

    boolean hasPassed() {
        return isSet && System.nanoTime() - limit >= 0;
    }
}

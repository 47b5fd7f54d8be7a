package dev.freshpyc.cli.serve.hashserv;

import java.time.Duration;

/**
 * How much clients may take of the service.
 *
 * @param connections at a time; further clients wait in the system's queue
 * @param largeMessages that are read at a time
 * @param greeting how long the handshake may take
 * @param message how long a message may take once it has begun, and an answer to be taken
 * @param idle how long a connection may be without a message: builds are silent while their tasks run
 */
record Limits(int connections, int largeMessages, Duration greeting, Duration message, Duration idle) {

    static final Limits DEFAULT =
            new Limits(512, 8, Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofMinutes(10));
}

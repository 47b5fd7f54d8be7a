package dev.freshpyc.cli.serve.hashserv;

import java.time.Duration;

/**
 * The limits for clients.
 *
 * @param connections the most connections at a time; further clients wait in the system's queue
 * @param largeMessages the most large messages that are read at a time
 * @param greeting the longest time of a handshake
 * @param message the longest time for a client to send a message that it has begun, or to take an answer
 * @param idle the longest time without a message: builds are silent while their tasks run
 */
record ConnectionLimits(int connections, int largeMessages, Duration greeting, Duration message, Duration idle) {

    static final ConnectionLimits DEFAULT =
            new ConnectionLimits(512, 8, Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofMinutes(10));
}

package dev.freshpyc.cli.serve.hashserv;

import java.util.concurrent.Semaphore;

/**
 * The service's limits for a connection.
 *
 * @param deadline the connection is dropped when it has passed
 * @param largeMessages has a permit for each large message that may be read at a time
 */
record Turn(ConnectionLimits limits, Deadline deadline, Semaphore largeMessages) {}

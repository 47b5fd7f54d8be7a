package dev.freshpyc.cli.serve.hashserv;

import java.util.concurrent.Semaphore;

/**
 * What a connection has of its service.
 *
 * @param deadline when the connection is dropped
 * @param largeMessages has a place for each large message that may be read at a time
 */
record Turn(Limits limits, Deadline deadline, Semaphore largeMessages) {}

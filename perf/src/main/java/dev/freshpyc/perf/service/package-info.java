/**
 * Puts load on {@code freshpyc serve} over the loopback interface, with clients that cost little beside the service: lookups over many
 * connections, and hash equivalences over one, by HTTP and by OEHASHEQUIV. Each load is bounded in its number of requests.
 */
@NullMarked
package dev.freshpyc.perf.service;

import org.jspecify.annotations.NullMarked;

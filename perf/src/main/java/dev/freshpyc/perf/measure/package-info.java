/**
 * Measures whole processes, in turns, and puts their figures in relation.
 *
 * <p>The figures come from {@code measure.c}, which starts the program and prints one line when it has ended; times are
 * wall-clock nanoseconds and CPU microseconds, and the peak is resident memory:
 *
 * <pre>{@code
 * wall_ns=173246465 user_us=14139 system_us=123717 peak_kib=1512 status=0
 * }</pre>
 *
 * Status is the exit code, or 128 and the number of the signal that ended the program.
 */
@NullMarked
package dev.freshpyc.perf.measure;

import org.jspecify.annotations.NullMarked;

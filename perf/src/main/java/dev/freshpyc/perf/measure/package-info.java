/**
 * Measures whole processes in turns and relates their figures to each other and to claims.
 *
 * <p>A {@link dev.freshpyc.perf.measure.Race} runs the programs through {@code measure.c}, which prints one line for each
 * process: wall-clock nanoseconds, CPU microseconds, the peak of resident memory in KiB, and the exit code, or 128 plus the
 * number of the signal that ended the process:
 *
 * <pre>{@code
 * wall_ns=173246465 user_us=14139 system_us=123717 peak_kib=1512 status=0
 * }</pre>
 */
@NullMarked
package dev.freshpyc.perf.measure;

import org.jspecify.annotations.NullMarked;

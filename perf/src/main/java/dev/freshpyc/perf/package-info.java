/**
 * Benchmarks that state their claim, run against a peer and against a floor in the same run. They never gate a build.
 *
 * <p>{@link dev.freshpyc.perf.AuditBench} measures whole processes: {@code freshpyc audit}, {@code python3 -m compileall -q}
 * and a small C program that does the least possible. {@link dev.freshpyc.perf.RefreshBench} measures {@code freshpyc refresh}
 * and {@code lookup} against their budgets, {@link dev.freshpyc.perf.RepairBench} {@code freshpyc repair} against {@code
 * compileall} and a C program again. What a lookup costs within a program is a benchmark among the tests.
 */
@NullMarked
package dev.freshpyc.perf;

import org.jspecify.annotations.NullMarked;

/**
 * Benchmarks of whole processes. Each states its claims and measures them against a peer and a floor in the same run; none of
 * them gates a build.
 *
 * <p>{@link dev.freshpyc.perf.Results} runs all of them and writes {@code perf/RESULTS.md}.
 *
 * <p>{@link dev.freshpyc.perf.AuditBench} compares {@code freshpyc audit} with {@code python3 -m compileall -q} and with a C
 * program that does the least possible work. {@link dev.freshpyc.perf.RefreshBench} compares {@code freshpyc refresh} and {@code
 * lookup} with their budgets. {@link dev.freshpyc.perf.RepairBench} compares {@code freshpyc repair} with {@code compileall} and a
 * C program. {@link dev.freshpyc.perf.GrowthBench} measures how time, memory and the index grow up to a
 * million pairs. {@link dev.freshpyc.perf.ServiceBench} puts load on {@code freshpyc serve}. The cost of a lookup within a running program is measured by a JMH benchmark among the tests.
 */
@NullMarked
package dev.freshpyc.perf;

import org.jspecify.annotations.NullMarked;

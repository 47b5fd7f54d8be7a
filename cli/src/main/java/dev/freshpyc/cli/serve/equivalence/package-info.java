/**
 * Hash equivalence: which tasks of builds are known to have the same output. A row says that the task {@code taskhash} of a method
 * has made the output {@code outhash}, and which {@code unihash} stands for all tasks with that output. All SQL is here.
 *
 * <p>Rules, decided inside one transaction of the database, so that any number of processes give one answer:
 *
 * <ul>
 *   <li>The unihash of a task is that of its oldest row.
 *   <li>A row is unique by method, taskhash and outhash. A second report of the same three changes nothing.
 *   <li>A new row whose method and outhash are known takes the unihash of the known rows, otherwise the reported one. So all rows of one
 *       method and outhash have the same unihash, whichever of them are collected.
 * </ul>
 *
 * <p>Columns: {@code id} grows with each row and is the order of age; {@code outhash} is null for an answer that another server gave,
 * whose output is unknown here; {@code created} is in seconds since 1970 and decides nothing; {@code gc_mark} is the {@code id} of the
 * collection that keeps the row. The table {@code collection} has the collection that is going on, at most one.
 *
 * <p>Reports are written by one thread in groups: one transaction, and one wait for the disk, for all that arrived meanwhile. The
 * write-ahead log is forced to disk at each commit ({@code synchronous=FULL}), so a row that was acknowledged survives the end of the
 * process and of the power. SQLite takes the write lock at the beginning of each transaction ({@code BEGIN IMMEDIATE}).
 */
@NullMarked
package dev.freshpyc.cli.serve.equivalence;

import org.jspecify.annotations.NullMarked;

/**
 * Hash equivalence: the tasks of builds that are known to have the same output. A row says that the task {@code
 * taskhash} of a method has made the output {@code outhash}, and has the {@code unihash} of all tasks with this output.
 * All SQL is here.
 *
 * <p>Rules, decided inside one transaction of the database, so that any number of processes give one answer:
 *
 * <ul>
 *   <li>The unihash of a task is the unihash of its oldest row.
 *   <li>A row is unique by method, taskhash and outhash. A second report of the same three changes nothing.
 *   <li>A new row whose method and outhash are known takes the unihash of the known rows, and any other new row takes
 *       the reported unihash. So all rows of one method and outhash have the same unihash, even after some of
 *       them were collected.
 * </ul>
 *
 * <p>Columns: {@code id} grows with each row and is the order of age; {@code outhash} is null if another server gave
 * the answer, because its output is unknown here; {@code created} is in seconds since 1970 and decides nothing; {@code
 * gc_mark} is the {@code id} of the collection that keeps the row; {@code task_key}, {@code output_key} and {@code
 * unihash_key} are the numbers by which the indexes find rows ({@link RowKeys}). The table {@code collection} has the running
 * collection, at most one.
 *
 * <p>One thread writes reports in groups: all reports that arrive during a commit share the next transaction and its
 * wait for the disk. A row that was acknowledged survives the end of the process and of the power: SQLite forces its
 * write-ahead log to disk at each commit ({@code synchronous=FULL}), and sessions of PostgreSQL have {@code
 * synchronous_commit} on. A commit whose outcome is unknown, because the connection was lost, is never acknowledged.
 *
 * <p>Each transaction that writes begins with the lock of all writers: {@code BEGIN IMMEDIATE} of SQLite, the lock of
 * the one row of {@code freshpyc_schema} in PostgreSQL. Then the transaction gives its rows the numbers after the
 * number of the youngest row. Numbers from a sequence of the database would give wrong answers:
 *
 * <ol>
 *   <li>Processes A and B report the same task with different outputs. A takes the number 1, B the number 2.
 *   <li>B commits. A client asks for the task and is told the unihash of row 2.
 *   <li>A commits. Row 1 becomes visible, is older, and the answer changes.
 * </ol>
 *
 * <p>A lock for each task and one for each output, taken in one order, would prevent this, too, and would let writers
 * work at the same time. But some databases hand out sequence numbers in advance, so that even a later transaction has
 * a smaller number. With the one lock, the order of numbers is always the order of commits, a group waits only once for
 * the lock however many keys it has, no deadlock is possible, and the groups of waiting processes grow meanwhile. Row
 * locks are in all databases that speak PostgreSQL's protocol; advisory locks are not. Transactions are {@code READ
 * COMMITTED}: a statement that begins after the lock was taken sees all that earlier holders have committed. A database
 * that raises this to {@code SERIALIZABLE} may refuse a transaction, which is then tried again.
 */
@NullMarked
package dev.freshpyc.cli.serve.equivalence;

import org.jspecify.annotations.NullMarked;

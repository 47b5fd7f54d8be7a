/**
 * Reads the rows of a SQLite table and the values of a Berkeley DB hash, and nothing else of either: no SQL, no index, no
 * lock. A library would parse a hostile file in native code, with the rights of whoever repairs a system; here the worst that
 * can come of one is a row that is missing or wrong. So for the same reason nothing is recursive without a bound, no offset
 * is followed unchecked, and {@link dev.freshpyc.core.database.Allowance} ends what leads in a circle.
 *
 * <p>SQLite's write-ahead log is read, too. A rollback journal is not: what was cut off in the middle of a transaction in that
 * mode is read as it lies there. Who reads while another writes may see pages of two states.
 *
 * @see <a href="https://www.sqlite.org/fileformat2.html">Database File Format</a>
 */
@NullMarked
package dev.freshpyc.core.database;

import org.jspecify.annotations.NullMarked;

/**
 * Reads the rows of a SQLite table and the values of a Berkeley DB hash. No SQL, no index and no lock is supported. A
 * library would parse a hostile file in native code, with the rights of the user who repairs a system; here a hostile
 * file can only produce a missing or wrong row, because recursion is bounded, every offset is checked, and {@link
 * dev.freshpyc.core.database.Allowance} ends reads that go in circles.
 *
 * <p>The write-ahead log of SQLite is read. A rollback journal is not read, so the changes of an interrupted
 * transaction are visible. A reader may see pages of two states while another process writes.
 *
 * @see <a href="https://www.sqlite.org/fileformat2.html">Database File Format</a>
 */
@NullMarked
package dev.freshpyc.core.database;

import org.jspecify.annotations.NullMarked;

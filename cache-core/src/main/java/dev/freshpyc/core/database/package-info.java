/**
 * Readers for the rows of a SQLite table and the values of a Berkeley DB hash, and nothing else of either: no SQL, no
 * index, no lock. A library would parse a hostile file in native code, with the rights of the user who repairs a system;
 * here a hostile file can only produce a missing or wrong row. For that reason recursion is bounded, every offset is
 * checked, and {@link dev.freshpyc.core.database.Allowance} ends reads that lead in circles.
 *
 * <p>SQLite's write-ahead log is read; a rollback journal is not, so an interrupted transaction of that mode is read as
 * it stands. A reader may see pages of two states while another process writes.
 *
 * @see <a href="https://www.sqlite.org/fileformat2.html">Database File Format</a>
 */
@NullMarked
package dev.freshpyc.core.database;

import org.jspecify.annotations.NullMarked;

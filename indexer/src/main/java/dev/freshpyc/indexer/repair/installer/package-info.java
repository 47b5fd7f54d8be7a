/**
 * The records of package managers, for a repair and a clean: finds the files that the records list, and brings the
 * RECORD of a wheel up to date after its pycs were changed. A RECORD is replaced like a pyc: a new file beside the old
 * file, the old contents and an entry in the journal, then a rename. Databases of packages are never written.
 */
@NullMarked
package dev.freshpyc.indexer.repair.installer;

import org.jspecify.annotations.NullMarked;

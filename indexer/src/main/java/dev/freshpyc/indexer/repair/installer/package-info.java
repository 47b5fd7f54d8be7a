/**
 * The records of package managers as a repair and a clean treat them: which files they list, and the RECORD files of wheels that
 * are brought up to date after their pycs were changed. A RECORD is replaced as a pyc is: a new file beside the old one, the old
 * contents and an entry in the journal, then a rename. Databases of packages are never written.
 */
@NullMarked
package dev.freshpyc.indexer.repair.installer;

import org.jspecify.annotations.NullMarked;

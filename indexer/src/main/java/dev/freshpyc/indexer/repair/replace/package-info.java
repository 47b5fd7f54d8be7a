/** Replaces a file that is no pyc, such as the RECORD of a wheel or an archive, by a new file that is made beside the old file. */
@NullMarked
package dev.freshpyc.indexer.repair.replace;

import org.jspecify.annotations.NullMarked;

/** Replaces files that are no pycs, such as the RECORD of a wheel or an archive: a new file is made beside the old one and takes its name. */
@NullMarked
package dev.freshpyc.indexer.repair.replace;

import org.jspecify.annotations.NullMarked;

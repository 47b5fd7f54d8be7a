/**
 * Writes to the tree. New files are made beside the old ones and written to the journal; when both are on the disk, the new
 * files are renamed onto the old ones. A file that has changed in between is left alone.
 *
 * <p>In place, a header is written with one call of 16 bytes at the beginning of a file. They lie in one sector, so a disk
 * has all or none of them. A reader that meets the moment sees old bytes, new bytes, or a part of each: the magic stays the
 * same, so that at worst flags, time or hash do not fit together, and the interpreter compiles the source, which is right. A
 * file that stays mapped or open elsewhere changes under its reader: that is why replacing is the default.
 */
@NullMarked
package dev.freshpyc.indexer.repair.write;

import org.jspecify.annotations.NullMarked;

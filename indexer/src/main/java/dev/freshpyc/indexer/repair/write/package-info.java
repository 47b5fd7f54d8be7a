/**
 * Writes to the tree. New files are made beside the old files and listed in the journal. When the new files and the journal are on the
 * disk, the new files are renamed onto the old files. An old file that has changed in between stays as it is.
 *
 * <p>A header is written in place with one call of 16 bytes at the beginning of a file. These bytes lie in one sector, so a disk
 * has all or none of them. A reader at the same moment sees old bytes, new bytes, or a part of each. The magic stays the same, so at
 * worst flags, time or hash do not fit together, and the interpreter compiles the source, which is right. Replacing is the default,
 * since a header in place also changes for readers that have the file open or mapped.
 */
@NullMarked
package dev.freshpyc.indexer.repair.write;

import org.jspecify.annotations.NullMarked;

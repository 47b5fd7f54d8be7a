/**
 * Writing to bytecode files. A repair has four steps, and whatever ends it, the tree is as good as before: it looks at
 * everything and publishes what it learned; it makes the new files beside the old ones and writes its journal; when both are
 * on the disk it renames; and it tells the index. A file that changed in between is left alone.
 *
 * <p>Evidence says where a body comes from and not that all of it is there, so a body that is to stay is walked to its end. That
 * it is whole, and what its source's hash is, is told to the index as well: a later repair reads neither again while their
 * contents are the same, and one that finds everything as wanted opens no file at all.
 *
 * <p>In place, a header is written with one call of 16 bytes at the beginning of a file. They lie in one sector, so a disk
 * has all or none of them. A reader that meets the moment sees old bytes, new bytes, or a part of each: the magic stays the
 * same, so that at worst flags, time or hash do not fit together, and the interpreter compiles the source, which is right.
 * A file that stays mapped or open elsewhere changes under its reader: that is why replacing is the default.
 */
@NullMarked
package dev.freshpyc.indexer.repair;

import org.jspecify.annotations.NullMarked;

/**
 * Reads container images: what {@code docker save} writes, and OCI image layouts as directories or tar archives. A stream is read
 * once, from its beginning to its end, whatever the order of its members; nothing is unpacked to disk. What is needed later is kept:
 * documents in memory, names and the contents of Python's files in temporary files without a name.
 *
 * <p>Archives are hostile input. {@link dev.freshpyc.indexer.image.archive.Limits} has the bounds; every digest that an image states of
 * a part is compared with the part.
 */
@NullMarked
package dev.freshpyc.indexer.image.archive;

import org.jspecify.annotations.NullMarked;

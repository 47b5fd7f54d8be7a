/**
 * Reads container images: archives of {@code docker save}, and OCI image layouts as directories or tar archives. A
 * stream is read once, from its beginning to its end, for any order of its members; nothing is unpacked to disk.
 * Documents are kept in memory; names and the contents of Python's files are kept in temporary files without a name.
 *
 * <p>Archives are hostile input. {@link dev.freshpyc.indexer.image.archive.ArchiveLimits} has the bounds. If an image
 * states the digest of a part, the part is compared with the digest.
 */
@NullMarked
package dev.freshpyc.indexer.image.archive;

import org.jspecify.annotations.NullMarked;

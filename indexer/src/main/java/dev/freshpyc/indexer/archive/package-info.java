/**
 * Reads zip archives as zipimport does: {@link CentralDirectory} lists the members, {@link MemberReader} unpacks one.
 *
 * <p>The central directory is read by code of this package, and not by a library, since the question is what zipimport finds and
 * not what is in the archive: which end record it takes, what it refuses and what it overlooks differ from one version to the
 * next, and from {@code java.util.zip} and every other reader. The compressed data is unpacked by zlib, as zipimport does.
 *
 * <p>Whoever wrote an archive may be hostile: counts, sizes, the unpacked length of a member and that of all together are bounded, large
 * members are unpacked while they are read, an archive inside an archive is
 * not read, and no name of a member becomes a path of the file system.
 */
@NullMarked
package dev.freshpyc.indexer.archive;

import org.jspecify.annotations.NullMarked;

/**
 * Reads zip archives as zipimport does: {@link CentralDirectory} lists the members, {@link MemberReader} unpacks one.
 *
 * <p>No library reads the central directory, because zipimport may find other members than {@code java.util.zip} or any
 * other reader: the versions of zipimport differ in the end record that they use, and in the members that they refuse
 * or overlook. Zlib unpacks the compressed data, as in zipimport.
 *
 * <p>An archive may be hostile. So counts, sizes, the unpacked length of a member and the sum of these lengths are
 * bounded; large members are unpacked while they are read; an archive inside an archive is not read; no name of a
 * member becomes a path of the file system.
 */
@NullMarked
package dev.freshpyc.indexer.archive;

import org.jspecify.annotations.NullMarked;

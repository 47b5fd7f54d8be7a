/**
 * Reads the metadata of distributions as {@code importlib.metadata} does, without any input or output:
 * entry_points.txt, the header of METADATA and PKG-INFO, names, and the order of answers, by version of Python.
 *
 * <h2>The file of a path entry</h2>
 *
 * {@link dev.freshpyc.core.metadata.EntryPointFile} has the metadata of one path entry, for freshpyc and for its reader
 * in Python. The reader may use only the modules that a bare interpreter has loaded, so the file has no structure that
 * needs a parser. All text is UTF-8 with surrogate escapes (PEP 383), and NUL separates the fields of a section.
 *
 * <pre>
 * "freshpyc-entry-points 1\n"      the version is raised when an older reader would misunderstand the file
 * HASH13 " " HASH24 "\n"           16 hexadecimal digits each: SipHash-1-3 and SipHash-2-4 of all bytes that follow,
 *                                  with the key {@value EntryPointFile#HASH_KEY}; _imp.source_hash computes one of them
 * KIND " " INODE " " SIZE " " MTIME " " CTIME " " PATH " " LIST " " LIST "\n"
 *   KIND                           "d" for a directory, "f" for a zip file
 *   SIZE                           in bytes; 0 for a directory
 *   MTIME, CTIME                   of the path entry, in nanoseconds since 1970
 *   PATH                           length in bytes of the path
 *   LIST                           "FLAGS KEYS DISTS GROUPS RECORDS": the flags and the lengths in bytes of four
 *                                  sections, first for Python 3.10 and later, then for Python 3.8 and 3.9
 *   FLAGS                          1: a distribution is broken; 2: a value is no object reference; 4: the list for
 *                                  3.8 and 3.9 equals the other list, and has no sections
 * path bytes, then the sections of the first list, then those of the second:
 *   KEYS                           the normalized name of every distribution
 *   DISTS                          for every distribution: file, "1" or "0" for whether it has a key, Name, Version,
 *                                  fault. Name, Version and fault begin with "=", or are empty for none; a fault that
 *                                  begins with "=not read: " is a limit of freshpyc, no failure of Python
 *   GROUPS                         for every group: name, offset and length in RECORDS
 *   RECORDS                        for every entry point, group by group: its number in the order of the whole list,
 *                                  the number of its distribution, name, value
 * </pre>
 *
 * A path entry whose texts contain a NUL has no file.
 *
 * <h2>What one stat detects</h2>
 *
 * The stamp of a path entry (inode, mtime and ctime, for a zip file the size too) is compared for equality. A
 * directory's mtime changes whenever a name in it is added, removed or renamed: whenever a distribution is installed,
 * removed, or replaced as installers do, which write a new metadata directory. The stamp does not change when a file
 * <em>inside</em> a metadata directory is written, such as the entry_points.txt of a project that is developed in
 * place. {@code importlib.metadata} keeps its own listings of a directory under the same condition, but it opens
 * entry_points.txt at every call. {@code freshpyc refresh} reads all files again.
 */
@NullMarked
package dev.freshpyc.core.metadata;

import org.jspecify.annotations.NullMarked;

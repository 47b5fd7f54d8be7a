/**
 * Stores indexes in files and holds their records in off-heap maps of Chronicle Map. Only {@link OffHeapMap} imports
 * Chronicle.
 *
 * <p>No file is ever mapped. Plain reads fill the memory of a map with the bytes of an index file, and plain writes copy the
 * memory of a map to a new file. Mapping the file, as Chronicle's persisted maps do, was tried and rejected. A get writes
 * its lock into the file, so other users could not read root's index, and a killed reader left the index locked. A full disk
 * or a truncated file caused a SIGBUS. A damaged file made the process hang, or looked like an empty map. The disadvantage
 * of plain reads is that each open generation takes as much private memory as its file is long. The time to open is the
 * same.
 *
 * <p>An index file is a header, with a table of sections, and the sections behind it. Numbers are little-endian. The header,
 * format {@value IndexHeader#FORMAT}:
 *
 * <pre>
 *  0 magic "freshidx"            8 bytes
 *  8 format                      4
 * 12 length of the header        4, up to and with its checksum; at most 1 MiB
 * 16 generation                  8
 * 24 token of the generation     8
 * 32 checked at, ns since 1970   8
 * 40 records                     8
 * 48 length of the entry         4
 * 52 number of sections          4, at most 64
 * 56 entry                       the path, raw bytes
 *    table                       a row of 48 bytes for each section
 *    CRC-32C                     4, of all bytes of the header before
 *
 * row of the table
 *  0 name                        16, of a-z, 0-9 and -, padded with zeros
 * 16 version                     4, at least 1
 * 20 flags                       4, 1: a reader that does not know the section or its version must refuse the file
 * 24 offset in the file          8
 * 32 length                      8
 * 40 CRC-32C of the section      4
 * 44 zero                        4
 * </pre>
 *
 * The rows are in the order of the offsets. The first section begins at the end of the header, each other section at the end
 * of the previous section, and the last section ends at the end of the file. The sections that this version writes:
 *
 * <pre>
 * map      version 1, required   library version: 16, ASCII · page size: 4 · byte order: 4, 1 is little ·
 *                                entries: 8 · average key: 4 · average value: 4 · segments: 4
 * seals    optional              as {@link dev.freshpyc.core.record.codec.SealCodec} writes them, and its version
 * blocks   version 1, required   CRC-32C of each block of 65,536 bytes of the image, 4 each; the last block may be shorter
 * image    required              the map's memory; the version is that of {@link
 *                                dev.freshpyc.core.record.codec.RecordCodec}; the checksum in the table is 0,
 *                                because the section blocks has the checksums
 * </pre>
 *
 * A key in the map is a source's path relative to the entry, raw bytes; a value is a record as
 * {@link dev.freshpyc.core.record.codec.RecordCodec} writes it.
 *
 * <p>Three kinds of files are not used:
 *
 * <ul>
 *   <li>Too new: a higher format, an unknown required section, or a required section of a higher version. The file is
 *       reported and never replaced. Magic, format, header length and the checksum at the header's end stay where they are
 *       in every later format, so a damaged format number is not taken for a newer one.
 *   <li>Too old: format 1 to 3, which had no table, a required section of a lower version, or a map of another library, page
 *       size or byte order. The file counts as absent, and the next publication replaces it.
 *   <li>Corrupt: everything else. The file is set aside as {@code .bad} and reported.
 * </ul>
 *
 * <p>To add data, add an optional section; readers of this version skip it. A draft drops unknown sections, because they may
 * be wrong for the next generation. Raise the version of a section when its bytes change. Raise the version of {@code map}
 * also when {@link MapGeometry} or {@link OffHeapMap} pass other parameters to the library. Raise {@link IndexHeader#FORMAT}
 * only when the header or the table changes.
 *
 * <p>A checksum covers every byte of the known sections. Opening an index checks all bytes, which costs little compared with
 * the read. A lookup of a few sources reads and checks only the numbers of the map and the segments of these sources.
 * Reading the seals reads no block of the image: a refresh without changes needs neither the library nor the image, and
 * loading both costs as much as scanning some ten thousand files.
 *
 * <p>Size: an index took 258 bytes for each source in a tree of 13,355 sources with one pyc each (52 bytes for the path, 126
 * for the record, 18 for the seals), and 287 bytes in a tree of 13,336 sources and 16,858 pycs. A twentieth is room to grow,
 * and the map needs the rest. A hash of 16 bytes as key would save some 35 bytes, but then the index could not name the path
 * of a deleted source.
 */
@NullMarked
package dev.freshpyc.core.store.chronicle;

import org.jspecify.annotations.NullMarked;

/**
 * Indexes whose records Chronicle Map holds off the heap. Only {@link OffHeapMap} imports Chronicle.
 *
 * <p>No file is ever mapped. A map in memory is filled with an index file's bytes by plain reads, and a new file gets
 * the map's memory by plain writes. Mapping the file itself, as Chronicle's persisted maps do, was tried and
 * rejected: a get writes its lock into the file, so nobody could read root's index, and a killed reader left it
 * locked; a full disk or a truncated file was a SIGBUS; a damaged file hung the process, or passed for an empty map.
 * The price is private memory, as much as the file is long, for each generation that is open; the time to open is the
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
 * The rows stand in the order of the offsets; the first section begins where the header ends, each other section where the
 * section before ends, and the last section ends with the file. The sections that this version writes:
 *
 * <pre>
 * map      version 1, required   library version: 16, ASCII · page size: 4 · byte order: 4, 1 is little ·
 *                                entries: 8 · average key: 4 · average value: 4 · segments: 4
 * seals    optional              as {@link dev.freshpyc.core.record.codec.SealCodec} writes them, and its version
 * blocks   version 1, required   CRC-32C of each block of 65,536 bytes of the image, 4 each; the last block may be shorter
 * image    required              the map's memory; the version is that of {@link
 *                                dev.freshpyc.core.record.codec.RecordCodec}; the table's checksum is 0, as blocks has them
 * </pre>
 *
 * A key in the map is a source's path relative to the entry, raw bytes; a value is a record as {@link
 * dev.freshpyc.core.record.codec.RecordCodec} writes it.
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
 * <p>To add data, add an optional section; readers of this version skip it. A draft does not keep sections that it does not
 * know, since it cannot tell whether they are still true of the next generation. Raise a section's version when its
 * bytes change, that of {@code map} also when {@link MapGeometry} or {@link OffHeapMap} tell the library something else;
 * raise {@link IndexHeader#FORMAT} only when header or table change.
 *
 * <p>Every known byte is under a checksum. Opening an index checks all of them, which costs next to nothing beside the
 * read. A lookup of a few sources reads and checks only the map's own numbers and the segments of these sources. Reading
 * the seals touches no block of the image: loading the library and the image costs as much as walking some ten thousand
 * files, and a refresh without changes needs neither.
 *
 * <p>Size: 258 bytes a source at 13,355 real pairs (52 of them the path, 126 the record, 18 its part of the seals) and
 * 287 at 13,336 sources with 16,858 bytecode files; a twentieth is room to grow, and the rest is what the map itself needs.
 * With 16 bytes of hash for a key it would be some 35 fewer, but then nobody could say which path vanished.
 */
@NullMarked
package dev.freshpyc.core.store.chronicle;

import org.jspecify.annotations.NullMarked;

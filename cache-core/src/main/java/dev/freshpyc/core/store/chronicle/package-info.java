/**
 * Indexes whose records Chronicle Map holds off the heap. Nothing else imports Chronicle, and here only {@link
 * OffHeapMap}.
 *
 * <p>No file is ever mapped. A map in memory is filled with an index file's bytes by plain reads, and a new file gets
 * the map's memory by plain writes. Mapping the file itself, as Chronicle's persisted maps do, was tried and
 * rejected: a get writes its lock into the file, so nobody could read root's index, and a killed reader left it
 * locked; a full disk or a truncated file was a SIGBUS; a damaged file hung the process, or passed for an empty map.
 * The price is private memory, as much as the file is long, for each generation that is open; the time to open is the
 * same.
 *
 * <p>An index file, format {@value Head#FORMAT}, numbers little-endian:
 *
 * <pre>
 *   0 magic "freshidx"                        64 records
 *   8 format                     4 bytes      72 size of the image
 *  12 format of the records      4            80 shape: entries
 *  16 version of the library    16, ASCII     88 shape: average key        4 bytes
 *  32 page size                  4            92 shape: average value      4
 *  36 byte order: 1 is little    4            96 shape: segments           4
 *  40 generation                             100 length of the entry       4
 *  48 token of the generation                104 CRC-32C of the checksums  4
 *  56 checked at, ns since 1970              108 length of the seals         4
 *                                           112 CRC-32C of the seals        4
 *                                           116 zero, 8 bytes
 *                                            124 CRC-32C of bytes 0 to 123 and of the entry, 4
 * 128 entry: the path, raw bytes
 *     seals, as {@link dev.freshpyc.core.record.codec.SealCodec} writes them
 *     checksums: the CRC-32C of each block of 65,536 bytes of the image, 4 bytes each; the last block may be shorter
 *     image: the map's memory, to the end of the file
 * </pre>
 *
 * A key in the map is a source's path relative to the entry, raw bytes; a value is a record as {@link
 * dev.freshpyc.core.record.codec.RecordCodec} writes it.
 *
 * <p>Every byte is under a checksum, and all of it is checked whenever a file is opened, which costs next to nothing
 * beside the read. Whoever asks for a few sources alone reads and checks the map's own numbers and the segments that
 * those are in. Whoever asks for the seals alone reads and checks what stands before the checksums: loading the library
 * and the image costs as much as walking some ten thousand files, and where nothing changed nobody needs them. The
 * image has the layout of one version of the library, one page size and one byte order: a file with another is no
 * index here, and is made anew. Raise {@link Head#FORMAT} when this layout changes, or what {@link
 * Shape} or {@link OffHeapMap} tell the library to do.
 *
 * <p>Size: 258 bytes a source at 13,355 real pairs (52 of them the path, 126 the record, 18 its part of the seals) and
 * 287 at 13,336 sources with 16,858 bytecode files; a twentieth is room to grow, and the rest is what the map itself needs.
 * With 16 bytes of hash for a key it would be some 35 fewer, but then nobody could say which path vanished.
 */
@NullMarked
package dev.freshpyc.core.store.chronicle;

import org.jspecify.annotations.NullMarked;

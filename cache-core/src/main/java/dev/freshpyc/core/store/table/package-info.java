/**
 * Index files: tables of records, sorted by path, that are written once and read block by block.
 *
 * <p>Opening an index reads only headers, for any number of records. Each part is verified when it is read for the
 * first time: a section as a whole, a table block by block. Files are read with plain system calls and never mapped, so
 * a truncated file or a broken disk is an error of one read, not a signal that ends the process or a wrong record. A
 * sorted table suits a scan, which visits neighbouring directories one after the other: a block is read once for some
 * fifty records.
 *
 * <p>An index is one file, and an overlay if few records have changed since that file was written. The overlay has the
 * changed records, and the name and token of the file that it lies over; its records replace the records of the file.
 * So a small change to a large index costs a small write. An overlay that grows beyond a fraction of the file is merged
 * into a new file. A reader that finds no overlay checks that its file is still the live file, because the publisher of
 * a new file deletes the overlays of the old file.
 *
 * <p>A file is a header, with a table of sections, and the sections behind it. Numbers are little-endian. The header,
 * format {@value IndexHeader#FORMAT}:
 *
 * <pre>
 *  0 magic "freshidx"            8 bytes
 *  8 format                      4
 * 12 length of the header        4, up to and with its checksum; at most 1 MiB
 * 16 generation                  8
 * 24 token of the generation     8
 * 32 checked at, ns since 1970   8
 * 40 records                     8, of the whole index, also in an overlay
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
 * The rows are in the order of the offsets. The first section begins at the end of the header, each other section at
 * the end of the previous section, and the last section ends at the end of the file. The sections that this version
 * writes:
 *
 * <pre>
 * below     version 1, required  only in an overlay: the token of the file that it lies over, 8
 * records   required             blocks of entries; the version is that of {@link
 *                                dev.freshpyc.core.record.codec.RecordCodec}; the checksum in the table is 0, because the
 *                                section blocks has the checksums
 * blocks    version 2, required  pages, each of which tells where up to 128 blocks are: offset of its first block in records: 8 ·
 *                                an index of these blocks; the checksum in the table is 0, because the section pages has the
 *                                checksums
 * pages     version 1, required  an index of the pages
 * seals     optional             as {@link dev.freshpyc.core.record.codec.SealCodec} writes them, and its version; an
 *                                overlay has all seals of the index
 * verdicts  version 1, required  as {@link dev.freshpyc.core.record.codec.RecordedVerdictsCodec} writes them, of the whole
 *                                index, also in an overlay
 *
 * block     entries, in the ascending order of their keys · offsets in the block of the 1st, 17th, 33rd … entry: 4 each ·
 *           number of these offsets: 4
 * index     number of blocks or pages: 4 · for each its length: 4, CRC-32C: 4, end of its first key in the keys: 4 · the first
 *           keys, one after the other
 * entry     number of bytes that the key shares with the key before, 0 at the offsets · number of its other bytes ·
 *           length of the value · these other bytes · the value
 *           numbers have 7 bits a byte, the lowest first, 128 added to all but the last
 * </pre>
 *
 * A key is a source's path relative to the entry, raw bytes; keys are compared byte by byte. A value is a record as
 * {@link dev.freshpyc.core.record.codec.RecordCodec} writes it; in an overlay, an empty value removes the record.
 *
 * <p>Three kinds of files are not used:
 *
 * <ul>
 *   <li>Too new: a higher format, an unknown required section, or a required section of a higher version. The file is
 *       reported and never replaced. Magic, format, header length and the checksum at the header's end stay where they
 *       are in every later format, so a damaged format number is not taken for a newer one.
 *   <li>Too old: format 1 to 4, or a required section of a lower version. The file counts as absent, and the next
 *       publication replaces it.
 *   <li>Corrupt: everything else, also in the overlay. The file is set aside as {@code .bad} and reported. Damage that
 *       is found after the index was opened is an error of that run.
 * </ul>
 *
 * <p>To add data, add an optional section; readers of this version skip it. A draft drops unknown sections, because
 * they may be wrong for the next generation. Raise the version of a section when its bytes change. Raise {@link
 * IndexHeader#FORMAT} only when the header or the table changes.
 */
@NullMarked
package dev.freshpyc.core.store.table;

import org.jspecify.annotations.NullMarked;

package dev.freshpyc.indexer.archive;

import dev.freshpyc.core.path.RawPath;

/**
 * One file in an archive, as the central directory describes it.
 *
 * @param name as imports ask for the file: UTF-8, also where the archive has a name in code page 437
 * @param index the place in the central directory, from 0
 * @param method 0 for stored, 8 for deflate, 93 for zstd
 * @param packed bytes in the archive
 * @param size bytes when unpacked, as the archive says
 * @param headerAt where the local header begins, in bytes from the start of the file
 * @param dosDate local date of the last change: the year from 1980 in 7 bits, month 4, day 5
 * @param dosTime local time: hours in 5 bits, minutes 6, two-second steps 5
 */
public record ArchiveMember(
        RawPath name, int index, int method, long packed, long size, long headerAt, int dosDate, int dosTime) {

    /** Methods of compression. */
    public static final int STORED = 0;

    public static final int DEFLATED = 8;
    public static final int ZSTD = 93;

    /** Whether every version of Python unpacks the method. */
    public boolean isPlain() {
        return method == STORED || method == DEFLATED;
    }
}

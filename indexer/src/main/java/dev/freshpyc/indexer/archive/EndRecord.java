package dev.freshpyc.indexer.archive;

import dev.freshpyc.core.file.ByteSource;
import java.io.IOException;

/**
 * The end of central directory record, found as {@code zipimport._read_directory} finds it.
 *
 * @param directoryAt where the central directory begins, in bytes from the start of the file
 * @param recordedAt where it begins as the record says; less than {@code directoryAt} where bytes stand before the archive
 * @param members how many members there should be; −1 where zipimport does not look
 */
record EndRecord(long directoryAt, long recordedAt, long members) {

    private static final int LENGTH = 22;
    private static final int LENGTH_64 = 56;
    private static final int LOCATOR_64 = 20;
    private static final int MAX_COMMENT = (1 << 16) - 1;
    private static final int SIGNATURE = 0x06054b50;
    private static final int SIGNATURE_64 = 0x06064b50;

    /** @throws ArchiveException when zipimport finds no record, or one that contradicts itself */
    static EndRecord find(ByteSource file, long size, ZipRules rules) throws IOException, ArchiveException {
        boolean zip64 = rules.zip64();
        int most = MAX_COMMENT + LENGTH + (zip64 ? LENGTH_64 + LOCATOR_64 : 0);
        long tailAt = Math.max(size - most, 0);
        byte[] tail = new byte[(int) Math.min(size, most)];
        if (!file.readFully(tailAt, tail, tail.length)) {
            throw new ArchiveException(ArchiveFault.CONTRADICTORY);
        }
        if (!zip64 && size < LENGTH) {
            throw new ArchiveException(ArchiveFault.NOT_AN_ARCHIVE);
        }
        int last = tail.length - LENGTH;
        if (!rules.comments() && LittleEndian.word(tail, last) != SIGNATURE) {
            throw new ArchiveException(ArchiveFault.NOT_AN_ARCHIVE);
        }
        int at =
                !zip64 && LittleEndian.word(tail, last) == SIGNATURE ? last : LittleEndian.lastIndexOf(tail, SIGNATURE);
        int at64 = zip64 ? LittleEndian.lastIndexOf(tail, SIGNATURE_64) : -1;
        if (at64 >= 0 && at64 + LENGTH_64 + LOCATOR_64 == at) {
            return of(
                    tailAt + at64,
                    LittleEndian.longWord(tail, at64 + 40),
                    LittleEndian.longWord(tail, at64 + 48),
                    LittleEndian.longWord(tail, at64 + 24));
        }
        if (at < 0) {
            throw new ArchiveException(ArchiveFault.NOT_AN_ARCHIVE);
        }
        if (at > last) {
            throw new ArchiveException(ArchiveFault.CONTRADICTORY);
        }
        return of(
                tailAt + at,
                LittleEndian.unsignedWord(tail, at + 12),
                LittleEndian.unsignedWord(tail, at + 16),
                zip64 ? LittleEndian.half(tail, at + 8) : -1);
    }

    private static EndRecord of(long recordAt, long directorySize, long directoryAt, long members)
            throws ArchiveException {
        boolean tooLong = Long.compareUnsigned(directorySize, recordAt) > 0;
        boolean tooFar = Long.compareUnsigned(directoryAt, recordAt) > 0;
        if (tooLong || tooFar || recordAt - directorySize < directoryAt) {
            throw new ArchiveException(ArchiveFault.CONTRADICTORY);
        }
        return new EndRecord(recordAt - directorySize, directoryAt, members);
    }

    /** How many bytes before this position are no part of the archive, such as a {@code #!} line. */
    long prefix() {
        return directoryAt - recordedAt;
    }
}

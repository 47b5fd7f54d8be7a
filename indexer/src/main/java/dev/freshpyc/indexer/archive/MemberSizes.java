package dev.freshpyc.indexer.archive;

/**
 * The numbers of a member that may stand in a zip64 field.
 *
 * @param size bytes when unpacked
 * @param packed bytes in the archive
 * @param headerAt where the local header begins, counted from the start of the archive proper
 */
record MemberSizes(long size, long packed, long headerAt) {

    private static final long IN_EXTRA = 0xffff_ffffL;
    private static final int ZIP64_TAG = 1;
    private static final int MAX_VALUES = 3;

    /**
     * The numbers with those of a zip64 field in place of the largest 32-bit number, as zipimport 3.13 reads them: it takes all
     * bytes behind the field's beginning for the field, whatever the field's length is.
     */
    MemberSizes extended(byte[] bytes, int extraAt, int extraEnd) throws ArchiveException {
        if (size != IN_EXTRA && packed != IN_EXTRA && headerAt != IN_EXTRA) {
            return this;
        }
        int at = extraAt;
        while (at < extraEnd) {
            if (extraEnd - at < 4 || extraEnd - at < 4 + LittleEndian.half(bytes, at + 2)) {
                throw new ArchiveException(ArchiveFault.CONTRADICTORY);
            }
            if (LittleEndian.half(bytes, at) == ZIP64_TAG) {
                return values(bytes, at + 4, extraEnd);
            }
            at += 4 + LittleEndian.half(bytes, at + 2);
        }
        return this;
    }

    private MemberSizes values(byte[] bytes, int from, int end) throws ArchiveException {
        if ((end - from) % Long.BYTES != 0 || (end - from) / Long.BYTES > MAX_VALUES) {
            throw new ArchiveException(ArchiveFault.CONTRADICTORY);
        }
        int wanted = (size == IN_EXTRA ? 1 : 0) + (packed == IN_EXTRA ? 1 : 0) + (headerAt == IN_EXTRA ? 1 : 0);
        if (wanted * Long.BYTES > end - from) {
            throw new ArchiveException(ArchiveFault.BROKEN); // IndexError: pop from empty list
        }
        int at = from;
        long[] values = {size, packed, headerAt};
        for (int i = 0; i < values.length; i++) {
            if (values[i] == IN_EXTRA) {
                values[i] = LittleEndian.longWord(bytes, at);
                at += Long.BYTES;
            }
        }
        return new MemberSizes(values[0], values[1], values[2]);
    }
}

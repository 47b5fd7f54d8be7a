package dev.freshpyc.core.record;

import dev.freshpyc.core.file.FileStamp;

/** Stamps as bytes: {@code mtime ctime size inode}. {@link FileStamp#UNSETTLED} is a flag of what holds it. */
final class StampCodec {

    private static final int MAX_NANOS = 999_999_999;

    private StampCodec() {}

    static void write(FileStamp stamp, RecordWriter out) {
        writeTime(stamp.mtimeSeconds(), stamp.mtimeNanos(), out);
        writeTime(stamp.ctimeSeconds(), stamp.ctimeNanos(), out);
        if (stamp.size() < 0) {
            throw new IllegalArgumentException("no size: " + stamp);
        }
        out.writeNumber(stamp.size());
        out.writeNumber(stamp.inode());
    }

    static FileStamp read(RecordReader in) throws BadRecordException {
        long mtimeSeconds = in.readSigned();
        int mtimeNanos = (int) in.readNumber(MAX_NANOS);
        long ctimeSeconds = in.readSigned();
        int ctimeNanos = (int) in.readNumber(MAX_NANOS);
        long size = in.readNumber(Long.MAX_VALUE);
        return new FileStamp(mtimeSeconds, mtimeNanos, ctimeSeconds, ctimeNanos, size, in.readNumber());
    }

    private static void writeTime(long seconds, int nanos, RecordWriter out) {
        if (nanos < 0 || nanos > MAX_NANOS) {
            throw new IllegalArgumentException("no nanoseconds: " + nanos);
        }
        out.writeSigned(seconds);
        out.writeNumber(nanos);
    }
}

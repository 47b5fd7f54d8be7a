package dev.freshpyc.core.record.codec;

import dev.freshpyc.core.file.FileStamp;

/**
 * Stamps as bytes: {@code mtime ctime size inode}. The device and {@link FileStamp#UNSETTLED} are written by the codec of
 * the part that has the stamp.
 */
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

    /** A device and the stamp behind it. */
    static void writeWithDevice(FileStamp stamp, RecordWriter out) {
        out.writeNumber(stamp.device());
        write(stamp, out);
    }

    static FileStamp readWithDevice(RecordReader in) throws BadRecordException {
        return read(in.readNumber(), in);
    }

    static FileStamp read(long device, RecordReader in) throws BadRecordException {
        long mtimeSeconds = in.readSigned();
        int mtimeNanos = (int) in.readNumber(MAX_NANOS);
        long ctimeSeconds = in.readSigned();
        int ctimeNanos = (int) in.readNumber(MAX_NANOS);
        long size = in.readNumber(Long.MAX_VALUE);
        return new FileStamp(mtimeSeconds, mtimeNanos, ctimeSeconds, ctimeNanos, size, in.readNumber(), device);
    }

    private static void writeTime(long seconds, int nanos, RecordWriter out) {
        if (nanos < 0 || nanos > MAX_NANOS) {
            throw new IllegalArgumentException("no nanoseconds: " + nanos);
        }
        out.writeSigned(seconds);
        out.writeNumber(nanos);
    }
}

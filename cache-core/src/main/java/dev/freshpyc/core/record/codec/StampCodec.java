package dev.freshpyc.core.record.codec;

import dev.freshpyc.core.file.FileStamp;

/**
 * Stamps as bytes: {@code mtime ctime size inode}; a portable stamp has {@value #PORTABLE} as the nanoseconds of its ctime. The device and {@link FileStamp#UNSETTLED} are written by the codec of
 * the part that has the stamp.
 */
final class StampCodec {

    private static final int MAX_NANOS = 999_999_999;

    /** In place of the ctime's nanoseconds: the stamp is portable and has no ctime and no inode. */
    private static final int PORTABLE = MAX_NANOS + 1;

    private StampCodec() {}

    static void write(FileStamp stamp, RecordWriter out) {
        writeTime(stamp.mtimeSeconds(), stamp.mtimeNanos(), out);
        if (stamp.isPortable()) {
            out.writeSigned(0);
            out.writeNumber(PORTABLE);
        } else {
            writeTime(stamp.ctimeSeconds(), stamp.ctimeNanos(), out);
        }
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
        int ctimeNanos = (int) in.readNumber(PORTABLE);
        long size = in.readNumber(Long.MAX_VALUE);
        long inode = in.readNumber();
        if (ctimeNanos != PORTABLE) {
            return new FileStamp(mtimeSeconds, mtimeNanos, ctimeSeconds, ctimeNanos, size, inode, device);
        }
        if (mtimeNanos != 0 || ctimeSeconds != 0 || inode != 0 || device != 0) {
            throw in.bad("a portable stamp of one machine");
        }
        return FileStamp.portable(mtimeSeconds, size);
    }

    private static void writeTime(long seconds, int nanos, RecordWriter out) {
        if (nanos < 0 || nanos > MAX_NANOS) {
            throw new IllegalArgumentException("no nanoseconds: " + nanos);
        }
        out.writeSigned(seconds);
        out.writeNumber(nanos);
    }
}

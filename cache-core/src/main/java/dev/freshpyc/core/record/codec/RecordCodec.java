package dev.freshpyc.core.record.codec;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.core.record.SourceRecord;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Encodes and decodes records, in the grammar that the package's documentation gives. */
public final class RecordCodec {

    /** The version of the grammar; an index of an older version is made anew. */
    public static final int VERSION = 9;

    private static final int STAMP = 1;
    private static final int UNSETTLED = 2;
    private static final int CONTENT = 4;
    private static final int ALL = STAMP | UNSETTLED | CONTENT;

    private RecordCodec() {}

    /** The bytes of a record; equal records have equal bytes. */
    public static byte[] encode(SourceRecord record) {
        RecordWriter out = new RecordWriter();
        int flags = flags(record);
        out.writeByte(flags);
        if (record.stamp() != null && (flags & STAMP) != 0) {
            StampCodec.writeWithDevice(record.stamp(), out);
        }
        if (record.content() != null) {
            out.writeDigest(record.content());
        }
        out.writeNumber(record.pycs().size());
        for (PycRecord pyc : record.pycs()) {
            PycCodec.write(pyc, record.stamp(), record.content(), out);
        }
        return out.toBytes();
    }

    /**
     * Decodes a record.
     *
     * @throws BadRecordException when the bytes are not a record
     */
    public static SourceRecord decode(byte[] bytes) throws BadRecordException {
        RecordReader in = new RecordReader(bytes);
        int flags = in.readFlags(ALL);
        @Nullable FileStamp stamp = readStamp(flags, in);
        @Nullable Sha256 content = (flags & CONTENT) == 0 ? null : in.readDigest();
        List<PycRecord> pycs = readPycs(stamp, content, in);
        in.requireEnd();
        return new SourceRecord(stamp, content, pycs);
    }

    private static int flags(SourceRecord record) {
        int flags = record.content() == null ? 0 : CONTENT;
        if (record.stamp() != null) {
            flags |= record.stamp().equals(FileStamp.UNSETTLED) ? UNSETTLED : STAMP;
        }
        return flags;
    }

    private static @Nullable FileStamp readStamp(int flags, RecordReader in) throws BadRecordException {
        return switch (flags & (STAMP | UNSETTLED)) {
            case 0 -> null;
            case STAMP -> StampCodec.readWithDevice(in);
            case UNSETTLED -> FileStamp.UNSETTLED;
            default -> throw in.bad("two stamps");
        };
    }

    private static List<PycRecord> readPycs(@Nullable FileStamp source, @Nullable Sha256 content, RecordReader in)
            throws BadRecordException {
        int count = (int) in.readNumber(in.remaining() / PycCodec.SHORTEST);
        List<PycRecord> pycs = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            pycs.add(PycCodec.read(source, content, in));
        }
        return pycs;
    }
}

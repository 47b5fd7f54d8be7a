package dev.freshpyc.indexer.repair.journal;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.HeaderBytes;
import dev.freshpyc.core.record.codec.BadRecordException;
import dev.freshpyc.core.record.codec.RecordCodec;
import dev.freshpyc.indexer.repair.journal.JournalEntry.Origin;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Optional;

/** The bytes of a journal entry, as the manual of this package has them. */
final class JournalEntryCodec {

    private static final int MAX_LENGTH = 1 << 16;
    private static final byte[] NONE = {};

    private JournalEntryCodec() {}

    static void write(JournalEntry entry, DataOutput out) throws IOException {
        out.writeUTF(entry.operation().name());
        writePath(entry.directory(), out);
        writePath(entry.name(), out);
        writePath(entry.temporary(), out);
        entry.before().write(out);
        entry.after().write(out);
        writeHead(entry.oldHead(), out);
        writeHead(entry.newHead(), out);
        out.writeLong(entry.keptAt());
        writePath(entry.keptLink(), out);
        byte[] prior =
                entry.origin().map(known -> RecordCodec.encode(known.prior())).orElse(NONE);
        writePath(entry.origin().map(Origin::source).orElse(RawPath.EMPTY), out);
        out.writeInt(prior.length);
        out.write(prior);
    }

    static JournalEntry read(DataInput in) throws IOException {
        return new JournalEntry(
                JournalEntry.Operation.valueOf(in.readUTF()),
                readPath(in),
                readPath(in),
                readPath(in),
                FileState.read(in),
                FileState.read(in),
                readHead(in),
                readHead(in),
                in.readLong(),
                readPath(in),
                readOrigin(in));
    }

    private static Optional<Origin> readOrigin(DataInput in) throws IOException {
        RawPath source = readPath(in);
        byte[] prior = readBytes(in);
        try {
            return prior.length == 0 ? Optional.empty() : Optional.of(new Origin(source, RecordCodec.decode(prior)));
        } catch (BadRecordException damaged) {
            throw new IOException("invalid record in the journal: " + damaged.getMessage(), damaged);
        }
    }

    private static void writePath(RawPath path, DataOutput out) throws IOException {
        out.writeInt(path.length());
        out.write(path.toBytes());
    }

    private static RawPath readPath(DataInput in) throws IOException {
        byte[] bytes = readBytes(in);
        return RawPath.of(bytes, 0, bytes.length);
    }

    private static byte[] readBytes(DataInput in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > MAX_LENGTH) {
            throw new IOException("invalid length in the journal: " + length + " bytes");
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }

    private static void writeHead(HeaderBytes head, DataOutput out) throws IOException {
        out.writeByte(head.length());
        out.writeLong(head.low());
        out.writeLong(head.high());
    }

    private static HeaderBytes readHead(DataInput in) throws IOException {
        int length = in.readByte();
        return new HeaderBytes(in.readLong(), in.readLong(), Math.clamp(length, 0, 16));
    }
}

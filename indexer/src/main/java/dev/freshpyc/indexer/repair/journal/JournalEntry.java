package dev.freshpyc.indexer.repair.journal;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.HeaderBytes;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * One change, written down before it is made.
 *
 * @param directory absolute, without links
 * @param temporary the name of the new file; empty for a change in place
 * @param keptAt where {@link SavedContents} has the old file; {@link #NOTHING_KEPT} where its header is all that changes
 */
public record JournalEntry(
        Kind kind,
        RawPath directory,
        RawPath name,
        RawPath temporary,
        FileState before,
        FileState after,
        HeaderBytes oldHead,
        HeaderBytes newHead,
        long keptAt) {

    /** What is changed. */
    public enum Kind {
        /** The header. */
        RESTAMPED,
        /** All of it. */
        REPLACED,
        /** There was none. */
        CREATED,
        /** The mtime alone. */
        TIME,
        /** A directory for new files, which was not there. */
        MADE,
        /** Nothing yet: from now on new files, whose names begin as {@code temporary} says, may lie in the directory. */
        BEGUN
    }

    public static final long NOTHING_KEPT = -1;
    public static final HeaderBytes NO_HEAD = new HeaderBytes(0, 0, 0);

    private static final int MAX_PATH = 1 << 16;

    /** What concerns a directory and no file that was there before. */
    public static JournalEntry ofDirectory(Kind kind, RawPath directory, RawPath name, RawPath temporary) {
        return new JournalEntry(
                kind, directory, name, temporary, FileState.ABSENT, FileState.ABSENT, NO_HEAD, NO_HEAD, NOTHING_KEPT);
    }

    /** Whether the header was written over in the file itself. */
    public boolean isInPlace() {
        return kind == Kind.RESTAMPED && temporary.equals(RawPath.EMPTY);
    }

    public void write(DataOutput out) throws IOException {
        out.writeUTF(kind.name());
        writePath(directory, out);
        writePath(name, out);
        writePath(temporary, out);
        before.write(out);
        after.write(out);
        writeHead(oldHead, out);
        writeHead(newHead, out);
        out.writeLong(keptAt);
    }

    public static JournalEntry read(DataInput in) throws IOException {
        return new JournalEntry(
                Kind.valueOf(in.readUTF()),
                readPath(in),
                readPath(in),
                readPath(in),
                FileState.read(in),
                FileState.read(in),
                readHead(in),
                readHead(in),
                in.readLong());
    }

    private static void writePath(RawPath path, DataOutput out) throws IOException {
        out.writeInt(path.length());
        out.write(path.toBytes());
    }

    private static RawPath readPath(DataInput in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > MAX_PATH) {
            throw new IOException("a path of " + length + " bytes");
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return RawPath.of(bytes, 0, length);
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

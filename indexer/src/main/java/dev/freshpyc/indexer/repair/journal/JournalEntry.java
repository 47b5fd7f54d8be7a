package dev.freshpyc.indexer.repair.journal;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.HeaderBytes;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.record.codec.BadRecordException;
import dev.freshpyc.core.record.codec.RecordCodec;
import dev.freshpyc.indexer.fs.OpenFile;
import dev.freshpyc.indexer.fs.TreeWriter;
import dev.freshpyc.indexer.fs.TreeWriter.SystemCallException;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * One change, written to the journal before it is made.
 *
 * @param directory absolute, without links
 * @param temporary the name of the new file; empty for a change in place
 * @param keptAt the position of the old file in {@link OldContents}; {@link #NOTHING_KEPT} where only the header changes
 * @param keptLink the name beside the journal of a hard link of the old file; empty where the run broke no hard links
 * @param origin of a pyc; empty for an entry about something else
 */
public record JournalEntry(
        Operation operation,
        RawPath directory,
        RawPath name,
        RawPath temporary,
        FileState before,
        FileState after,
        HeaderBytes oldHead,
        HeaderBytes newHead,
        long keptAt,
        RawPath keptLink,
        Optional<Origin> origin) {

    /**
     * Where a pyc came from.
     *
     * @param source absolute
     * @param prior what was known of the source and of the pyc before the repair; without a record of the pyc where there was none
     */
    public record Origin(RawPath source, SourceRecord prior) {}

    /** What is done; the names stand in journals. */
    enum Operation {
        /** A header is written. */
        RESTAMPED,
        /** A whole file is replaced. */
        REPLACED,
        /** A file is made where there was none. */
        CREATED,
        /** A symbolic link is replaced by a file; the text of the link stands in the place of {@code temporary}. */
        LINK_REPLACED,
        /** The mtime of a source is set. */
        TIME,
        /** A directory is made for new files. */
        MADE,
        /** Nothing: the run looks at the tree below the directory. */
        TREE,
        /** Nothing yet: from now on the directory may hold new files whose names begin with {@code temporary}. */
        BEGUN;

        /** Whether a file is changed, and not only something announced. */
        boolean isChange() {
            return switch (this) {
                case RESTAMPED, REPLACED, CREATED, LINK_REPLACED, TIME -> true;
                case MADE, BEGUN, TREE -> false;
            };
        }
    }

    /** The value of {@code keptAt} where no old file is kept. */
    public static final long NOTHING_KEPT = -1;

    private static final HeaderBytes NO_HEAD = new HeaderBytes(0, 0, 0);

    private static final int MAX_LENGTH = 1 << 16;
    private static final byte[] NONE = {};

    /** An entry about a tree that the run looks at. */
    static JournalEntry tree(RawPath root) {
        return ofDirectory(Operation.TREE, root, RawPath.EMPTY, RawPath.EMPTY);
    }

    /** An entry about a directory that is made for new files. */
    static JournalEntry directoryMade(RawPath directory) {
        return ofDirectory(Operation.MADE, directory.parent(), directory.name(), RawPath.EMPTY);
    }

    /** An entry about a directory that may hold new files of this process from now on. */
    static JournalEntry directoryBegun(RawPath directory) {
        return ofDirectory(Operation.BEGUN, directory, RawPath.EMPTY, RawPath.of(TemporaryName.PREFIX));
    }

    private static JournalEntry ofDirectory(Operation operation, RawPath directory, RawPath name, RawPath temporary) {
        return of(operation, directory, name, temporary, FileState.ABSENT, FileState.ABSENT, NO_HEAD, NO_HEAD);
    }

    /** An entry about a header that is written: over the old one where {@code temporary} is empty. */
    public static JournalEntry restamped(
            RawPath directory,
            RawPath name,
            RawPath temporary,
            FileState before,
            FileState after,
            HeaderBytes oldHead,
            HeaderBytes newHead) {
        return of(Operation.RESTAMPED, directory, name, temporary, before, after, oldHead, newHead);
    }

    /** An entry about a file that is replaced as a whole. */
    public static JournalEntry replaced(
            RawPath directory,
            RawPath name,
            RawPath temporary,
            FileState before,
            FileState after,
            HeaderBytes oldHead,
            HeaderBytes newHead,
            long keptAt) {
        return new JournalEntry(
                Operation.REPLACED,
                directory,
                name,
                temporary,
                before,
                after,
                oldHead,
                newHead,
                keptAt,
                RawPath.EMPTY,
                Optional.empty());
    }

    /** An entry about a symbolic link that is replaced by a file. */
    public static JournalEntry linkReplaced(
            RawPath directory, RawPath name, RawPath link, FileState after, HeaderBytes newHead) {
        return of(Operation.LINK_REPLACED, directory, name, link, FileState.ABSENT, after, NO_HEAD, newHead);
    }

    /** An entry about a file that is made where there was none. */
    public static JournalEntry created(
            RawPath directory, RawPath name, RawPath temporary, FileState after, HeaderBytes newHead) {
        return of(Operation.CREATED, directory, name, temporary, FileState.ABSENT, after, NO_HEAD, newHead);
    }

    /** An entry about a source whose mtime is set to {@code seconds} since 1970. */
    public static JournalEntry timeSet(RawPath directory, RawPath name, FileState before, long seconds) {
        FileState after = new FileState(before.inode(), before.size(), seconds, 0);
        return of(Operation.TIME, directory, name, RawPath.EMPTY, before, after, NO_HEAD, NO_HEAD);
    }

    /** An entry that keeps nothing beside the journal. */
    private static JournalEntry of(
            Operation operation,
            RawPath directory,
            RawPath name,
            RawPath temporary,
            FileState before,
            FileState after,
            HeaderBytes oldHead,
            HeaderBytes newHead) {
        return new JournalEntry(
                operation,
                directory,
                name,
                temporary,
                before,
                after,
                oldHead,
                newHead,
                NOTHING_KEPT,
                RawPath.EMPTY,
                Optional.empty());
    }

    /** The entry, with the name of a hard link of the old file. */
    public JournalEntry withKeptLink(RawPath link) {
        return new JournalEntry(
                operation, directory, name, temporary, before, after, oldHead, newHead, keptAt, link, origin);
    }

    /** The entry, with what an undo puts back beside the bytes. */
    public JournalEntry withOrigin(Origin known) {
        return new JournalEntry(
                operation,
                directory,
                name,
                temporary,
                before,
                after,
                oldHead,
                newHead,
                keptAt,
                keptLink,
                Optional.of(known));
    }

    /** Whether a file is changed, and not only something announced. */
    boolean isChange() {
        return operation.isChange();
    }

    /** Whether the file lies at or below a directory. */
    boolean isBelow(RawPath top) {
        return isAtOrBelow(path(), top);
    }

    static boolean isAtOrBelow(RawPath path, RawPath top) {
        return path.equals(top) || path.relativeTo(top).isPresent();
    }

    /** Whether the header is written over the old one in the file itself. */
    boolean isInPlace() {
        return operation == Operation.RESTAMPED && temporary.equals(RawPath.EMPTY);
    }

    /** Whether an open file begins with the old header. */
    boolean isOldHeadOf(TreeWriter editor, OpenFile file) throws SystemCallException {
        return Arrays.equals(editor.read(file, oldHead.length()), oldHead.toBytes());
    }

    /** Whether an open file begins with the new header. */
    boolean isNewHeadOf(TreeWriter editor, OpenFile file) throws SystemCallException {
        return Arrays.equals(editor.read(file, newHead.length()), newHead.toBytes());
    }

    /** The path of the file. */
    RawPath path() {
        return directory.resolve(name);
    }

    void write(DataOutput out) throws IOException {
        out.writeUTF(operation.name());
        writePath(directory, out);
        writePath(name, out);
        writePath(temporary, out);
        before.write(out);
        after.write(out);
        writeHead(oldHead, out);
        writeHead(newHead, out);
        out.writeLong(keptAt);
        writePath(keptLink, out);
        byte[] prior = origin.map(known -> RecordCodec.encode(known.prior())).orElse(NONE);
        writePath(origin.map(Origin::source).orElse(RawPath.EMPTY), out);
        out.writeInt(prior.length);
        out.write(prior);
    }

    static JournalEntry read(DataInput in) throws IOException {
        return new JournalEntry(
                Operation.valueOf(in.readUTF()),
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

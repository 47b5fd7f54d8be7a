package dev.freshpyc.indexer.repair.journal;

import dev.freshpyc.core.manifest.WheelRecord;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.HeaderBytes;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.indexer.fs.OpenFile;
import dev.freshpyc.indexer.fs.TreeWriter;
import dev.freshpyc.indexer.fs.TreeWriter.SystemCallException;
import java.util.Arrays;
import java.util.Optional;

/**
 * One change, written to the journal before it is made.
 *
 * @param directory absolute, without links
 * @param temporary the name of the new file; empty for a change in place
 * @param keptAt the position of the old file in {@link OldContents}; {@link #NOTHING_KEPT} where only the header changes
 * @param keptLink the name beside the journal of the old file, or of a copy of a removed one; empty where neither is kept
 * @param origin of a pyc, or of a source whose mtime is set; empty for an entry about something else
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
     * A source and its record before the run: the source of a pyc, or the source whose mtime is set.
     *
     * @param source absolute
     * @param prior the record of the source and of the pyc before the run; without a record of the pyc where there was none
     */
    public record Origin(RawPath source, SourceRecord prior) {}

    /** The kind of a change. The names stand in journals. */
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
        /** A file is removed. */
        REMOVED,
        /** An empty directory is removed. */
        DIRECTORY_REMOVED,
        /** A directory is made for new files. */
        MADE,
        /**
         * No change: the run covers the tree below the directory. Where the tree belongs to a system with another root directory, that
         * directory stands in the place of {@code temporary}.
         */
        TREE,
        /** No change yet: from now on the directory may hold new files whose names begin with {@code temporary}. */
        BEGUN;

        /** Whether a file is changed. */
        boolean isChange() {
            return switch (this) {
                case RESTAMPED, REPLACED, CREATED, LINK_REPLACED, TIME, REMOVED -> true;
                case DIRECTORY_REMOVED, MADE, BEGUN, TREE -> false;
            };
        }
    }

    /** The value of {@code keptAt} where no old file is kept. */
    public static final long NOTHING_KEPT = -1;

    private static final HeaderBytes NO_HEAD = new HeaderBytes(0, 0, 0);

    /**
     * An entry about a tree that the run covers.
     *
     * @param root the root directory of the system that the tree belongs to; empty for this system
     */
    static JournalEntry tree(RawPath top, Optional<RawPath> root) {
        return ofDirectory(Operation.TREE, top, RawPath.EMPTY, root.orElse(RawPath.EMPTY));
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
        return of(Operation.REPLACED, directory, name, temporary, before, after, oldHead, newHead)
                .with(keptAt, RawPath.EMPTY, Optional.empty());
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

    /**
     * An entry about a file that is removed.
     *
     * @param kept the name beside the journal of the file itself, or of a copy
     */
    public static JournalEntry removed(RawPath directory, RawPath name, FileState before, RawPath kept) {
        return of(Operation.REMOVED, directory, name, RawPath.EMPTY, before, FileState.ABSENT, NO_HEAD, NO_HEAD)
                .withKeptLink(kept);
    }

    /**
     * An entry about an empty directory that is removed.
     *
     * @param kept the name beside the journal of a directory with the same attributes
     */
    public static JournalEntry directoryRemoved(RawPath directory, RawPath kept) {
        return ofDirectory(Operation.DIRECTORY_REMOVED, directory.parent(), directory.name(), RawPath.EMPTY)
                .withKeptLink(kept);
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
        return with(keptAt, link, origin);
    }

    /** The entry, with the record that an undo restores beside the bytes. */
    public JournalEntry withOrigin(Origin known) {
        return with(keptAt, keptLink, Optional.of(known));
    }

    private JournalEntry with(long newKeptAt, RawPath newKeptLink, Optional<Origin> newOrigin) {
        return new JournalEntry(
                operation,
                directory,
                name,
                temporary,
                before,
                after,
                oldHead,
                newHead,
                newKeptAt,
                newKeptLink,
                newOrigin);
    }

    /** Whether the entry is about a changed file. */
    boolean isChange() {
        return operation.isChange();
    }

    /** Whether the file is the RECORD of a wheel, which lists pycs that the run changed. */
    boolean isRecord() {
        return operation == Operation.REPLACED && origin.isEmpty() && name.equals(WheelRecord.NAME);
    }

    /** Whether the file lies at or below a directory; for a RECORD, whether all files that the RECORD lists lie there. */
    boolean isBelow(RawPath top) {
        return isAtOrBelow(isRecord() ? directory.parent() : path(), top);
    }

    /** Whether the file is a RECORD that lists files at or below a directory, and files elsewhere. */
    boolean isRecordAbove(RawPath top) {
        return isRecord() && !isBelow(top) && isAtOrBelow(/* path= */ top, /* top= */ directory.parent());
    }

    /** Whether the path lies at or below a directory, or is a directory above it. */
    boolean isOnTheWayTo(RawPath top) {
        return isBelow(top) || isAtOrBelow(/* path= */ top, /* top= */ path());
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
}

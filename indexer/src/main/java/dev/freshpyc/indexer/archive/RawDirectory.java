package dev.freshpyc.indexer.archive;

import dev.freshpyc.indexer.fs.FileContents;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The central directory of an archive and all that follows it, as bytes to be changed: the records of the members, the end records
 * and the comment.
 */
final class RawDirectory {

    private static final int SIGNATURE = 0x02014b50;
    private static final int LOCATOR_64 = 0x07064b50;
    private static final int LOCATOR_LENGTH = 20;
    private static final int END = 0x06054b50;
    private static final int END_LENGTH = 22;
    private static final int OFFSET = 42;
    private static final int IN_EXTRA = -1;
    private static final long MOST = 0xffff_fffeL;

    private final EndRecord end;
    private final byte[] bytes;
    private final List<Member> members = new ArrayList<>();

    private RawDirectory(EndRecord end, byte[] bytes) {
        this.end = end;
        this.bytes = bytes;
    }

    /**
     * A member, as the central directory records it.
     *
     * @param recordAt where its record begins in the directory
     * @param headerAt where its local header begins, in bytes from the start of the file
     */
    record Member(int recordAt, MemberSizes sizes, long headerAt) {}

    /** @throws SpliceException when versions of Python do not agree about the archive, or one refuses it */
    static RawDirectory read(FileContents archive) throws IOException, SpliceException {
        try {
            EndRecord end = EndRecord.find(archive, archive.size(), ZipRules.NEWEST);
            EndRecord older = EndRecord.find(archive, archive.size(), ZipRules.BEFORE_ZIP64);
            long length = archive.size() - end.directoryAt();
            if (end.directoryAt() != older.directoryAt() || end.recordedAt() != older.recordedAt()) {
                throw new SpliceException("versions of Python do not agree about where its members are");
            }
            byte[] bytes = new byte[(int) Math.min(length, CentralDirectory.MAX_LENGTH)];
            if (!archive.readFully(end.directoryAt(), bytes, bytes.length)) {
                throw new IOException(FileContents.CUT_SHORT);
            }
            RawDirectory directory = new RawDirectory(end, bytes);
            directory.addMembers();
            return directory;
        } catch (ArchiveException refused) {
            throw new SpliceException("Python cannot read it");
        }
    }

    private void addMembers() throws ArchiveException {
        for (int at = 0; LittleEndian.word(bytes, at) == SIGNATURE; ) {
            NumberFields fields = NumberFields.central(at);
            int next = at + fields.length(bytes);
            int extraAt = at + NumberFields.CENTRAL_LENGTH + LittleEndian.half(bytes, at + 28);
            MemberSizes sizes = new MemberSizes(
                            LittleEndian.unsignedWord(bytes, at + 24),
                            LittleEndian.unsignedWord(bytes, at + 20),
                            LittleEndian.unsignedWord(bytes, at + OFFSET))
                    .extended(bytes, extraAt, next);
            members.add(new Member(at, sizes, sizes.headerAt() + end.prefix()));
            at = next + LittleEndian.half(bytes, at + 32);
        }
    }

    /** Where the directory begins, in bytes from the start of the file. */
    long at() {
        return end.directoryAt();
    }

    /** The bytes, which are not copied. */
    byte[] bytes() {
        return bytes;
    }

    /** The member at that place, from 0. */
    Member member(int index) {
        return members.get(index);
    }

    /** All members in the order of their data. */
    List<Member> byPosition() {
        return members.stream()
                .sorted(Comparator.comparingLong(Member::headerAt))
                .toList();
    }

    /** Writes where a member's local header begins, after {@code moved} bytes were added before it. */
    void move(Member member, long moved) throws SpliceException {
        long offset = member.sizes().headerAt() + moved;
        int field = member.recordAt() + OFFSET;
        if (LittleEndian.word(bytes, field) != IN_EXTRA) {
            LittleEndian.putWord(bytes, field, small(offset));
            return;
        }
        int record = member.recordAt();
        int before = (LittleEndian.word(bytes, record + 24) == IN_EXTRA ? 1 : 0)
                + (LittleEndian.word(bytes, record + 20) == IN_EXTRA ? 1 : 0);
        int values = NumberFields.central(record).zip64(bytes, before + 1);
        LittleEndian.putLong(bytes, values + before * Long.BYTES, offset);
    }

    /** Writes where the directory begins, after {@code moved} bytes were added before it. */
    void moveDirectory(long moved) throws SpliceException {
        int last = LittleEndian.lastIndexOf(bytes, END);
        if (last < 0 || last + END_LENGTH > bytes.length) {
            throw new SpliceException("it has no end record");
        }
        if (LittleEndian.word(bytes, last + 16) != IN_EXTRA) {
            LittleEndian.putWord(bytes, last + 16, small(LittleEndian.unsignedWord(bytes, last + 16) + moved));
        }
        int locator = last - LOCATOR_LENGTH;
        if (locator >= 0 && LittleEndian.word(bytes, locator) == LOCATOR_64) {
            long end64 = LittleEndian.longWord(bytes, locator + 8);
            int at = (int) (end64 + end.prefix() - end.directoryAt());
            if (at < 0 || at + 56 > locator) {
                throw new SpliceException("its zip64 end record is missing");
            }
            LittleEndian.putLong(bytes, locator + 8, end64 + moved);
            LittleEndian.putLong(bytes, at + 48, LittleEndian.longWord(bytes, at + 48) + moved);
        }
    }

    private static int small(long offset) throws SpliceException {
        if (offset < 0 || offset > MOST) {
            throw new SpliceException("it would need the zip64 format");
        }
        return (int) offset;
    }
}

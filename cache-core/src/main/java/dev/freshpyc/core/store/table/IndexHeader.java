package dev.freshpyc.core.store.table;

import dev.freshpyc.core.digest.Crc32c;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.store.IndexInfo;
import dev.freshpyc.core.store.file.UnusableIndexException;
import dev.freshpyc.core.store.file.UnusableIndexException.Corrupt;
import dev.freshpyc.core.store.file.UnusableIndexException.TooNew;
import dev.freshpyc.core.store.file.UnusableIndexException.TooOld;
import dev.freshpyc.core.store.table.SectionTable.Section;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * The beginning of an index file: the facts about the index, and the table of the sections behind the header. The
 * documentation of the package describes the bytes.
 *
 * @param info the facts about the index; {@code bytes} is the size of the whole file
 */
public record IndexHeader(IndexInfo info, SectionTable table) {

    /** The format of the header; each section has a version of its own. */
    static final int FORMAT = 5;

    /** Bytes before the path of the entry. */
    static final int FIXED = 56;

    private static final int OLDEST_FORMAT = 1;

    /** The first format whose header ends with its checksum, at the length that its first bytes tell. */
    private static final int FIRST_WITH_CHECKSUM = 4;

    private static final int MAX_LENGTH = 1 << 20;
    private static final int MAX_ENTRY = 1 << 16;
    private static final long MAGIC = 0x7864696873657266L;
    private static final int FORMAT_AT = Long.BYTES;
    private static final int GENERATION_AT = 16;

    /** The length of a header, in bytes. */
    static int length(RawPath entry, int sections) {
        return FIXED + entry.length() + sections * SectionTable.ROW + Crc32c.LENGTH;
    }

    byte[] encode() {
        byte[] entry = info.entry().toBytes();
        int sections = table.sections().size();
        ByteBuffer out = ByteBuffer.allocate(length(info.entry(), sections)).order(ByteOrder.LITTLE_ENDIAN);
        out.putLong(MAGIC).putInt(FORMAT).putInt(out.capacity());
        out.putLong(info.generation()).putLong(info.token()).putLong(info.checkedAtNanos());
        out.putLong(info.records()).putInt(entry.length).putInt(sections).put(entry);
        table.encode(out);
        Crc32c.finish(out.array());
        return out.array();
    }

    /**
     * Reads the length of a header from its first {@value #FIXED} bytes, which are not verified yet.
     *
     * @param size the size of the file
     */
    static int length(Path file, byte[] first, long size) throws UnusableIndexException {
        ByteBuffer in = ByteBuffer.wrap(first).order(ByteOrder.LITTLE_ENDIAN);
        Corrupt.unless(in.getLong() == MAGIC, file, "an index of freshpyc", "something else");
        int format = in.getInt();
        if (format >= OLDEST_FORMAT && format < FIRST_WITH_CHECKSUM) {
            throw new TooOld(file, "format " + FORMAT, "format " + format);
        }
        Corrupt.unless(format >= FIRST_WITH_CHECKSUM, file, "format " + FORMAT, "format " + format);
        int length = in.getInt();
        boolean plausible = length >= FIXED + Crc32c.LENGTH && length <= Math.min(size, MAX_LENGTH);
        Corrupt.unless(plausible, file, "a header inside the file", length + " bytes of header");
        return length;
    }

    /** The header in the first bytes of a file that has {@code size} bytes. */
    static IndexHeader decode(Path file, byte[] bytes, long size) throws UnusableIndexException {
        Corrupt.unless(Crc32c.isIntact(bytes), file, "the header's checksum", "another");
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int format = in.getInt(FORMAT_AT);
        if (format < FORMAT) {
            throw new TooOld(file, "format " + FORMAT, "format " + format);
        }
        if (format > FORMAT) {
            throw new TooNew(file, "format " + FORMAT, "format " + format);
        }
        in.position(GENERATION_AT);
        long generation = in.getLong();
        long token = in.getLong();
        long checkedAt = in.getLong();
        long records = in.getLong();
        int entryLength = in.getInt();
        int sections = in.getInt();
        boolean sized = entryLength >= 0
                && entryLength <= MAX_ENTRY
                && sections >= 0
                && sections <= SectionTable.MAX_SECTIONS
                && FIXED + entryLength + sections * SectionTable.ROW + Crc32c.LENGTH == bytes.length;
        Corrupt.unless(sized, file, "a header of " + bytes.length + " bytes", "another length");
        RawPath entry = RawPath.of(bytes, FIXED, FIXED + entryLength);
        in.position(FIXED + entryLength);
        SectionTable table = SectionTable.decode(file, in, sections, bytes.length, size);
        table.requireKnown(file, IndexFile.SECTIONS);
        return new IndexHeader(new IndexInfo(entry, generation, token, checkedAt, records, size), table);
    }

    /** Refuses the index of another entry. Two entries may have one file name, and users may copy index files. */
    static void requireAbout(Path file, RawPath entry, IndexInfo info) throws Corrupt {
        Corrupt.unless(info.entry().equals(entry), file, "the index of " + entry, "that of " + info.entry());
    }

    /** Refuses a path that is too long for a header. */
    public static void requireEncodable(RawPath entry) {
        if (entry.length() > MAX_ENTRY) {
            throw new IllegalArgumentException("a path of " + entry.length() + " bytes");
        }
    }

    Section require(Path file, String name, int version) throws UnusableIndexException {
        return table.require(file, name, version);
    }
}

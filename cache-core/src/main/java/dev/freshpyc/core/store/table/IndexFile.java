package dev.freshpyc.core.store.table;

import dev.freshpyc.core.digest.Crc32c;
import dev.freshpyc.core.record.RecordedVerdicts;
import dev.freshpyc.core.record.codec.BadRecordException;
import dev.freshpyc.core.record.codec.RecordCodec;
import dev.freshpyc.core.record.codec.RecordedVerdictsCodec;
import dev.freshpyc.core.record.codec.SealCodec;
import dev.freshpyc.core.store.IndexInfo;
import dev.freshpyc.core.store.file.UnusableIndexException.Corrupt;
import dev.freshpyc.core.store.table.SectionTable.Section;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * An open index file. Opening reads the header only; each section is read and verified when it is asked for, and of the
 * records only the blocks that are asked for.
 */
final class IndexFile implements AutoCloseable {

    /** The token of the file below; only an overlay has it. */
    static final String BELOW = "below";

    /** The table of the records. The version of the section is that of the records. */
    static final String RECORDS = "records";

    /** The pages of the index of the table's blocks, which have the checksums of the blocks. */
    static final String BLOCKS = "blocks";

    /** The index of these pages, which has their checksums. */
    static final String PAGES = "pages";

    /** The seals of the directories. The section is optional, because the records are complete without the seals. */
    static final String SEALS = "seals";

    /** How many pycs have which verdict. */
    static final String VERDICTS = "verdicts";

    /** The names of the sections that this version knows. */
    static final Set<String> SECTIONS = Set.of(BELOW, RECORDS, BLOCKS, PAGES, SEALS, VERDICTS);

    static final int BELOW_VERSION = 1;
    static final int BLOCKS_VERSION = 2;
    static final int PAGES_VERSION = 1;

    private static final int MAX_READ = Integer.MAX_VALUE - 8;

    private final Path file;
    private final FileChannel channel;
    private final IndexHeader header;

    private IndexFile(Path file, FileChannel channel, IndexHeader header) {
        this.file = file;
        this.channel = channel;
        this.header = header;
    }

    /** Opens a file and reads its header. */
    static IndexFile open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        try {
            IndexHeader header = readHeader(file, channel);
            header.require(file, RECORDS, RecordCodec.VERSION);
            header.require(file, BLOCKS, BLOCKS_VERSION);
            return new IndexFile(file, channel, header);
        } catch (IOException | RuntimeException unusable) {
            channel.close();
            throw unusable;
        }
    }

    /** The facts in the header. */
    IndexInfo info() {
        return header.info();
    }

    /** The token of the file that this overlay lies over; empty for a file that is no overlay. */
    OptionalLong below() throws IOException {
        Optional<Section> section = header.table().find(file, BELOW, BELOW_VERSION);
        if (section.isEmpty()) {
            return OptionalLong.empty();
        }
        byte[] token = read(section.get());
        Corrupt.unless(token.length == Long.BYTES, file, "a token", token.length + " bytes");
        return OptionalLong.of(
                ByteBuffer.wrap(token).order(ByteOrder.LITTLE_ENDIAN).getLong());
    }

    /** The table of the records, of which only the index of its pages is read. */
    SortedTable records() throws IOException {
        Section records = header.require(file, RECORDS, RecordCodec.VERSION);
        Section blocks = header.require(file, BLOCKS, BLOCKS_VERSION);
        byte[] root = read(header.require(file, PAGES, PAGES_VERSION));
        return SortedTable.paged(
                file, channel, records.offset(), records.length(), blocks.offset(), blocks.length(), root);
    }

    /** The encoded seals; those of no directory if the file has seals of another version. */
    byte[] seals() throws IOException {
        Optional<Section> section = header.table().find(file, SEALS, SealCodec.VERSION);
        return section.isPresent() ? read(section.get()) : SealCodec.encode(Map.of());
    }

    RecordedVerdicts verdicts() throws IOException {
        byte[] bytes = read(header.require(file, VERDICTS, RecordedVerdictsCodec.VERSION));
        try {
            return RecordedVerdictsCodec.decode(bytes);
        } catch (BadRecordException bad) {
            throw new Corrupt(file, "verdicts", String.valueOf(bad.getMessage()));
        }
    }

    Path path() {
        return file;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static IndexHeader readHeader(Path file, FileChannel channel) throws IOException {
        long size = channel.size();
        byte[] first = Channels.readFully(file, channel, 0, IndexHeader.FIXED);
        int length = IndexHeader.length(file, first, size);
        return IndexHeader.decode(file, Channels.readFully(file, channel, 0, length), size);
    }

    /** Reads and verifies a section. The table has checked that the section lies inside the file, so the length is limited. */
    private byte[] read(Section section) throws IOException {
        Corrupt.unless(section.length() <= MAX_READ, file, "section " + section.name(), section.length() + " bytes");
        byte[] bytes = Channels.readFully(file, channel, section.offset(), (int) section.length());
        Corrupt.unless(Crc32c.of(bytes) == section.checksum(), file, "the checksum of " + section.name(), "another");
        return bytes;
    }
}

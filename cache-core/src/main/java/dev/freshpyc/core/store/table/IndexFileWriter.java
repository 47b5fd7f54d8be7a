package dev.freshpyc.core.store.table;

import dev.freshpyc.core.digest.Crc32c;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.RecordedVerdicts;
import dev.freshpyc.core.record.VerdictSum;
import dev.freshpyc.core.record.codec.RecordCodec;
import dev.freshpyc.core.record.codec.RecordedVerdictsCodec;
import dev.freshpyc.core.record.codec.SealCodec;
import dev.freshpyc.core.store.IndexInfo;
import dev.freshpyc.core.store.table.IndexContents.Overlay;
import dev.freshpyc.core.store.table.SectionTable.Section;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;

/** Writes an index file with plain system calls: the sections one after the other, and the header before them at last. */
public final class IndexFileWriter {

    private static final int SECTIONS_OF_A_WHOLE_INDEX = 5;

    private final FileChannel channel;
    private final RawPath entry;
    private final List<Section> sections = new ArrayList<>();
    private long records;

    /** A writer to an empty file. */
    public IndexFileWriter(FileChannel channel, RawPath entry) {
        this.channel = channel;
        this.entry = entry;
    }

    /** Writes all sections, and leaves room for the header before them. */
    public void writeSections(IndexContents contents) throws IOException {
        int count = SECTIONS_OF_A_WHOLE_INDEX + (contents.overlay().isPresent() ? 1 : 0);
        channel.position(IndexHeader.length(entry, count));
        if (contents.overlay().isPresent()) {
            write(
                    IndexFile.BELOW,
                    IndexFile.BELOW_VERSION,
                    true,
                    bytes(contents.overlay().get().token()));
        }
        VerdictSum verdicts = new VerdictSum(RecordedVerdicts.NONE);
        writeRecords(contents.entries(), verdicts);
        write(IndexFile.SEALS, SealCodec.VERSION, false, contents.seals());
        RecordedVerdicts sum = contents.overlay().map(Overlay::verdicts).orElseGet(verdicts::sum);
        write(IndexFile.VERDICTS, RecordedVerdictsCodec.VERSION, true, RecordedVerdictsCodec.encode(sum));
        records = contents.overlay().map(Overlay::records).orElse(records);
    }

    /** How many records the index has. */
    public long records() {
        return records;
    }

    /** Writes the header; may be called again with another generation. */
    public void writeHeader(IndexInfo info) throws IOException {
        channel.position(0);
        byte[] header = new IndexHeader(info, new SectionTable(sections)).encode();
        Channels.writeFully(channel, ByteBuffer.wrap(header));
    }

    private void writeRecords(Cursor entries, VerdictSum verdicts) throws IOException {
        long begin = channel.position();
        TableWriter table = new TableWriter(channel);
        while (entries.next()) {
            byte[] value = entries.value();
            table.add(entries.key(), value);
            Records.decode(value).ifPresent(verdicts::add);
        }
        table.finish();
        records = table.entries();
        sections.add(new Section(IndexFile.RECORDS, RecordCodec.VERSION, true, begin, table.length(), 0));
        StoredPages.Encoded blocks = StoredPages.Encoded.of(new BlockIndex(table.index()));
        writeUnchecked(
                IndexFile.BLOCKS, IndexFile.BLOCKS_VERSION, blocks.pages().toByteArray());
        write(IndexFile.PAGES, IndexFile.PAGES_VERSION, true, blocks.root().encode());
    }

    private void write(String name, int version, boolean required, byte[] bytes) throws IOException {
        write(new Section(name, version, required, channel.position(), bytes.length, Crc32c.of(bytes)), bytes);
    }

    /** Writes a required section of which each part has a checksum in another section. */
    private void writeUnchecked(String name, int version, byte[] bytes) throws IOException {
        write(new Section(name, version, true, channel.position(), bytes.length, 0), bytes);
    }

    private void write(Section section, byte[] bytes) throws IOException {
        sections.add(section);
        Channels.writeFully(channel, ByteBuffer.wrap(bytes));
    }

    private static byte[] bytes(long token) {
        return ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(token)
                .array();
    }
}

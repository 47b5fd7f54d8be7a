package dev.freshpyc.core.store.table;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.codec.RecordCodec;
import dev.freshpyc.core.record.codec.SealCodec;
import dev.freshpyc.core.store.IndexInfo;
import dev.freshpyc.core.store.file.FileWriter;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.util.Map;

/**
 * Writes a sealed index: the records of another index with stamps that survive a copy of the tree. Equal trees and times give equal
 * bytes, so that an image that contains the file can be built again: the token is a part of the records' SHA-256.
 */
public final class SealedIndexFile implements FileWriter {

    private static final long FIRST_GENERATION = 1;

    private final RawPath entry;
    private final Cursor records;
    private final long sealedAtNanos;

    /**
     * A file that is not written yet.
     *
     * @param entry the path that the path entry will have in the copy
     * @param records of the index that the tree has now; read once
     * @param sealedAtNanos nanoseconds since 1970
     */
    public SealedIndexFile(RawPath entry, Cursor records, long sealedAtNanos) {
        this.entry = entry;
        this.records = records;
        this.sealedAtNanos = sealedAtNanos;
    }

    @Override
    public void write(FileChannel channel) throws IOException {
        IndexFileWriter writer = new IndexFileWriter(channel, entry);
        MessageDigest all = Sha256.newDigest();
        Cursor portable = records.map((key, record) -> portable(key, record, all));
        writer.writeSections(IndexContents.of(portable, SealCodec.encode(Map.of())));
        long token = Sha256.of(all.digest()).first();
        writer.writeHeader(
                new IndexInfo(entry, FIRST_GENERATION, token, sealedAtNanos, writer.records(), channel.size()));
    }

    /** The record with portable stamps; its bytes go into the digest that names the records. */
    private static byte[] portable(byte[] key, byte[] record, MessageDigest all) {
        byte[] portable = Records.decode(record)
                .map(known -> RecordCodec.encode(known.portable()))
                .orElse(record);
        all.update(key);
        all.update(portable);
        return portable;
    }
}

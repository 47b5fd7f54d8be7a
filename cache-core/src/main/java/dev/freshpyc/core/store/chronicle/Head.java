package dev.freshpyc.core.store.chronicle;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.codec.RecordCodec;
import dev.freshpyc.core.store.IndexInfo;
import dev.freshpyc.core.store.file.NotAnIndexException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * What stands before the image in an index file, laid out as the package's documentation gives it.
 *
 * @param info its {@code bytes} are those of the whole file
 * @param pageSize of the machine that wrote it
 * @param imageChecksum CRC-32C of the checksums of the image's blocks
 */
record Head(IndexInfo info, int pageSize, Shape shape, long imageSize, int imageChecksum, Section seals) {

    /** How long the seals are, in bytes, and their CRC-32C. */
    record Section(int length, int checksum) {}

    /** The layout of head and image. */
    static final int FORMAT = 3;

    /** Without the entry. */
    static final int LENGTH = 128;

    private static final int MAX_ENTRY = 1 << 16;

    private static final long MAGIC = 0x7864696873657266L;
    private static final int LIBRARY_LENGTH = 16;
    private static final int ENTRY_LENGTH = 100;
    private static final int CHECKSUM = 124;
    private static final int BYTE_ORDER = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? 1 : 2;

    /** The bytes of head and entry. */
    byte[] encode() {
        byte[] entry = info.entry().toBytes();
        ByteBuffer out = ByteBuffer.allocate(LENGTH + entry.length).order(ByteOrder.LITTLE_ENDIAN);
        out.putLong(MAGIC).putInt(FORMAT).putInt(RecordCodec.VERSION).put(library());
        out.putInt(pageSize).putInt(BYTE_ORDER);
        out.putLong(info.generation()).putLong(info.token()).putLong(info.checkedAtNanos());
        out.putLong(info.records()).putLong(imageSize);
        out.putLong(shape.entries()).putInt(shape.averageKey()).putInt(shape.averageValue());
        out.putInt(shape.segments()).putInt(entry.length).putInt(imageChecksum);
        out.putInt(seals.length).putInt(seals.checksum);
        out.put(LENGTH, entry).putInt(CHECKSUM, checksum(out.array()));
        return out.array();
    }

    /** How many bytes the entry has, by the first {@value #LENGTH} bytes of a file; they are not verified yet. */
    static int entryLength(Path file, byte[] first) throws NotAnIndexException {
        ByteBuffer in = ByteBuffer.wrap(first).order(ByteOrder.LITTLE_ENDIAN);
        require(in.getLong() == MAGIC, file, "an index of freshpyc", "something else");
        int format = in.getInt();
        require(format == FORMAT, file, "format " + FORMAT, "format " + format);
        int length = in.getInt(ENTRY_LENGTH);
        require(length >= 0 && length <= MAX_ENTRY, file, "a path", length + " bytes of path");
        return length;
    }

    /** The head in the first bytes of a file that has {@code size} bytes. */
    static Head decode(Path file, byte[] bytes, long size) throws NotAnIndexException {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        require(in.getInt(CHECKSUM) == checksum(bytes), file, "the head's checksum", "another");
        requireSameWriter(file, in);
        int pageSize = in.getInt();
        int order = in.getInt();
        require(order == BYTE_ORDER, file, "this machine's byte order", "another");
        long generation = in.getLong();
        long token = in.getLong();
        long checkedAt = in.getLong();
        long records = in.getLong();
        long imageSize = in.getLong();
        Shape shape = new Shape(in.getLong(), in.getInt(), in.getInt(), in.getInt());
        RawPath entry = RawPath.of(bytes, LENGTH, LENGTH + in.getInt());
        int imageChecksum = in.getInt();
        Section seals = new Section(in.getInt(), in.getInt());
        long expected = bytes.length + seals.length + Image.checksumsLength(imageSize) + imageSize;
        boolean sized = seals.length >= 0 && imageSize >= 0 && size == expected;
        require(sized, file, expected + " bytes", size + " bytes");
        IndexInfo info = new IndexInfo(entry, generation, token, checkedAt, records, size);
        return new Head(info, pageSize, shape, imageSize, imageChecksum, seals);
    }

    /** Leaves {@code in} behind what it compares. */
    private static void requireSameWriter(Path file, ByteBuffer in) throws NotAnIndexException {
        in.position(Long.BYTES + Integer.BYTES);
        int records = in.getInt();
        require(records == RecordCodec.VERSION, file, "records of format " + RecordCodec.VERSION, "format " + records);
        byte[] library = new byte[LIBRARY_LENGTH];
        in.get(library);
        String found = new String(library, StandardCharsets.US_ASCII).strip();
        require(Arrays.equals(library, library()), file, "Chronicle Map " + OffHeapMap.LIBRARY, found);
    }

    /** Whether it is about the entry that was asked for: names are shorter than paths, and files are copied about. */
    static void requireAbout(Path file, RawPath entry, IndexInfo info) throws NotAnIndexException {
        require(info.entry().equals(entry), file, "the index of " + entry, "that of " + info.entry());
    }

    static void requireEncodable(RawPath entry) {
        if (entry.length() > MAX_ENTRY) {
            throw new IllegalArgumentException("a path of " + entry.length() + " bytes");
        }
    }

    static void require(boolean condition, Path file, String expected, String found) throws NotAnIndexException {
        if (!condition) {
            throw new NotAnIndexException(file, expected, found);
        }
    }

    private static byte[] library() {
        return Arrays.copyOf(OffHeapMap.LIBRARY.getBytes(StandardCharsets.US_ASCII), LIBRARY_LENGTH);
    }

    private static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, CHECKSUM);
        crc.update(bytes, LENGTH, bytes.length - LENGTH);
        return (int) crc.getValue();
    }
}

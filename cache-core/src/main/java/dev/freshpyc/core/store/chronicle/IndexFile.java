package dev.freshpyc.core.store.chronicle;

import dev.freshpyc.core.file.RawPath;
import dev.freshpyc.core.record.BadRecordException;
import dev.freshpyc.core.record.SealCodec;
import dev.freshpyc.core.store.Seals;
import dev.freshpyc.core.store.file.NotAnIndexException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/** Index files, read and written by plain system calls. */
final class IndexFile {

    /** Read and checksummed at a time: small enough to be still in the processor's cache. */
    private static final int SLICE = 1 << 18;

    private IndexFile() {}

    /** A file's head, which says nothing about the image yet. */
    static Head readHead(Path file) throws IOException {
        try (FileChannel channel = open(file)) {
            return readHead(file, channel);
        }
    }

    /** The seals in a file about that entry; its image is not looked at. */
    static Seals readSeals(Path file, RawPath entry) throws IOException {
        try (FileChannel channel = open(file)) {
            Head head = readHead(file, channel);
            Head.requireAbout(file, entry, head.info());
            return readSeals(file, channel, head);
        }
    }

    /** A whole file about that entry, every byte of it checked. */
    static LoadedIndex read(Path file, RawPath entry) throws IOException {
        try (FileChannel channel = open(file)) {
            Head head = readHead(file, channel);
            Head.requireAbout(file, entry, head.info());
            Head.require(
                    head.pageSize() == OffHeapMap.pageSize(),
                    file,
                    "this machine's page size",
                    head.pageSize() + " bytes");
            Head.require(head.shape().isPlausible(head.imageSize()), file, "a plausible shape", head.shape() + "");
            EncodedSeals seals = new EncodedSeals(readSealBytes(file, channel, head));
            return new LoadedIndex(head.info(), seals, readImage(file, channel, head));
        }
    }

    /** Writes seals and image, leaving room for a head of that length; returns the image's checksum. */
    static int writeBody(FileChannel channel, int headLength, byte[] seals, OffHeapMap map) throws IOException {
        CRC32C crc = new CRC32C();
        channel.position(headLength);
        writeFully(channel, ByteBuffer.wrap(seals));
        map.forEachPiece(piece -> {
            crc.update(piece.duplicate());
            writeFully(channel, piece);
        });
        return (int) crc.getValue();
    }

    static void writeHead(FileChannel channel, Head head) throws IOException {
        channel.position(0);
        writeFully(channel, ByteBuffer.wrap(head.encode()));
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    }

    private static Head readHead(Path file, FileChannel channel) throws IOException {
        long size = channel.size();
        ByteBuffer first = ByteBuffer.allocate(Head.LENGTH);
        readFully(file, channel, first);
        int entry = Head.entryLength(file, first.array());
        ByteBuffer all = ByteBuffer.allocate(Head.LENGTH + entry).put(first.flip());
        readFully(file, channel, all);
        return Head.decode(file, all.array(), size);
    }

    private static Seals readSeals(Path file, FileChannel channel, Head head) throws IOException {
        try {
            return new Seals(head.info(), SealCodec.decode(readSealBytes(file, channel, head)));
        } catch (BadRecordException bad) {
            throw new NotAnIndexException(file, "seals", String.valueOf(bad.getMessage()));
        }
    }

    private static byte[] readSealBytes(Path file, FileChannel channel, Head head) throws IOException {
        ByteBuffer seals = ByteBuffer.allocate(head.seals().length());
        readFully(file, channel, seals);
        int checksum = checksum(seals.array());
        Head.require(checksum == head.seals().checksum(), file, "the seals' checksum", "another");
        return seals.array();
    }

    static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    private static OffHeapMap readImage(Path file, FileChannel channel, Head head) throws IOException {
        OffHeapMap map = OffHeapMap.uninitialized(head.shape());
        try {
            requireSize(file, head, map);
            CRC32C crc = new CRC32C();
            map.forEachPiece(piece -> readPiece(file, channel, piece, crc));
            Head.require((int) crc.getValue() == head.imageChecksum(), file, "the image's checksum", "another");
            requireSize(file, head, map);
            long records = map.count();
            Head.require(records == head.info().records(), file, head.info().records() + " records", records + "");
            return map;
        } catch (IOException | RuntimeException e) {
            map.close();
            throw e;
        }
    }

    /** The second time after the image has brought its own numbers. */
    private static void requireSize(Path file, Head head, OffHeapMap map) throws NotAnIndexException {
        boolean same = map.bytes() == head.imageSize() && !map.overflows();
        Head.require(same, file, "a map of " + map.bytes() + " bytes", head.imageSize() + " bytes");
    }

    private static void readPiece(Path file, FileChannel channel, ByteBuffer piece, CRC32C crc) throws IOException {
        while (piece.hasRemaining()) {
            ByteBuffer slice = piece.slice(piece.position(), Math.min(SLICE, piece.remaining()));
            readFully(file, channel, slice);
            crc.update(slice.flip());
            piece.position(piece.position() + slice.limit());
        }
    }

    private static void readFully(Path file, FileChannel channel, ByteBuffer into) throws IOException {
        while (into.hasRemaining()) {
            if (channel.read(into) < 0) {
                throw new NotAnIndexException(file, "a whole index", channel.size() + " bytes");
            }
        }
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}

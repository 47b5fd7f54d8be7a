package dev.freshpyc.core.store.chronicle;

import dev.freshpyc.core.digest.Crc32c;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.record.codec.BadRecordException;
import dev.freshpyc.core.record.codec.SealCodec;
import dev.freshpyc.core.store.Found;
import dev.freshpyc.core.store.Seals;
import dev.freshpyc.core.store.file.NotAnIndexException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Index files, read and written by plain system calls. */
final class IndexFile {

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
            requireOurs(file, entry, head);
            EncodedSeals seals = new EncodedSeals(readSealBytes(file, channel, head));
            return readImage(file, channel, head, (image, map) -> {
                image.readAll();
                requireMap(file, head, map);
                return new LoadedIndex(head.info(), seals, map);
            });
        }
    }

    /** The records of those sources in a file about that entry, of which no more is read and checked than that takes. */
    static Found find(Path file, RawPath entry, Collection<RawPath> sources) throws IOException {
        try (FileChannel channel = open(file)) {
            Head head = readHead(file, channel);
            requireOurs(file, entry, head);
            return readImage(file, channel, head, (image, opened) -> {
                try (OffHeapMap map = opened) {
                    image.read(map.numbers());
                    requireMap(file, head, map);
                    Map<RawPath, SourceRecord> found = new HashMap<>();
                    for (RawPath source : sources) {
                        byte[] key = source.toBytes();
                        image.read(map.segmentOf(key));
                        Records.decode(map.get(key)).ifPresent(record -> found.put(source, record));
                    }
                    return new Found(head.info(), found);
                }
            });
        }
    }

    /** Writes seals and image, leaving room for a head of that length; returns the checksum of the image's checksums. */
    static int writeBody(FileChannel channel, int headLength, byte[] seals, OffHeapMap map) throws IOException {
        long behindSeals = (long) headLength + seals.length;
        channel.position(headLength);
        writeFully(channel, ByteBuffer.wrap(seals));
        channel.position(behindSeals + Image.checksumsLength(map.bytes()));
        byte[] checksums = Image.write(channel, map);
        channel.position(behindSeals);
        writeFully(channel, ByteBuffer.wrap(checksums));
        return Crc32c.of(checksums);
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
        int checksum = Crc32c.of(seals.array());
        Head.require(checksum == head.seals().checksum(), file, "the seals' checksum", "another");
        return seals.array();
    }

    private static void requireOurs(Path file, RawPath entry, Head head) throws NotAnIndexException {
        Head.requireAbout(file, entry, head.info());
        Head.require(
                head.pageSize() == OffHeapMap.pageSize(), file, "this machine's page size", head.pageSize() + " bytes");
        Head.require(head.shape().isPlausible(head.imageSize()), file, "a plausible shape", head.shape() + "");
    }

    /** What is done with an image; the map is closed when it fails. */
    private interface Reading<T> {
        T read(Image image, OffHeapMap map) throws IOException;
    }

    private static <T> T readImage(Path file, FileChannel channel, Head head, Reading<T> reading) throws IOException {
        long begin =
                Head.LENGTH + head.info().entry().length() + (long) head.seals().length();
        long checksumsLength = Image.checksumsLength(head.imageSize());
        ByteBuffer checksums = ByteBuffer.allocate(Math.toIntExact(checksumsLength));
        readFully(file, channel, begin, checksums);
        Head.require(Crc32c.of(checksums.array()) == head.imageChecksum(), file, "the image's checksum", "another");
        OffHeapMap map = OffHeapMap.uninitialized(head.shape());
        try {
            requireSize(file, head, map);
            return reading.read(new Image(file, channel, begin + checksumsLength, checksums.array(), map), map);
        } catch (IOException | RuntimeException e) {
            map.close();
            throw e;
        }
    }

    /** After the image has brought its own numbers. */
    private static void requireMap(Path file, Head head, OffHeapMap map) throws NotAnIndexException {
        requireSize(file, head, map);
        long records = map.count();
        Head.require(records == head.info().records(), file, head.info().records() + " records", records + "");
    }

    private static void requireSize(Path file, Head head, OffHeapMap map) throws NotAnIndexException {
        boolean same = map.bytes() == head.imageSize() && !map.overflows();
        Head.require(same, file, "a map of " + map.bytes() + " bytes", head.imageSize() + " bytes");
    }

    private static void readFully(Path file, FileChannel channel, ByteBuffer into) throws IOException {
        int begin = into.position();
        readFully(file, channel, channel.position(), into);
        channel.position(channel.position() + into.position() - begin);
    }

    static void readFully(Path file, FileChannel channel, long from, ByteBuffer into) throws IOException {
        int begin = into.position();
        while (into.hasRemaining()) {
            if (channel.read(into, from + into.position() - begin) < 0) {
                throw new NotAnIndexException(file, "a whole index", channel.size() + " bytes");
            }
        }
    }

    static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}

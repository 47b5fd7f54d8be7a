package dev.freshpyc.core.store.chronicle;

import dev.freshpyc.core.digest.Crc32c;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.record.codec.BadRecordException;
import dev.freshpyc.core.record.codec.RecordCodec;
import dev.freshpyc.core.record.codec.SealCodec;
import dev.freshpyc.core.store.Generation.Found;
import dev.freshpyc.core.store.Generation.Seals;
import dev.freshpyc.core.store.IndexInfo;
import dev.freshpyc.core.store.chronicle.SectionTable.Section;
import dev.freshpyc.core.store.file.UnusableIndexException;
import dev.freshpyc.core.store.file.UnusableIndexException.Corrupt;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads and writes index files with plain system calls, without mapping them into memory. */
final class IndexFile {

    /** The names of the sections that this version knows. */
    static final Set<String> SECTIONS = Set.of(IndexFile.MAP, IndexFile.SEALS, IndexFile.BLOCKS, IndexFile.IMAGE);

    /** The {@linkplain MapGeometry geometry} of the map. */
    static final String MAP = "map";

    /** The seals of the directories. The section is optional, because the records are complete without the seals. */
    static final String SEALS = "seals";

    /** The checksums of the image's blocks. */
    static final String BLOCKS = "blocks";

    /** The memory of the map. The version of the section is the version of the records. */
    static final String IMAGE = "image";

    private static final int MAX_MAP = 1 << 10;
    private static final int MAX_READ = Integer.MAX_VALUE - 8;
    private static final int MAP_VERSION = 1;
    private static final int BLOCKS_VERSION = 1;

    private IndexFile() {}

    /** The facts in a file's header. The seals and the image are not read. */
    static IndexInfo readInfo(Path file) throws IOException {
        try (FileChannel channel = open(file)) {
            IndexHeader header = readHeader(file, channel);
            readGeometry(file, channel, header);
            return header.info();
        }
    }

    /** The seals in the index file of the given entry. The image is not read. */
    static Seals readSeals(Path file, RawPath entry) throws IOException {
        try (FileChannel channel = open(file)) {
            IndexHeader header = readHeader(file, channel);
            IndexHeader.requireAbout(file, entry, header.info());
            readGeometry(file, channel, header);
            return new Seals(header.info(), SealCodec.decode(readSealBytes(file, channel, header)));
        } catch (BadRecordException bad) {
            throw new Corrupt(file, "seals", String.valueOf(bad.getMessage()));
        }
    }

    /** The whole index file of the given entry. Every byte is checked. */
    static LoadedIndex read(Path file, RawPath entry) throws IOException {
        try (FileChannel channel = open(file)) {
            IndexHeader header = readHeader(file, channel);
            IndexHeader.requireAbout(file, entry, header.info());
            MapGeometry geometry = readGeometry(file, channel, header);
            EncodedSeals seals = new EncodedSeals(readSealBytes(file, channel, header));
            return readImage(file, channel, header, geometry, (image, map) -> {
                image.readAll();
                requireMap(file, header, map);
                return new LoadedIndex(header.info(), seals, map);
            });
        }
    }

    /** The records of the given sources. Only the segments of the map that can hold these records are read and checked. */
    static Found find(Path file, RawPath entry, Collection<RawPath> sources) throws IOException {
        try (FileChannel channel = open(file)) {
            IndexHeader header = readHeader(file, channel);
            IndexHeader.requireAbout(file, entry, header.info());
            MapGeometry geometry = readGeometry(file, channel, header);
            return readImage(file, channel, header, geometry, (image, opened) -> {
                try (OffHeapMap map = opened) {
                    image.read(map.numbers());
                    requireMap(file, header, map);
                    Map<RawPath, SourceRecord> found = new HashMap<>();
                    for (RawPath source : sources) {
                        byte[] key = source.toBytes();
                        image.read(map.segmentOf(key));
                        Records.decode(map.get(key)).ifPresent(record -> found.put(source, record));
                    }
                    return new Found(header.info(), found);
                }
            });
        }
    }

    /** The size of an index file with the given content. */
    static long size(RawPath entry, byte[] seals, OffHeapMap map) {
        return IndexHeader.length(entry, SECTIONS.size())
                + map.geometry().encode().length
                + (long) seals.length
                + Image.checksumsLength(map.bytes())
                + map.bytes();
    }

    /** Writes all sections, and leaves room for the header before them. */
    static SectionTable writeSections(FileChannel channel, RawPath entry, byte[] seals, OffHeapMap map)
            throws IOException {
        byte[] geometry = map.geometry().encode();
        long mapAt = IndexHeader.length(entry, SECTIONS.size());
        long sealsAt = mapAt + geometry.length;
        long blocksAt = sealsAt + seals.length;
        long imageAt = blocksAt + Image.checksumsLength(map.bytes());
        channel.position(imageAt);
        byte[] blocks = Image.write(channel, map);
        channel.position(mapAt);
        writeFully(channel, ByteBuffer.wrap(geometry));
        writeFully(channel, ByteBuffer.wrap(seals));
        writeFully(channel, ByteBuffer.wrap(blocks));
        return new SectionTable(List.of(
                section(MAP, MAP_VERSION, true, mapAt, geometry),
                section(SEALS, SealCodec.VERSION, false, sealsAt, seals),
                section(BLOCKS, BLOCKS_VERSION, true, blocksAt, blocks),
                new Section(IMAGE, RecordCodec.VERSION, true, imageAt, map.bytes(), 0)));
    }

    static void writeHeader(FileChannel channel, IndexHeader header) throws IOException {
        channel.position(0);
        writeFully(channel, ByteBuffer.wrap(header.encode()));
    }

    private static Section section(String name, int version, boolean required, long offset, byte[] bytes) {
        return new Section(name, version, required, offset, bytes.length, Crc32c.of(bytes));
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    }

    private static IndexHeader readHeader(Path file, FileChannel channel) throws IOException {
        long size = channel.size();
        ByteBuffer first = ByteBuffer.allocate(IndexHeader.FIXED);
        readFully(file, channel, 0, first);
        ByteBuffer all = ByteBuffer.allocate(IndexHeader.length(file, first.array(), size));
        all.put(first.flip());
        readFully(file, channel, first.capacity(), all);
        return IndexHeader.decode(file, all.array(), size);
    }

    private static MapGeometry readGeometry(Path file, FileChannel channel, IndexHeader header) throws IOException {
        Section section = header.require(file, MAP, MAP_VERSION);
        header.require(file, IMAGE, RecordCodec.VERSION);
        Corrupt.unless(section.length() <= MAX_MAP, file, "a geometry", section.length() + " bytes");
        return MapGeometry.decode(file, readSection(file, channel, section));
    }

    private static byte[] readSealBytes(Path file, FileChannel channel, IndexHeader header) throws IOException {
        Optional<Section> section = header.table().find(file, SEALS, SealCodec.VERSION);
        return section.isPresent() ? readSection(file, channel, section.get()) : SealCodec.encode(Map.of());
    }

    /** Reads and checks a section. The table has checked that the section lies inside the file, so the length is limited. */
    private static byte[] readSection(Path file, FileChannel channel, Section section) throws IOException {
        Corrupt.unless(section.length() <= MAX_READ, file, "section " + section.name(), section.length() + " bytes");
        ByteBuffer bytes = ByteBuffer.allocate((int) section.length());
        readFully(file, channel, section.offset(), bytes);
        Corrupt.unless(
                Crc32c.of(bytes.array()) == section.checksum(), file, "the checksum of " + section.name(), "another");
        return bytes.array();
    }

    /** An action that reads from an image. The map is closed when the action fails. */
    private interface Reading<T> {
        T read(Image image, OffHeapMap map) throws IOException;
    }

    private static <T> T readImage(
            Path file, FileChannel channel, IndexHeader header, MapGeometry geometry, Reading<T> reading)
            throws IOException {
        Section image = header.require(file, IMAGE, RecordCodec.VERSION);
        Section blocks = header.require(file, BLOCKS, BLOCKS_VERSION);
        Corrupt.unless(geometry.isPlausible(image.length()), file, "a plausible geometry", geometry + "");
        long expected = Image.checksumsLength(image.length());
        Corrupt.unless(blocks.length() == expected, file, expected + " bytes of checksums", blocks.length() + "");
        byte[] checksums = readSection(file, channel, blocks);
        OffHeapMap map = OffHeapMap.uninitialized(geometry);
        try {
            requireSize(file, image, map);
            return reading.read(new Image(file, channel, image.offset(), checksums, map), map);
        } catch (IOException | RuntimeException e) {
            map.close();
            throw e;
        }
    }

    /** Checks the size and the record count of the map, after the part {@link OffHeapMap#numbers} is read. */
    private static void requireMap(Path file, IndexHeader header, OffHeapMap map) throws UnusableIndexException {
        requireSize(file, header.require(file, IMAGE, RecordCodec.VERSION), map);
        long records = map.count();
        Corrupt.unless(records == header.info().records(), file, header.info().records() + " records", records + "");
    }

    private static void requireSize(Path file, Section image, OffHeapMap map) throws Corrupt {
        boolean same = map.bytes() == image.length() && !map.overflows();
        Corrupt.unless(same, file, "a map of " + map.bytes() + " bytes", image.length() + " bytes");
    }

    static void readFully(Path file, FileChannel channel, long from, ByteBuffer into) throws IOException {
        int begin = into.position();
        while (into.hasRemaining()) {
            if (channel.read(into, from + into.position() - begin) < 0) {
                throw new Corrupt(file, "a whole index", channel.size() + " bytes");
            }
        }
    }

    static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}

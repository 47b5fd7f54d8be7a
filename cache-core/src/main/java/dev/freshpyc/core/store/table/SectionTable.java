package dev.freshpyc.core.store.table;

import dev.freshpyc.core.store.file.UnusableIndexException;
import dev.freshpyc.core.store.file.UnusableIndexException.Corrupt;
import dev.freshpyc.core.store.file.UnusableIndexException.TooNew;
import dev.freshpyc.core.store.file.UnusableIndexException.TooOld;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The sections of an index file, in the order of their offsets. The sections fill the file behind the header without gaps.
 */
record SectionTable(List<Section> sections) {

    /**
     * A part of an index file.
     *
     * @param name 1 to 16 characters from a-z, 0-9 and -
     * @param version the version of the section's format
     * @param required whether a reader that does not know the section, or this version, must refuse the file
     * @param offset the offset from the start of the file
     * @param length the length in bytes
     * @param checksum the CRC-32C of the section
     */
    record Section(String name, int version, boolean required, long offset, long length, int checksum) {

        private long end() {
            return offset + length;
        }
    }

    /** Bytes of one row of the table. */
    static final int ROW = 48;

    static final int MAX_SECTIONS = 64;

    private static final int NAME_LENGTH = 16;
    private static final int REQUIRED = 1;

    SectionTable {
        sections = List.copyOf(sections);
    }

    void encode(ByteBuffer out) {
        for (Section section : sections) {
            byte[] name = section.name.getBytes(StandardCharsets.US_ASCII);
            out.put(name).put(new byte[NAME_LENGTH - name.length]);
            out.putInt(section.version).putInt(section.required ? REQUIRED : 0);
            out.putLong(section.offset).putLong(section.length);
            out.putInt(section.checksum).putInt(0);
        }
    }

    /**
     * Reads a table.
     *
     * @param begin the offset of the first section, behind the header
     * @param end the end of the last section, which is the size of the file
     */
    static SectionTable decode(Path file, ByteBuffer in, int count, long begin, long end) throws Corrupt {
        List<Section> sections = new ArrayList<>(count);
        Set<String> names = new HashSet<>();
        long next = begin;
        for (int i = 0; i < count; i++) {
            Section section = row(file, in);
            boolean fits = section.offset == next && section.length >= 0 && section.length <= end - next;
            String expected = "section " + section.name + " within bytes " + next + " to " + end;
            Corrupt.unless(fits, file, expected, section.length + " bytes from " + section.offset + " on");
            Corrupt.unless(names.add(section.name), file, "one section " + section.name, "two");
            next = section.end();
            sections.add(section);
        }
        Corrupt.unless(next == end, file, next + " bytes", end + " bytes");
        return new SectionTable(sections);
    }

    /** Refuses a file with a required section of an unknown name. */
    void requireKnown(Path file, Set<String> known) throws TooNew {
        for (Section section : sections) {
            if (section.required && !known.contains(section.name)) {
                throw new TooNew(file, "known sections", "section " + section.name);
            }
        }
    }

    /** The section with the given name and version. The file is refused if the section is missing. */
    Section require(Path file, String name, int version) throws UnusableIndexException {
        return find(file, name, version).orElseThrow(() -> new Corrupt(file, "section " + name, "none"));
    }

    /**
     * The section with the given name and version; empty if the section is missing or is optional and has another version.
     */
    Optional<Section> find(Path file, String name, int version) throws UnusableIndexException {
        for (Section section : sections) {
            if (section.name.equals(name)) {
                if (section.version == version) {
                    return Optional.of(section);
                }
                if (section.required) {
                    throw otherVersion(file, section, version);
                }
            }
        }
        return Optional.empty();
    }

    private static UnusableIndexException otherVersion(Path file, Section section, int version) {
        String expected = section.name + " of format " + version;
        String found = section.name + " of format " + section.version;
        return section.version > version ? new TooNew(file, expected, found) : new TooOld(file, expected, found);
    }

    private static Section row(Path file, ByteBuffer in) throws Corrupt {
        byte[] padded = new byte[NAME_LENGTH];
        in.get(padded);
        int version = in.getInt();
        int flags = in.getInt();
        long offset = in.getLong();
        long length = in.getLong();
        int checksum = in.getInt();
        boolean plain = version > 0 && (flags & ~REQUIRED) == 0 && in.getInt() == 0;
        String name = name(padded);
        Corrupt.unless(plain && isName(name), file, "a table of sections", "something else");
        return new Section(name, version, flags == REQUIRED, offset, length, checksum);
    }

    private static String name(byte[] padded) {
        int length = padded.length;
        while (length > 0 && padded[length - 1] == 0) {
            length--;
        }
        return new String(padded, 0, length, StandardCharsets.ISO_8859_1);
    }

    private static boolean isName(String name) {
        return !name.isEmpty()
                && name.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-');
    }
}

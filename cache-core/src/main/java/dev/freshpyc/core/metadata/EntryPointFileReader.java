package dev.freshpyc.core.metadata;

import dev.freshpyc.core.metadata.EntryPointFile.BadFileException;
import dev.freshpyc.core.path.RawPath;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Reads the bytes of an {@link EntryPointFile}; every length is checked before it is used. */
final class EntryPointFileReader {

    private static final int HEADER_FIELDS = 16;
    private static final int ROW = 5;
    private static final int RECORD = 4;
    private static final int GROUP = 3;

    private final byte[] bytes;
    private int at;

    EntryPointFileReader(byte[] bytes) {
        this.bytes = bytes;
    }

    EntryPointFile read() throws BadFileException {
        String first = line();
        if (!first.startsWith(EntryPointFile.MAGIC)) {
            throw new BadFileException("a file of entry points", "other bytes", false);
        }
        String version = first.substring(EntryPointFile.MAGIC.length());
        if (!version.equals(EntryPointFile.VERSION)) {
            boolean newer = version.matches("[1-9][0-9]{0,3}");
            throw new BadFileException(
                    "version " + EntryPointFile.VERSION, newer ? "version " + version : "other bytes", newer);
        }
        String hashes = line();
        if (!hashes.equals(EntryPointFile.hashes(bytes, at))) {
            throw new BadFileException("the checksum of its bytes", "another checksum", false);
        }
        try {
            return body();
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw new BadFileException("lengths that fit the file", "others", false);
        }
    }

    private EntryPointFile body() throws BadFileException {
        String[] fields = line().split(" ", -1);
        if (fields.length != HEADER_FIELDS) {
            throw new BadFileException(HEADER_FIELDS + " fields", String.valueOf(fields.length), false);
        }
        EntryStamp stamp = new EntryStamp(
                fields[0].equals("d"),
                Long.parseLong(fields[1]),
                Long.parseLong(fields[2]),
                Long.parseLong(fields[3]),
                Long.parseLong(fields[4]));
        RawPath path = RawPath.of(take(fields[5]), 0, Integer.parseInt(fields[5]));
        List<Distribution> sectioned = list(fields, 6);
        List<Distribution> config = Integer.parseInt(fields[11]) == EntryPointFile.SAME ? sectioned : list(fields, 11);
        if (at != bytes.length) {
            throw new BadFileException("the end of the file", "more bytes", false);
        }
        return new EntryPointFile(path, stamp, new PathEntryMetadata(config, sectioned));
    }

    private List<Distribution> list(String[] lengths, int from) throws BadFileException {
        String[] keys = fields(take(lengths[from + 1]));
        String[] rows = fields(take(lengths[from + 2]));
        String[] groups = fields(take(lengths[from + 3]));
        byte[] records = take(lengths[from + 4]);
        if (rows.length == 0) {
            return List.of();
        }
        List<List<EntryPoint>> points = points(groups, records, rows.length / ROW);
        List<Distribution> list = new ArrayList<>();
        for (int row = 0; row < rows.length / ROW; row++) {
            String key = row < keys.length ? keys[row] : ""; // the only distribution, without a key
            int field = row * ROW;
            list.add(new Distribution(
                    rows[field],
                    rows[field + 1].equals("1") ? Optional.of(key) : Optional.empty(),
                    ListSections.optional(rows[field + 2]),
                    ListSections.optional(rows[field + 3]),
                    points.get(row),
                    ListSections.optional(rows[field + 4])));
        }
        return list;
    }

    /** The entry points of every distribution in their order: in the file, they are sorted by group. */
    private static List<List<EntryPoint>> points(String[] groups, byte[] records, int distributions)
            throws BadFileException {
        List<NumberedEntryPoint> all = new ArrayList<>();
        for (int group = 0; group < groups.length; group += GROUP) {
            int offset = Integer.parseInt(groups[group + 1]);
            int end = Math.addExact(offset, Integer.parseInt(groups[group + 2]));
            if (offset < 0 || end > records.length || end < offset) {
                throw new BadFileException("a group inside of the records", "another place", false);
            }
            String[] fields = fields(Arrays.copyOfRange(records, offset, end));
            for (int field = 0; field < fields.length; field += RECORD) {
                all.add(new NumberedEntryPoint(
                        Integer.parseInt(fields[field]),
                        Integer.parseInt(fields[field + 1]),
                        new EntryPoint(groups[group], fields[field + 2], fields[field + 3])));
            }
        }
        all.sort(Comparator.comparingInt(NumberedEntryPoint::number));
        List<List<EntryPoint>> points = new ArrayList<>();
        for (int row = 0; row < distributions; row++) {
            points.add(new ArrayList<>());
        }
        all.forEach(one -> points.get(one.distribution()).add(one.entryPoint()));
        return points;
    }

    private record NumberedEntryPoint(int number, int distribution, EntryPoint entryPoint) {}

    private String line() throws BadFileException {
        int end = at;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        if (end == bytes.length) {
            throw new BadFileException("a line", "the end of the file", false);
        }
        String line = new String(bytes, at, end - at, StandardCharsets.ISO_8859_1);
        at = end + 1;
        return line;
    }

    private byte[] take(String length) throws BadFileException {
        int count = Integer.parseInt(length);
        if (count < 0 || count > bytes.length - at) {
            throw new BadFileException("a section of " + count + " bytes", "the end of the file", false);
        }
        at += count;
        return Arrays.copyOfRange(bytes, at - count, at);
    }

    private static String[] fields(byte[] section) {
        return section.length == 0
                ? new String[0]
                : RawPath.of(section, 0, section.length).toPython().split(ListSections.SEPARATOR, -1);
    }
}

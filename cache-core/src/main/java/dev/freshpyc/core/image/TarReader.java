package dev.freshpyc.core.image;

import dev.freshpyc.core.image.TarMember.Attribute;
import dev.freshpyc.core.image.TarMember.MemberType;
import dev.freshpyc.core.path.RawPath;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads a tar archive member by member, from a stream that is read once. Understands ustar, POSIX records, and the long names,
 * large numbers and sparse files of GNU tar. Not thread-safe.
 */
public final class TarReader {

    /** The longest name of a member or target of a link in bytes: that of the longest path of Linux. */
    public static final int MAX_NAME = 4095;

    static final int BLOCK = 512;

    private final InputStream in;
    private final byte[] block = new byte[BLOCK];
    private final PaxRecords globals = new PaxRecords();
    private long left;
    private int padding;
    private RawPath current = RawPath.EMPTY;

    /** Whether the first bytes of a file are those of an archive: the header of a member, or the zeros of an archive without members. */
    public static boolean isArchive(byte[] first) {
        if (first.length < BLOCK) {
            return false;
        }
        try {
            new TarHeader(first).check();
            return true;
        } catch (BadArchiveException other) {
            return Arrays.equals(first, 0, BLOCK, new byte[BLOCK], 0, BLOCK);
        }
    }

    /** @param in the uncompressed archive; not closed */
    public TarReader(InputStream in) {
        this.in = in;
    }

    /**
     * The next member; what is left of the content of the member before is skipped.
     *
     * @return empty at the end of the archive
     * @throws BadArchiveException when the archive is cut short, or breaks the format
     */
    public Optional<TarMember> next() throws IOException {
        skip(left + padding);
        left = 0;
        padding = 0;
        PaxRecords records = new PaxRecords();
        while (true) {
            if (!readHeader()) {
                return Optional.empty();
            }
            TarHeader header = new TarHeader(block);
            header.check();
            switch (header.type()) {
                case 'x', 'X' -> records.read(text(header, PaxRecords.MAX_SIZE), header.size());
                case 'g' -> globals.read(text(header, PaxRecords.MAX_SIZE), header.size());
                case 'L' -> records.setName(longName(header));
                case 'K' -> records.setLink(longName(header));
                default -> {
                    return Optional.of(begin(header, records));
                }
            }
        }
    }

    /** Reads content of the present member; -1 at its end. */
    public int read(byte[] into, int offset, int length) throws IOException {
        if (left == 0) {
            return -1;
        }
        int read = in.read(into, offset, (int) Math.min(length, left));
        if (read < 0) {
            throw cut();
        }
        left -= read;
        return read;
    }

    /** The content of the present member as a stream; closing the stream does nothing. */
    public InputStream content() {
        return new InputStream() {
            private final byte[] one = new byte[1];

            @Override
            public int read() throws IOException {
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return length == 0 ? 0 : TarReader.this.read(into, offset, length);
            }

            // GZIPInputStream looks for another gzip member only if bytes are available.
            @Override
            public int available() {
                return (int) Math.min(left, Integer.MAX_VALUE);
            }
        };
    }

    private TarMember begin(TarHeader header, PaxRecords records) throws IOException {
        List<Attribute> attributes = new ArrayList<>(globals.attributes());
        attributes.addAll(records.attributes());
        RawPath name = bounded(records.name().or(globals::name).orElseGet(header::name), "a name");
        RawPath link = bounded(records.link().or(globals::link).orElseGet(header::link), "the target of a link");
        boolean sparse = header.type() == 'S' || records.isSparse();
        MemberType type = sparse ? MemberType.OTHER : header.memberType(name);
        boolean hasContent = type == MemberType.REGULAR || sparse;
        long size = !hasContent ? 0 : records.size().orElseGet(header::size);
        if (size < 0) {
            throw new BadArchiveException("has a member with a negative size: " + name.shown());
        }
        current = name;
        if (header.type() == 'S') {
            skipSparseMaps(header);
        }
        left = size;
        padding = (int) (-size & (BLOCK - 1));
        return new TarMember(
                name,
                type,
                header.mode(),
                records.user().orElseGet(header::user),
                records.group().orElseGet(header::group),
                records.mtimeSeconds().orElseGet(header::mtime),
                records.mtimeNanos(),
                size,
                type == MemberType.SYMBOLIC_LINK || type == MemberType.HARD_LINK ? link : RawPath.EMPTY,
                attributes);
    }

    private void skipSparseMaps(TarHeader header) throws IOException {
        boolean more = header.hasSparseMap();
        while (more) {
            if (in.readNBytes(block, 0, BLOCK) < BLOCK) {
                throw cut();
            }
            more = block[TarHeader.MORE_MAPS] != 0;
        }
    }

    /** Reads the next header; false at the end of the archive: the end of the stream, or a block of zeros. */
    private boolean readHeader() throws IOException {
        int read = in.readNBytes(block, 0, BLOCK);
        if (read == 0) {
            return false;
        }
        if (read < BLOCK) {
            throw cut();
        }
        for (byte one : block) {
            if (one != 0) {
                return true;
            }
        }
        return false;
    }

    private RawPath longName(TarHeader header) throws IOException {
        byte[] text = text(header, MAX_NAME + 1);
        int end = 0;
        while (end < text.length && text[end] != 0) {
            end++;
        }
        return RawPath.of(text, 0, end);
    }

    private byte[] text(TarHeader header, int most) throws IOException {
        long size = header.size();
        if (size < 0 || size > most) {
            throw new BadArchiveException("has a member whose name or records take more than " + most + " bytes");
        }
        byte[] text = in.readNBytes((int) size);
        if (text.length < size) {
            throw cut();
        }
        skip(-size & (BLOCK - 1));
        return text;
    }

    private static RawPath bounded(RawPath name, String what) throws BadArchiveException {
        if (name.length() > MAX_NAME) {
            throw new BadArchiveException("has " + what + " of " + name.length() + " bytes, more than a path may have");
        }
        return name;
    }

    private void skip(long count) throws IOException {
        try {
            in.skipNBytes(count);
        } catch (EOFException ended) {
            throw cut();
        }
    }

    private BadArchiveException cut() {
        return new BadArchiveException("ends in the middle of a member"
                + (current.equals(RawPath.EMPTY) ? "" : ", at or after " + current.shown()));
    }
}

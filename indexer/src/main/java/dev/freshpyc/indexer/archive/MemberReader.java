package dev.freshpyc.indexer.archive;

import dev.freshpyc.indexer.fs.FileContents;
import dev.freshpyc.indexer.zstd.ZstdStream;
import dev.freshpyc.indexer.zstd.ZstdWindowException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/**
 * Unpacks members of one archive as {@code zipimport._get_data} does: neither the checksum nor the declared size is compared. Python
 * 3.15 unpacks zstd, too; earlier versions take every method but 0 for deflate. Not thread-safe.
 */
public final class MemberReader implements AutoCloseable {

    /** The most bytes of a member that are unpacked: no larger source or pyc is imported in practice. */
    public static final int MAX_SIZE = 64 << 20;

    /** The most bytes of a member that are kept in memory: several readers do so at the same time. */
    private static final int MAX_KEPT =
            (int) Math.min(MAX_SIZE, Runtime.getRuntime().maxMemory() / 16);

    /** From this size on, a member that is read from the beginning to the end is not kept. */
    private static final int STREAMED = 1 << 20;

    /**
     * How many bytes one reader unpacks: this many, and so many times the size of the archive. The members of real archives are far
     * from that, and deflate makes a thousand bytes of one; but members that lie over one another have no such bound.
     */
    private static final long BUDGET = 1L << 30;

    private static final long BUDGET_RATIO = 100;

    private static final int LOCAL_HEADER = 30;
    private static final int SIGNATURE = 0x04034b50;

    /** The largest window that the decoder of zstd in Python takes, in bytes. */
    private static final long MAX_PYTHON_WINDOW = 1 << 27;

    private static final int FIRST_READ = 2048;
    private static final int BLOCK = 32 * 1024;

    private final FileContents archive;
    private final boolean looksAtMethod;
    private final Inflater inflater = new Inflater(true);
    private final byte[] input = new byte[BLOCK];
    private int inputLength;
    private long inputAt;
    private long budget;

    /** @param rules of the version that reads the members */
    public MemberReader(FileContents archive, ZipRules rules) {
        this.archive = archive;
        this.looksAtMethod = rules.zstd();
        this.budget = BUDGET + BUDGET_RATIO * archive.size();
    }

    /** The first {@code length} bytes of a member; fewer where it is shorter. What follows them is not unpacked. */
    public Unpacked head(ArchiveMember member, int length) {
        return unpack(member, length, false);
    }

    /** All bytes of a member, in memory. */
    public Unpacked all(ArchiveMember member) {
        return unpack(member, MAX_KEPT, true);
    }

    /** All bytes of a member, to be read from the beginning to the end: as contents where they are many. */
    public Unpacked open(ArchiveMember member) {
        Unpacked small = unpack(member, Math.min(STREAMED, MAX_KEPT), true);
        return small instanceof Unpacked.TooLarge && budget > 0 ? resultOf(() -> streamed(member)) : small;
    }

    private Unpacked streamed(ArchiveMember member) throws IOException {
        try (InputStream counted = stream(member)) {
            long size = counted.skip(MAX_SIZE + 1L);
            budget -= size;
            return size > MAX_SIZE
                    ? new Unpacked.TooLarge()
                    : new Unpacked.Streamed(new MemberStream(() -> stream(member), size));
        }
    }

    /** The unpacked bytes of a member of which the beginning could be unpacked. */
    private InputStream stream(ArchiveMember member) throws IOException {
        long dataAt = dataAt(member);
        InputStream packed = new Packed(dataAt, dataAt + member.packed());
        if (member.method() == ArchiveMember.STORED) {
            return packed;
        }
        return looksAtMethod && member.method() == ArchiveMember.ZSTD ? new ZstdStream(packed) : new Inflated(packed);
    }

    private Unpacked unpack(ArchiveMember member, int most, boolean whole) {
        return budget > 0 ? resultOf(() -> unpackedNow(member, most, whole)) : new Unpacked.TooLarge();
    }

    private Unpacked unpackedNow(ArchiveMember member, int most, boolean whole)
            throws IOException, DataFormatException {
        long dataAt = dataAt(member);
        boolean inside = dataAt >= 0 && member.packed() >= 0 && member.packed() <= archive.size() - dataAt;
        if (!inside) {
            return new Unpacked.Damaged();
        }
        long end = dataAt + member.packed();
        if (member.method() == ArchiveMember.STORED) {
            return stored(dataAt, member.packed(), most, whole);
        }
        if (member.method() == ArchiveMember.DEFLATED) {
            return inflated(dataAt, end, most, whole);
        }
        if (!looksAtMethod) {
            return takenForDeflate(dataAt, end, most, whole);
        }
        return member.method() == ArchiveMember.ZSTD ? zstd(dataAt, end, most, whole) : new Unpacked.OtherMethod();
    }

    /** Unpacks, or says why that failed. */
    private interface Unpacking {
        Unpacked run() throws IOException, DataFormatException;
    }

    private static Unpacked resultOf(Unpacking unpacking) {
        try {
            return unpacking.run();
        } catch (ZstdWindowException large) {
            return large.window() > MAX_PYTHON_WINDOW ? new Unpacked.Damaged() : new Unpacked.TooLarge();
        } catch (DataFormatException | ZipException | EOFException damaged) {
            return new Unpacked.Damaged();
        } catch (IOException unreadable) {
            return new Unpacked.Unreadable();
        }
    }

    /** Where the data of a member begins; −1 where there is no local header. */
    private long dataAt(ArchiveMember member) throws IOException {
        long at = member.headerAt();
        if (at < 0 || at > archive.size() - LOCAL_HEADER) {
            return -1;
        }
        int header = buffered(at, LOCAL_HEADER);
        return LittleEndian.word(input, header) != SIGNATURE
                ? -1
                : at + LOCAL_HEADER + LittleEndian.half(input, header + 26) + LittleEndian.half(input, header + 28);
    }

    private Unpacked stored(long from, long length, int most, boolean whole) throws IOException {
        if (whole && length > most) {
            return new Unpacked.TooLarge();
        }
        byte[] bytes = new byte[(int) Math.min(length, most)];
        budget -= bytes.length;
        return archive.readFully(from, bytes, bytes.length)
                ? new Unpacked.Bytes(bytes, bytes.length)
                : new Unpacked.Damaged();
    }

    private Unpacked zstd(long from, long end, int most, boolean whole) throws IOException {
        if (from == end) {
            return new Unpacked.Damaged(); // zstd has no stream without a frame
        }
        byte[] bytes = new ZstdStream(new Packed(from, end)).readNBytes(whole ? most + 1 : most);
        budget -= bytes.length;
        return bytes.length > most ? new Unpacked.TooLarge() : new Unpacked.Bytes(bytes, bytes.length);
    }

    private Unpacked takenForDeflate(long from, long end, int most, boolean whole) throws IOException {
        try {
            Unpacked unpacked = inflated(from, end, most, whole);
            return unpacked instanceof Unpacked.Damaged ? new Unpacked.OtherMethod() : unpacked;
        } catch (DataFormatException another) {
            return new Unpacked.OtherMethod();
        }
    }

    private Unpacked inflated(long from, long end, int most, boolean whole) throws IOException, DataFormatException {
        inflater.reset();
        byte[] bytes = new byte[whole ? BLOCK : most];
        int length = 0;
        long at = from;
        while (!inflater.finished()) {
            if (length == bytes.length) {
                if (!whole) {
                    break;
                }
                if (length == most) {
                    return new Unpacked.TooLarge();
                }
                bytes = Arrays.copyOf(bytes, (int) Math.min(most, length * 2L));
            }
            int unpacked = inflater.inflate(bytes, length, bytes.length - length);
            length += unpacked;
            budget -= unpacked;
            if (unpacked == 0 && !inflater.finished()) {
                if (inflater.needsDictionary() || at == end) {
                    return new Unpacked.Damaged();
                }
                int start = buffered(at, 1);
                int available = (int) Math.min(inputLength - start, end - at);
                inflater.setInput(input, start, available);
                at += available;
            }
        }
        return new Unpacked.Bytes(bytes, length);
    }

    /**
     * Reads into the buffer until it has at least {@code length} bytes from that position.
     *
     * @return where these bytes begin in the buffer
     */
    private int buffered(long at, int length) throws IOException {
        if (at < inputAt || at + length > inputAt + inputLength) {
            boolean follows = at == inputAt + inputLength && inputLength > 0;
            int wanted = (int) Math.min(follows ? BLOCK : FIRST_READ, archive.size() - at);
            inputLength = 0;
            if (!archive.readFully(at, input, wanted)) {
                throw new IOException(FileContents.CUT_SHORT);
            }
            inputAt = at;
            inputLength = wanted;
        }
        return (int) (at - inputAt);
    }

    @Override
    public void close() {
        inflater.end();
    }

    /** Inflates without a header, and needs no byte behind the end. */
    private static final class Inflated extends InflaterInputStream {

        Inflated(InputStream packed) {
            super(packed, new Inflater(true), BLOCK);
        }

        @Override
        public void close() throws IOException {
            inf.end();
            super.close();
        }
    }

    /** The packed bytes of one member. */
    private final class Packed extends InputStream {

        private final long end;
        private long at;

        Packed(long from, long end) {
            this.at = from;
            this.end = end;
        }

        @Override
        public int read() throws IOException {
            return at == end ? -1 : input[buffered(at++, 1)] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (length == 0 || at == end) {
                return length == 0 ? 0 : -1;
            }
            int start = buffered(at, 1);
            int count = (int) Math.min(Math.min(length, inputLength - start), end - at);
            System.arraycopy(input, start, into, offset, count);
            at += count;
            return count;
        }
    }
}

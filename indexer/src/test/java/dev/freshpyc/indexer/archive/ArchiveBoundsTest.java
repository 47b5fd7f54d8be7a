package dev.freshpyc.indexer.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.indexer.fs.CountedContents;
import dev.freshpyc.indexer.fs.FileContents;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** However large an archive claims to be, a reader reads and unpacks a bounded number of bytes. */
class ArchiveBoundsTest {

    private static final int END_RECORD = 22;

    @Test
    void aZipBombIsNotUnpacked() throws IOException {
        byte[] bytes = Zips.of(Map.of("bomb.pyc", new byte[MemberReader.MAX_SIZE + 1]));
        assertThat(bytes.length).isLessThan(MemberReader.MAX_SIZE / 500);
        ArchiveMember bomb = Zips.listed(bytes).file(RawPath.of("bomb.pyc")).orElseThrow();
        try (MemberReader reader = new MemberReader(Zips.opened(bytes), ZipRules.NEWEST)) {
            assertThat(reader.all(bomb)).isInstanceOf(Unpacked.TooLarge.class);
        }
        AtomicLong packed = new AtomicLong();
        try (MemberReader reader = new MemberReader(counted(bytes, packed), ZipRules.NEWEST)) {
            assertThat(reader.head(bomb, 17)).isInstanceOf(Unpacked.Bytes.class);
            assertThat(packed).as("packed bytes read for the head").hasValueLessThan(10_000);
        }
    }

    @Test
    void theNumberOfMembersIsBounded() {
        assertThat(CentralDirectory.read(members(CentralDirectory.MAX_MEMBERS), ZipRules.BEFORE_ZIP64))
                .isInstanceOf(ArchiveReading.Listed.class);
        assertThat(CentralDirectory.read(members(CentralDirectory.MAX_MEMBERS + 1), ZipRules.BEFORE_ZIP64))
                .isEqualTo(new ArchiveReading.Refused(ArchiveFault.TOO_LARGE));
    }

    @Test
    void aDirectoryThatIsTooLongIsNotRead() {
        AtomicLong read = new AtomicLong();
        FileContents archive = new CountedContents(new EmptyDirectory(CentralDirectory.MAX_LENGTH), read);

        assertThat(CentralDirectory.read(archive, ZipRules.BEFORE_ZIP64))
                .isEqualTo(new ArchiveReading.Refused(ArchiveFault.TOO_LARGE));
        assertThat(read).as("bytes read to find the end record").hasValueLessThan(100_000);
    }

    /**
     * A large member is not held in memory: the reader unpacks the member up to each piece that is read. The packed
     * bytes are about as many as the unpacked bytes, because they are random.
     */
    @Test
    void aLargeMemberIsUnpackedWhileItIsRead() throws IOException {
        byte[] large = new byte[9 << 20];
        new Random(3).nextBytes(large);
        byte[] bytes = Zips.of(Map.of("large.py", large));
        ArchiveMember member = Zips.listed(bytes).file(RawPath.of("large.py")).orElseThrow();
        AtomicLong packed = new AtomicLong();
        try (MemberReader reader = new MemberReader(counted(bytes, packed), ZipRules.NEWEST);
                FileContents contents = ((Unpacked.Streamed) reader.open(member)).contents()) {
            assertThat(contents.size()).isEqualTo(large.length);
            assertThat(contents.sha256(0))
                    .isEqualTo(Sha256.of(Sha256.newDigest().digest(large)));
            byte[] piece = new byte[1000];
            int before = large.length;
            for (int at : new int[] {5 << 20, 100, large.length - 1000}) {
                packed.set(0);
                assertThat(contents.readFully(at, piece, piece.length)).isTrue();
                assertThat(piece).isEqualTo(Arrays.copyOfRange(large, at, at + piece.length));
                int unpacked = at < before ? at : at - before;
                assertThat(packed.get()).as("packed bytes read").isCloseTo(unpacked, within(100_000L));
                before = at;
            }
            assertThat(contents.read(large.length, piece, 0, 1)).isZero();
        }
    }

    /** Overlapping members could unpack to far more bytes than the archive can honestly hold. */
    @Test
    void theSizeOfAllMembersTogetherIsBounded() throws IOException {
        byte[] bytes = Zips.of(Map.of("bomb.py", new byte[MemberReader.MAX_SIZE]));
        ArchiveMember bomb = Zips.listed(bytes).file(RawPath.of("bomb.py")).orElseThrow();
        try (MemberReader reader = new MemberReader(Zips.opened(bytes), ZipRules.NEWEST)) {
            int opened = 0;
            while (opened < 100 && reader.open(bomb) instanceof Unpacked.Streamed) {
                opened++;
            }
            long most = (1L << 30) + 100L * bytes.length;
            assertThat((long) opened * MemberReader.MAX_SIZE).isBetween(most / 2, most + MemberReader.MAX_SIZE);
            assertThat(reader.head(bomb, 17)).isInstanceOf(Unpacked.TooLarge.class);
        }
    }

    /** An archive that has only a central directory: that number of members, all named {@code a}. */
    private static FileContents members(int count) {
        int header = 47;
        ByteBuffer bytes = ByteBuffer.allocate(count * header + END_RECORD).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < count * header; at += header) {
            bytes.putInt(at, 0x02014b50).putShort(at + 28, (short) 1).put(at + 46, (byte) 'a');
        }
        bytes.put(count * header, endRecord(count * header));
        return Zips.opened(bytes.array());
    }

    /** The record at the end of an archive that begins with its central directory. */
    private static byte[] endRecord(int directoryLength) {
        return ByteBuffer.allocate(END_RECORD)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0, 0x06054b50)
                .putInt(12, directoryLength)
                .array();
    }

    /**
     * An archive whose central directory consists of zeros.
     *
     * @param length of the central directory, in bytes
     */
    private record EmptyDirectory(long length) implements FileContents {

        @Override
        public long size() {
            return length + END_RECORD;
        }

        @Override
        public int read(long position, byte[] into, int offset, int count) {
            byte[] end = endRecord((int) length);
            int read = (int) Math.min(count, size() - position);
            for (int i = 0; i < read; i++) {
                long at = position + i - length;
                into[offset + i] = at < 0 ? 0 : end[(int) at];
            }
            return read;
        }

        @Override
        public Sha256 sha256(long position) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }

    /** An archive whose reads are counted. */
    private static FileContents counted(byte[] bytes, AtomicLong read) {
        return new CountedContents(Zips.opened(bytes), read);
    }
}

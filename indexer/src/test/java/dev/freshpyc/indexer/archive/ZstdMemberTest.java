package dev.freshpyc.indexer.archive;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshpyc.core.path.RawPath;
import io.airlift.compress.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Members compressed by zstd are unpacked for Python 3.15 and later only: earlier versions cannot import them. */
class ZstdMemberTest {

    private static final byte[] SOURCE = "v = 1\n".repeat(500).getBytes(US_ASCII);
    private static final byte[] SKIPPABLE = {0x50, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 7, 7};

    private static byte[] archive(int method, byte[] packed) throws IOException {
        return Zips.of("m.py", method, packed);
    }

    private static Unpacked all(byte[] archive, ZipRules rules) {
        try (MemberReader reader = new MemberReader(Zips.opened(archive), rules)) {
            return reader.all(Zips.listed(archive).file(RawPath.of("m.py")).orElseThrow());
        }
    }

    private static byte[] frame(byte[] plain) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (ZstdOutputStream zstd = new ZstdOutputStream(packed)) {
            zstd.write(plain);
        }
        return packed.toByteArray();
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    @Test
    void theNewestVersionUnpacksAMemberOfSeveralFrames() throws IOException {
        byte[] packed = joined(SKIPPABLE, frame(SOURCE), SKIPPABLE, frame(SOURCE), frame(new byte[0]));
        assertThat(bytes(all(archive(93, packed), ZipRules.NEWEST))).isEqualTo(joined(SOURCE, SOURCE));
    }

    @Test
    void theHeadOfAMemberIsUnpackedWithoutTheRest() throws IOException {
        byte[] archive = archive(93, frame(SOURCE));
        try (MemberReader reader = new MemberReader(Zips.opened(archive), ZipRules.NEWEST)) {
            ArchiveMember member = Zips.listed(archive).file(RawPath.of("m.py")).orElseThrow();
            assertThat(bytes(reader.head(member, 24))).isEqualTo(Arrays.copyOf(SOURCE, 24));
        }
    }

    @Test
    void aMemberWithOtherBytesBehindItsFramesIsDamaged() throws IOException {
        byte[] packed = joined(frame(SOURCE), "no frame".getBytes(US_ASCII));
        assertThat(all(archive(93, packed), ZipRules.NEWEST)).isInstanceOf(Unpacked.Damaged.class);
    }

    /** Earlier versions take every compressed member for deflate. */
    @Test
    void earlierVersionsDoNotUnpackZstd() throws IOException {
        assertThat(all(archive(93, frame(SOURCE)), ZipRules.BEFORE_ZIP64)).isInstanceOf(Unpacked.OtherMethod.class);
    }

    @Test
    void theNewestVersionRefusesAnUnknownMethod() throws IOException {
        assertThat(all(archive(12, frame(SOURCE)), ZipRules.NEWEST)).isInstanceOf(Unpacked.OtherMethod.class);
    }

    @Test
    void aMemberThatIsCutAtAnyByteIsDamaged() throws IOException {
        byte[] frame = frame(SOURCE);
        for (int length = 0; length < frame.length; length++) {
            assertThat(all(archive(93, Arrays.copyOf(frame, length)), ZipRules.NEWEST))
                    .as("%d bytes", length)
                    .isInstanceOf(Unpacked.Damaged.class);
        }
    }

    @Test
    void aFlippedByteNeverMakesTheReaderThrow() throws IOException {
        byte[] frame = frame(SOURCE);
        Random random = new Random(5);
        for (int round = 0; round < 2000; round++) {
            byte[] flipped = frame.clone();
            flipped[random.nextInt(frame.length)] ^= (byte) (1 + random.nextInt(255));
            assertThat(all(archive(93, flipped), ZipRules.NEWEST)).isNotInstanceOf(Unpacked.OtherMethod.class);
        }
    }

    @Test
    void aMemberThatIsTooLargeIsNotUnpacked() throws IOException {
        byte[] packed = frame(new byte[MemberReader.MAX_SIZE + 1]);
        assertThat(packed.length).isLessThan(1 << 20);
        assertThat(all(archive(93, packed), ZipRules.NEWEST)).isInstanceOf(Unpacked.TooLarge.class);
    }

    @Test
    void aWindowAbovePythonsLimitIsDamagedAndAWindowAboveOursIsTooLarge() throws IOException {
        for (int[] window : new int[][] {{28, 1}, {24, 0}}) { // window exponent, 1 if Python refuses it
            byte[] frame = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, (byte) ((window[0] - 10) << 3), 1, 0, 0};
            assertThat(all(archive(93, frame), ZipRules.NEWEST))
                    .isInstanceOf(window[1] == 1 ? Unpacked.Damaged.class : Unpacked.TooLarge.class);
        }
    }

    private static byte[] bytes(Unpacked unpacked) {
        assertThat(unpacked).isInstanceOf(Unpacked.Bytes.class);
        Unpacked.Bytes all = (Unpacked.Bytes) unpacked;
        return Arrays.copyOf(all.bytes(), all.length());
    }
}

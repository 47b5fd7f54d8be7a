package dev.freshpyc.core.record.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.file.Errno;
import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.pyc.OptimizationLevel;
import dev.freshpyc.core.pyc.SourceHash;
import dev.freshpyc.core.record.ContentFacts;
import dev.freshpyc.core.record.HeaderBytes;
import dev.freshpyc.core.record.PycRecord;
import dev.freshpyc.core.record.Samples;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.verdict.Evidence;
import dev.freshpyc.core.verdict.InterpreterAnswer;
import dev.freshpyc.core.verdict.Reason;
import dev.freshpyc.core.verdict.Verdict;
import dev.freshpyc.core.verdict.Verdict.Kind;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Checks the exact bytes of encoded records, and that damaged bytes are never misread. */
class RecordCodecTest {

    private static final Sha256 CONTENT = new Sha256(0x0001020304050607L, 0x08090a0b0c0d0e0fL, -1, 0);
    private static final Sha256 OTHER = new Sha256(1, 2, 3, 4);

    /** Change these bytes only together with {@link RecordCodec#VERSION}. */
    @Test
    void theFormatDoesNotChange() {
        var fresh = new PycRecord(
                "cpython-311",
                OptimizationLevel.NONE,
                new FileStamp(1_700_000_000L, 5, -1, 999_999_999, 300, -1, 2049),
                new HeaderBytes(0x0000_0000_0a0d_0da7L, 0x0000_04d2_6553_f100L, 16),
                OTHER,
                CONTENT,
                Evidence.HEADER,
                Verdict.recorded(Kind.FRESH, InterpreterAnswer.LOADS, Reason.MATCH, Evidence.HEADER),
                new ContentFacts(true, new SourceHash(0x0706050403020100L)));
        var unreadable = new PycRecord(
                null,
                new OptimizationLevel("3x"),
                FileStamp.UNSETTLED,
                new HeaderBytes(0, 0, 0),
                null,
                OTHER,
                null,
                Verdict.recorded(Kind.UNREADABLE, null, Reason.of(Errno.EACCES), null),
                ContentFacts.NOTHING);
        var record = new SourceRecord(new FileStamp(0, 0, 1, 0, 127, 128, 2049), CONTENT, List.of(fresh, unreadable));

        assertThat(HexFormat.of().formatHex(RecordCodec.encode(record)))
                .isEqualTo("05" + "8110" + "0000" + "0200" + "7f" + "8001" // flags, device, mtime, ctime, size, inode
                        + "000102030405060708090a0b0c0d0e0fffffffffffffffff0000000000000000"
                        + "02" // pycs
                        + "36" + "020b" + "00" // body, proof, whole and hash, cpython-311, no level
                        + "80c49fd50c" + "05" + "01" + "ff93ebdc03" + "ac02" + "ffffffffffffffffff01"
                        + "10" + "a70d0d0a0000000000f15365d2040000"
                        + "0000000000000001000000000000000200000000000000030000000000000004"
                        + "10" + "33" + "01" // fresh and loads, evidence header, the proof too, reason match
                        + "0001020304050607"
                        + "09" + "00" + "03023378" + "00" // unsettled, another proof, no tag, opt-3x, no head
                        + "0000000000000001000000000000000200000000000000030000000000000004"
                        + "0c" + "00" + "0006454143434553"); // unreadable, EACCES
        assertThat(RecordCodec.VERSION).isEqualTo(9);
    }

    @Test
    void aPortableStampHasNoCtimeNoInodeAndNoDevice() throws BadRecordException {
        var record = new SourceRecord(FileStamp.portable(1_700_000_000L, 127), CONTENT, List.of());
        byte[] bytes = RecordCodec.encode(record);

        assertThat(HexFormat.of().formatHex(bytes))
                .startsWith("05" + "00" + "80c49fd50c" + "00" + "00" + "8094ebdc03" + "7f" + "00" + "0001");
        assertThat(RecordCodec.decode(bytes)).isEqualTo(record);
        byte[] withInode = bytes.clone();
        withInode[15] = 1;
        assertThatThrownBy(() -> RecordCodec.decode(withInode)).hasMessageContaining("portable");
    }

    @Test
    void theHashOfTheHeaderIsStoredOnce() throws BadRecordException {
        var verdict = Verdict.recorded(Kind.FRESH, InterpreterAnswer.LOADS, Reason.MATCH, Evidence.HASH_HEADER);
        var known = new PycRecord(
                "cpython-311",
                OptimizationLevel.NONE,
                FileStamp.UNSETTLED,
                new HeaderBytes(0x0000_0003_0a0d_0da7L, 77, 16),
                null,
                null,
                null,
                verdict,
                new ContentFacts(false, new SourceHash(77)));
        var other = known.withFacts(new ContentFacts(false, new SourceHash(78)));
        byte[] shortened = encoded(known);
        byte[] unshortened = encoded(other);

        assertThat(RecordCodec.decode(shortened).pycs()).containsExactly(known);
        assertThat(RecordCodec.decode(unshortened).pycs()).containsExactly(other);
        assertThat(unshortened).hasSize(shortened.length + Long.BYTES);
        unshortened[unshortened.length - Long.BYTES] = 77;
        assertThatThrownBy(() -> RecordCodec.decode(unshortened)).hasMessageContaining("again");
        unshortened[2] |= 64;
        assertThatThrownBy(() -> RecordCodec.decode(unshortened)).hasMessageContaining("two");
    }

    @Test
    void theDeviceOfTheSourceIsStoredOnce() throws BadRecordException {
        FileStamp here = new FileStamp(1, 2, 3, 4, 5, 6, 2049);
        FileStamp onAnotherDevice = new FileStamp(1, 2, 3, 4, 5, 6, 2050);
        SourceRecord one = new SourceRecord(here, null, List.of(pycWith(here)));
        SourceRecord two = new SourceRecord(here, null, List.of(pycWith(onAnotherDevice)));
        SourceRecord orphan = new SourceRecord(null, null, List.of(pycWith(here)));
        byte[] shortened = RecordCodec.encode(one);
        byte[] unshortened = RecordCodec.encode(two);

        assertThat(RecordCodec.decode(shortened)).isEqualTo(one);
        assertThat(RecordCodec.decode(unshortened)).isEqualTo(two);
        assertThat(RecordCodec.decode(RecordCodec.encode(orphan))).isEqualTo(orphan);
        assertThat(unshortened).hasSize(shortened.length + 2);
        unshortened[14] = (byte) 0x81;
        assertThatThrownBy(() -> RecordCodec.decode(unshortened)).hasMessageContaining("device again");
    }

    @Test
    void aPycWithoutASourceStoresItsDevice() {
        byte[] bytes = encoded(pycWith(new FileStamp(1, 2, 3, 4, 5, 6, 0)));
        assertThat(bytes[2]).as("flags of the pyc").isEqualTo((byte) 128);
        bytes[2] = 0;
        assertThatThrownBy(() -> RecordCodec.decode(bytes)).hasMessageContaining("no device");
        bytes[2] = (byte) 129;
        assertThatThrownBy(() -> RecordCodec.decode(bytes)).hasMessageContaining("unsettled stamp with a device");
    }

    private static PycRecord pycWith(FileStamp stamp) {
        Verdict verdict = Verdict.recorded(Kind.FRESH, InterpreterAnswer.LOADS, Reason.MATCH, Evidence.HEADER);
        HeaderBytes head = new HeaderBytes(0, 0, 0);
        return new PycRecord(
                "cpython-311", OptimizationLevel.NONE, stamp, head, null, null, null, verdict, ContentFacts.NOTHING);
    }

    private static byte[] encoded(PycRecord pyc) {
        return RecordCodec.encode(new SourceRecord(null, null, List.of(pyc)));
    }

    /** The reader of a legacy pyc depends on the given interpreter, so content facts about the pyc must not be stored. */
    @Test
    void aLegacyPycHasNoContentFacts() {
        var legacy = Samples.pyc(null, OTHER, null, Verdict.recorded(Kind.UNDECIDED, null, Reason.RACY, null));
        var facts = ContentFacts.NOTHING.withWhole();
        assertThatIllegalArgumentException().isThrownBy(() -> legacy.withFacts(facts));
        byte[] bytes = RecordCodec.encode(new SourceRecord(null, null, List.of(legacy)));
        assertThat(bytes[2]).as("flags of the pyc").isEqualTo((byte) 3);
        bytes[2] |= 16;
        assertThatThrownBy(() -> RecordCodec.decode(bytes)).hasMessageContaining("legacy");
    }

    @Test
    void aTypicalRecordIsShort() {
        assertThat(RecordCodec.encode(Samples.proven(1, 11))).hasSizeLessThanOrEqualTo(152);
    }

    @Test
    void everyPartOfAVerdictHasACode() throws IllegalAccessException {
        assertThat(VerdictCodec.KINDS).containsExactlyInAnyOrder(Kind.values()).hasSizeLessThanOrEqualTo(16);
        assertThat(VerdictCodec.ANSWERS).containsExactlyInAnyOrder(InterpreterAnswer.values());
        assertThat(VerdictCodec.EVIDENCE).containsExactlyInAnyOrder(Evidence.values());
        for (var field : Reason.class.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers()) && field.getType() == Reason.class) {
                assertThat(VerdictCodec.REASONS).contains((Reason) field.get(null));
            }
        }
    }

    @Test
    void aTruncatedOrExtendedRecordIsRefused() {
        byte[] whole = RecordCodec.encode(Samples.proven(2, 8, 11, 13));
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> RecordCodec.decode(cut))
                    .as("%d bytes", length)
                    .isInstanceOf(BadRecordException.class);
        }
        byte[] longer = Arrays.copyOf(whole, whole.length + 1);
        assertThatThrownBy(() -> RecordCodec.decode(longer)).isInstanceOf(BadRecordException.class);
    }

    /** Damaged bytes decode to a record that survives another encoding, or they throw a BadRecordException. */
    @Test
    void damagedBytesAreDecodedOrRefused() {
        SplittableRandom random = new SplittableRandom(20260131);
        byte[] whole = RecordCodec.encode(Samples.proven(3, 8, 11));
        for (int input = 0; input < 200_000; input++) {
            byte[] bytes = random.nextInt(4) == 0 ? new byte[random.nextInt(64)] : whole.clone();
            if (bytes.length < whole.length) {
                random.nextBytes(bytes);
            }
            for (int edits = random.nextInt(4); edits > 0 && bytes.length > 0; edits--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            requireRecordOrRefusal(bytes);
        }
    }

    @Test
    void aCountLargerThanTheBytesCanHoldIsRefused() {
        byte[] hugeCount = HexFormat.of().parseHex("00ffffffff07");
        assertThatThrownBy(() -> RecordCodec.decode(hugeCount)).isInstanceOf(BadRecordException.class);
    }

    @Test
    void aNumberInANonCanonicalFormIsRefused() {
        for (String hex : List.of("008000", "00ffffffffffffffffff02", "010000000000008100")) {
            byte[] bytes = HexFormat.of().parseHex(hex);
            assertThatThrownBy(() -> RecordCodec.decode(bytes)).as(hex).isInstanceOf(BadRecordException.class);
        }
    }

    @Test
    void anImpossibleStampIsNotEncoded() {
        var negativeSize = new SourceRecord(new FileStamp(0, 0, 0, 0, -1, 0, 2049), null, List.of());
        var tooManyNanos = new SourceRecord(new FileStamp(0, 1_000_000_000, 0, 0, 0, 0, 2049), null, List.of());
        assertThatIllegalArgumentException().isThrownBy(() -> RecordCodec.encode(negativeSize));
        assertThatIllegalArgumentException().isThrownBy(() -> RecordCodec.encode(tooManyNanos));
    }

    private static void requireRecordOrRefusal(byte[] bytes) {
        try {
            SourceRecord record = RecordCodec.decode(bytes);
            assertThat(RecordCodec.decode(RecordCodec.encode(record))).isEqualTo(record);
        } catch (BadRecordException refusal) {
            assertThat(refusal).hasMessageContaining("byte");
        }
    }
}

package dev.freshpyc.core.proof;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.verdict.Evidence;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;

/** Encodes the rows of proof files; the package describes their bytes. */
final class ProofRow {

    /** Bytes of a digest that are kept. */
    private static final int DIGEST = 24;

    private static final int KEY = DIGEST + Short.BYTES + DIGEST;
    private static final int VALUE = 4;
    private static final int EVIDENCE_AT = 2;

    /** The value of a refuted pair in the place of the evidence. */
    private static final byte REFUTED = 0x7f;

    private static final int ORIGIN_AT = 3;

    /** The numbers of the evidence, from 0. */
    private static final List<Evidence> EVIDENCE =
            List.of(Evidence.RECOMPILED, Evidence.HASH_HEADER, Evidence.INDEX, Evidence.MANIFEST, Evidence.HEADER);

    /** Orders values by their evidence, with refutations first: no proof restores a pair that a comparison refuted. */
    static final Comparator<byte[]> STRONGEST_FIRST = Comparator.comparing((byte[] value) -> !isRefuted(value))
            .thenComparing(value -> isRefuted(value) ? Evidence.RECOMPILED : evidence(value));

    private ProofRow() {}

    /** Whether evidence of this kind makes a proof that holds for other files with the same contents. */
    static boolean isKept(Evidence evidence) {
        return EVIDENCE.contains(evidence);
    }

    static byte[] key(ProvenPair pair) {
        byte[] level = pair.level().name().getBytes(StandardCharsets.US_ASCII);
        ByteBuffer out = ByteBuffer.allocate(KEY + level.length).order(ByteOrder.LITTLE_ENDIAN);
        put(pair.source(), out);
        out.putShort((short) pair.magic().number());
        put(pair.body(), out);
        return out.put(level).array();
    }

    private static void put(Sha256 digest, ByteBuffer out) {
        out.put(digest.toBytes(), 0, DIGEST);
    }

    static byte[] value(int day, Evidence evidence, int origin) {
        return new byte[] {(byte) day, (byte) (day >>> 8), (byte) EVIDENCE.indexOf(evidence), (byte) origin};
    }

    /** The value of a pair whose source an interpreter has compiled to other code. */
    static byte[] refuted(int day, int origin) {
        return new byte[] {(byte) day, (byte) (day >>> 8), REFUTED, (byte) origin};
    }

    static boolean isRefuted(byte[] value) {
        return value[EVIDENCE_AT] == REFUTED;
    }

    /** The value with another number of its origin. */
    static byte[] withOrigin(byte[] value, int origin) {
        byte[] other = value.clone();
        other[ORIGIN_AT] = (byte) origin;
        return other;
    }

    /** The value with another day. */
    static byte[] withDay(byte[] value, int day) {
        byte[] other = value.clone();
        other[0] = (byte) day;
        other[1] = (byte) (day >>> 8);
        return other;
    }

    /** Whether this version could have written the row in a file with {@code origins} origins. */
    static boolean isValid(byte[] key, byte[] value, int origins) {
        return key.length >= KEY
                && value.length == VALUE
                && (isRefuted(value) || (value[EVIDENCE_AT] >= 0 && value[EVIDENCE_AT] < EVIDENCE.size()))
                && origin(value) < origins;
    }

    /** The magic in a row's key. */
    static Magic magic(byte[] key) {
        return Magic.of((key[DIGEST] & 0xff) | (key[DIGEST + 1] & 0xff) << Byte.SIZE);
    }

    static int day(byte[] value) {
        return (value[0] & 0xff) | (value[1] & 0xff) << 8;
    }

    /** The evidence of a row that is no refutation. */
    static Evidence evidence(byte[] value) {
        return EVIDENCE.get(value[EVIDENCE_AT]);
    }

    static int origin(byte[] value) {
        return value[ORIGIN_AT] & 0xff;
    }
}

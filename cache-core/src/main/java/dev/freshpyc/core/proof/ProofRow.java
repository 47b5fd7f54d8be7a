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

    /** The value of turn 0 in the place of the evidence; each later turn has the next smaller number. */
    private static final byte REFUTED = 0x7f;

    /** The turn of a row that contradicts no other row and is no refutation. */
    static final int NO_TURN = -1;

    /** No row contradicts a row of this turn, so that the pair stays refuted. */
    static final int LAST_TURN = 62;

    private static final int ORIGIN_AT = 3;

    /** The numbers of the evidence, from 0. */
    private static final List<Evidence> EVIDENCE =
            List.of(Evidence.RECOMPILED, Evidence.HASH_HEADER, Evidence.INDEX, Evidence.MANIFEST, Evidence.HEADER);

    /** Orders values by their turns, the last first, then by their evidence: no proof without a turn restores a refuted pair. */
    static final Comparator<byte[]> STRONGEST_FIRST = Comparator.comparingInt((byte[] value) -> -turn(value))
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

    /** The value of a pair that was compared: other code was found in an even turn, equal code in an odd turn. */
    static byte[] ofTurn(int turn, int day, int origin) {
        return new byte[] {(byte) day, (byte) (day >>> 8), (byte) (REFUTED - turn), (byte) origin};
    }

    /** How often comparisons of the pair contradicted each other until this row; {@link #NO_TURN} for a plain proof. */
    static int turn(byte[] value) {
        return value[EVIDENCE_AT] < REFUTED - LAST_TURN ? NO_TURN : REFUTED - value[EVIDENCE_AT];
    }

    static boolean isRefuted(byte[] value) {
        return isRefuting(turn(value));
    }

    /** Whether a row of this turn is a refutation. */
    static boolean isRefuting(int turn) {
        return turn != NO_TURN && turn % 2 == 0;
    }

    /** Whether a row of this turn is a proof that restores a refuted pair. */
    static boolean isRestoring(int turn) {
        return turn != NO_TURN && turn % 2 != 0;
    }

    /** The first format of a file that may have the row. */
    static int format(byte[] value) {
        int turn = turn(value);
        return turn == NO_TURN ? ProofHeader.PLAIN : turn == 0 ? ProofHeader.REFUTING : ProofHeader.RESTORING;
    }

    /** The value for other stores: a proof that restored a pair here is there a proof like others, and restores nothing. */
    static byte[] elsewhere(byte[] value) {
        if (turn(value) == NO_TURN) {
            return value;
        }
        byte[] other = value.clone();
        other[EVIDENCE_AT] = isRefuted(value) ? REFUTED : (byte) EVIDENCE.indexOf(Evidence.RECOMPILED);
        return other;
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

    /** Whether this version could have written the row in a file of {@code format} with {@code origins} origins. */
    static boolean isValid(byte[] key, byte[] value, int format, int origins) {
        return key.length >= KEY
                && value.length == VALUE
                && (turn(value) != NO_TURN || (value[EVIDENCE_AT] >= 0 && value[EVIDENCE_AT] < EVIDENCE.size()))
                && format(value) <= format
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
        return turn(value) == NO_TURN ? EVIDENCE.get(value[EVIDENCE_AT]) : Evidence.RECOMPILED;
    }

    static int origin(byte[] value) {
        return value[ORIGIN_AT] & 0xff;
    }
}

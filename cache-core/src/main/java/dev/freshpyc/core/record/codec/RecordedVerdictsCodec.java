package dev.freshpyc.core.record.codec;

import dev.freshpyc.core.record.RecordedVerdicts;
import dev.freshpyc.core.verdict.Verdict;
import java.util.EnumMap;
import java.util.Map;

/** Encodes and decodes the verdicts of an index, in the grammar that the package's documentation gives. */
public final class RecordedVerdictsCodec {

    /** The format of the bytes. */
    public static final int VERSION = 1;

    private RecordedVerdictsCodec() {}

    /** The bytes of the numbers; equal numbers have equal bytes. */
    public static byte[] encode(RecordedVerdicts verdicts) {
        RecordWriter out = new RecordWriter();
        out.writeNumber(verdicts.unproven());
        write(verdicts.verdicts(), out);
        return out.toBytes();
    }

    /**
     * Decodes the numbers.
     *
     * @throws BadRecordException when the bytes are not verdicts
     */
    public static RecordedVerdicts decode(byte[] bytes) throws BadRecordException {
        RecordReader in = new RecordReader(bytes);
        RecordedVerdicts verdicts = new RecordedVerdicts(in.readNumber(Long.MAX_VALUE), read(in));
        in.requireEnd();
        return verdicts;
    }

    static void write(Map<Verdict.Kind, Long> verdicts, RecordWriter out) {
        out.writeNumber(verdicts.size());
        for (int code = 0; code < VerdictCodec.KINDS.size(); code++) {
            Long count = verdicts.get(VerdictCodec.KINDS.get(code));
            if (count != null) {
                out.writeByte(code);
                out.writeNumber(count);
            }
        }
    }

    static Map<Verdict.Kind, Long> read(RecordReader in) throws BadRecordException {
        Map<Verdict.Kind, Long> verdicts = new EnumMap<>(Verdict.Kind.class);
        long kinds = in.readNumber(VerdictCodec.KINDS.size());
        for (long i = 0; i < kinds; i++) {
            long code = in.readNumber(VerdictCodec.KINDS.size() - 1L);
            verdicts.put(VerdictCodec.KINDS.get((int) code), in.readNumber(Integer.MAX_VALUE));
        }
        return verdicts;
    }
}

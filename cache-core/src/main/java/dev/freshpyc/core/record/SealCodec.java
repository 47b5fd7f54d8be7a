package dev.freshpyc.core.record;

import dev.freshpyc.core.file.RawPath;
import dev.freshpyc.core.verdict.Verdict;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** The seals of an index as bytes, in the grammar that the package's documentation gives. */
public final class SealCodec {

    private static final int SHORTEST = 1 + Sha256.LENGTH + 2;

    private SealCodec() {}

    /** The bytes of all seals of an entry; equal seals have equal bytes. */
    public static byte[] encode(Map<RawPath, Seal> seals) {
        RecordWriter out = new RecordWriter();
        out.writeNumber(seals.size());
        new TreeMap<>(seals).forEach((directory, seal) -> {
            out.writeText(directory.toBytes());
            write(seal, out);
        });
        return out.toBytes();
    }

    /**
     * The seals of those bytes.
     *
     * @throws BadRecordException when they are not those of seals
     */
    public static Map<RawPath, Seal> decode(byte[] bytes) throws BadRecordException {
        RecordReader in = new RecordReader(bytes);
        int count = (int) in.readNumber(in.remaining() / SHORTEST);
        Map<RawPath, Seal> seals = HashMap.newHashMap(count);
        for (int i = 0; i < count; i++) {
            byte[] directory = in.readText();
            seals.put(RawPath.of(directory, 0, directory.length), read(in));
        }
        in.requireEnd();
        return seals;
    }

    private static void write(Seal seal, RecordWriter out) {
        out.writeDigest(seal.looks());
        out.writeNumber(seal.records());
        out.writeNumber(seal.verdicts().size());
        for (int code = 0; code < VerdictCodec.KINDS.size(); code++) {
            Long count = seal.verdicts().get(VerdictCodec.KINDS.get(code));
            if (count != null) {
                out.writeByte(code);
                out.writeNumber(count);
            }
        }
    }

    private static Seal read(RecordReader in) throws BadRecordException {
        Sha256 looks = in.readDigest();
        long records = in.readNumber(Integer.MAX_VALUE);
        Map<Verdict.Kind, Long> verdicts = new EnumMap<>(Verdict.Kind.class);
        long kinds = in.readNumber(VerdictCodec.KINDS.size());
        for (long i = 0; i < kinds; i++) {
            long code = in.readNumber(VerdictCodec.KINDS.size() - 1L);
            verdicts.put(VerdictCodec.KINDS.get((int) code), in.readNumber(Integer.MAX_VALUE));
        }
        return new Seal(looks, records, verdicts);
    }
}

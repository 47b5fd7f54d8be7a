package dev.freshpyc.core.record.codec;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.Seal;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Encodes and decodes the seals of an index, in the grammar that the package's documentation gives. */
public final class SealCodec {

    /** The format of the bytes: seals of another version are not read. */
    public static final int VERSION = 2;

    private static final int SHORTEST = 1 + Sha256.LENGTH + 3;

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
     * Decodes seals.
     *
     * @throws BadRecordException when the bytes are not seals
     */
    public static Map<RawPath, Seal> decode(byte[] bytes) throws BadRecordException {
        RecordReader in = new RecordReader(bytes);
        int count = count(in);
        Map<RawPath, Seal> seals = HashMap.newHashMap(count);
        for (int i = 0; i < count; i++) {
            seals.put(directory(in), read(in));
        }
        in.requireEnd();
        return seals;
    }

    /**
     * Removes the seals of some directories from encoded seals. Decoding and encoding all seals would be most of the cost of a
     * small change to a large index.
     *
     * @throws BadRecordException when the bytes are not seals
     */
    public static byte[] without(byte[] bytes, Set<RawPath> directories) throws BadRecordException {
        RecordReader in = new RecordReader(bytes);
        int count = count(in);
        int kept = 0;
        RecordWriter seals = new RecordWriter();
        for (int i = 0; i < count; i++) {
            int begin = in.position();
            RawPath directory = directory(in);
            skip(in);
            if (!directories.contains(directory)) {
                seals.writeBytes(bytes, begin, in.position() - begin);
                kept++;
            }
        }
        in.requireEnd();
        RecordWriter out = new RecordWriter();
        out.writeNumber(kept);
        out.writeBytes(seals.toBytes());
        return out.toBytes();
    }

    private static int count(RecordReader in) throws BadRecordException {
        return (int) in.readNumber(in.remaining() / SHORTEST);
    }

    private static RawPath directory(RecordReader in) throws BadRecordException {
        byte[] name = in.readText();
        return RawPath.of(name, 0, name.length);
    }

    private static void skip(RecordReader in) throws BadRecordException {
        in.skip(Sha256.LENGTH);
        in.readNumber();
        in.readNumber();
        long kinds = in.readNumber(VerdictCodec.KINDS.size());
        for (long i = 0; i < kinds; i++) {
            in.readNumber();
            in.readNumber();
        }
    }

    private static void write(Seal seal, RecordWriter out) {
        out.writeDigest(seal.fingerprint());
        out.writeNumber(seal.records());
        out.writeNumber(seal.unproven());
        RecordedVerdictsCodec.write(seal.verdicts(), out);
    }

    private static Seal read(RecordReader in) throws BadRecordException {
        Sha256 fingerprint = in.readDigest();
        long records = in.readNumber(Integer.MAX_VALUE);
        long unproven = in.readNumber(Integer.MAX_VALUE);
        return new Seal(fingerprint, records, unproven, RecordedVerdictsCodec.read(in));
    }
}

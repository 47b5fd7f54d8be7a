package dev.freshpyc.core.store.chronicle;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.Seal;
import dev.freshpyc.core.record.codec.BadRecordException;
import dev.freshpyc.core.record.codec.SealCodec;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The seals of an open index. The seals are decoded only when a caller needs them: most callers do not, and a large index
 * has tens of thousands of seals.
 */
final class EncodedSeals {

    private final byte[] before;
    private final Set<RawPath> dropped = new HashSet<>();
    private @Nullable Map<RawPath, Seal> decoded;

    EncodedSeals(byte[] before) {
        this.before = before;
    }

    /** The seals of an absent index. */
    static EncodedSeals none() {
        return new EncodedSeals(SealCodec.encode(Map.of()));
    }

    synchronized void put(RawPath directory, Seal seal) {
        decoded().put(directory, seal);
    }

    synchronized void drop(RawPath directory) {
        if (decoded == null) {
            dropped.add(directory);
        } else {
            decoded.remove(directory);
        }
    }

    synchronized Map<RawPath, Seal> all() {
        return Map.copyOf(decoded());
    }

    synchronized byte[] encode() {
        if (decoded == null) {
            try {
                return SealCodec.without(before, dropped);
            } catch (BadRecordException faulty) {
                decoded = new HashMap<>();
            }
        }
        return SealCodec.encode(decoded);
    }

    /** The decoded seals; empty when a faulty program wrote bytes that cannot be decoded. */
    private Map<RawPath, Seal> decoded() {
        Map<RawPath, Seal> seals = decoded;
        if (seals == null) {
            try {
                seals = SealCodec.decode(before);
                seals.keySet().removeAll(dropped);
            } catch (BadRecordException faulty) {
                seals = new HashMap<>();
            }
            decoded = seals;
        }
        return seals;
    }
}

package dev.freshpyc.core.store.table;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.record.codec.BadRecordException;
import dev.freshpyc.core.record.codec.RecordCodec;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the keys and values of a table. A value that cannot be decoded although the checksums are right was written by a
 * faulty program; it counts as absent, and the next run replaces it.
 */
public final class Records {

    /** The value that says that a key of a layer below is removed. */
    public static final byte[] REMOVED = {};

    private Records() {}

    public static Optional<SourceRecord> decode(byte @Nullable [] value) {
        if (value == null || value.length == 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(RecordCodec.decode(value));
        } catch (BadRecordException _) {
            return Optional.empty();
        }
    }

    public static RawPath path(byte[] key) {
        return RawPath.of(key, 0, key.length);
    }
}

package dev.freshpyc.core.store.chronicle;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.record.codec.BadRecordException;
import dev.freshpyc.core.record.codec.RecordCodec;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the values of a map. A value that cannot be decoded although the checksums are right was written by a faulty
 * program; it counts as absent, and the next run replaces it.
 */
final class Records {

    private Records() {}

    static Optional<SourceRecord> decode(byte @Nullable [] value) {
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(RecordCodec.decode(value));
        } catch (BadRecordException _) {
            return Optional.empty();
        }
    }

    static BiConsumer<byte[], byte[]> decoding(BiConsumer<RawPath, SourceRecord> action) {
        return (key, value) -> decode(value).ifPresent(record -> action.accept(path(key), record));
    }

    static RawPath path(byte[] key) {
        return RawPath.of(key, 0, key.length);
    }
}

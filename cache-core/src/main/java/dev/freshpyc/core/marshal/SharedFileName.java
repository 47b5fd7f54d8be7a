package dev.freshpyc.core.marshal;

import dev.freshpyc.core.file.ByteSource;
import dev.freshpyc.core.marshal.Grammar.Rule;
import dev.freshpyc.core.path.RawPath;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The {@code co_filename} that all code objects of a body share: the first name in the body, which must also be the name of
 * the outermost code object. A different name of an inner code object is digested like any other part.
 */
final class SharedFileName {
    static final int LIMIT = 64 * 1024;

    private final Window window = new Window();
    private final ObjectHash hash;
    private final LeafDigest leaf;
    private byte @Nullable [] digest;
    private long offset;
    private boolean outermost;

    SharedFileName(ObjectHash hash) {
        this.hash = hash;
        leaf = new LeafDigest(hash);
    }

    void clear() {
        digest = null;
        outermost = false;
    }

    /** Whether {@code name}, the file name of a code object, is the shared file name. */
    boolean isShared(ObjectDigest name, boolean ofOutermost) {
        if (digest == null) {
            digest = name.digest.clone();
            offset = name.offset;
        }
        boolean shared = Arrays.equals(digest, name.digest);
        outermost |= ofOutermost && shared;
        return shared;
    }

    /**
     * Reads the shared name from the file again and compares its digest, because the file may have changed. Empty if the
     * name is not a string that an interpreter can read, is too long, or differs from the outermost code object's name.
     */
    Optional<RawPath> read(ByteSource file, MarshalDialect dialect) throws IOException {
        if (!outermost) {
            return Optional.empty();
        }
        window.open(file, offset);
        try {
            int type = window.unsignedByte();
            long length = length(window, dialect.rule(type));
            return length < 0 || length > LIMIT ? Optional.empty() : read(type, (int) length, file, dialect);
        } catch (WalkEnd truncated) {
            return Optional.empty();
        }
    }

    /** Reads the length of a string, in bytes, behind the type byte of that rule; −1 for an object of another kind. */
    static long length(Window window, Rule rule) throws IOException, WalkEnd {
        return switch (rule.payload()) {
            case SHORT_STRING -> window.unsignedByte();
            case STRING, TABLED_STRING -> Integer.toUnsignedLong(window.signedInt());
            default -> -1;
        };
    }

    private Optional<RawPath> read(int type, int length, ByteSource file, MarshalDialect dialect)
            throws IOException, WalkEnd {
        byte[] name = new byte[length];
        long start = window.position();
        ObjectDigest again = new ObjectDigest(hash);
        leaf.begin(dialect);
        leaf.met(type & DigestWalk.TYPE);
        leaf.content(window, length);
        leaf.end(again);
        boolean same = leaf.isString() && Arrays.equals(digest, again.digest) && file.readFully(start, name, length);
        return Optional.of(RawPath.of(name, 0, length))
                .filter(read -> same && (dialect == MarshalDialect.CPYTHON_2_7 || read.isMarshalledText()));
    }
}

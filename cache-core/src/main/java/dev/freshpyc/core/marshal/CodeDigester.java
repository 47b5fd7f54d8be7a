package dev.freshpyc.core.marshal;

import dev.freshpyc.core.file.ByteSource;
import dev.freshpyc.core.marshal.ObjectDigest.ContentBits;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.CacheTag;
import dev.freshpyc.core.pyc.Magic;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Digests the code object of a body, so that equal digests mean equal code even if the bytes differ. Equal code can have
 * different bytes: marshal marks and references objects by the reference counts in the writing process, and can encode one
 * object in several ways.
 *
 * <p>The digest of an object is a hash ({@link PartDigest}) of its parts' digests, its own fields and its type;
 * {@link LeafDigest} digests objects without parts. A reference counts as the object that it refers to, whose digest is
 * kept. So every object is digested once, and a body of kilobytes that unfolds into billions of objects costs what kilobytes
 * cost. The order of a set's members does not matter, except where the order could change the set ({@link ContentBits}).
 *
 * <p>A body has no digest if {@link MarshalWalker} does not call the body complete, if equal digests would not prove equal
 * code, or if the digest would take unbounded time. No interpreter writes such bodies. They have an object inside itself; a
 * reference to a list, set or dictionary; a repeated member of a set; a dictionary's key without value; more than
 * {@value DigestTable#LIMIT} reference slots or members in sets; a {@code co_filename} that is not UTF-8 or is longer than
 * {@value SharedFileName#LIMIT} bytes, or an inner {@code co_filename} that comes first and differs from the outermost one.
 *
 * <p>Time is linear in the body's length (except for the sorting of sets), memory bounded and reused for the next file. A
 * digester belongs to one thread.
 */
public final class CodeDigester {
    private final DigestWalk walk = new DigestWalk(ObjectHash.KEYED);

    /**
     * The digest of the body of a file, or empty.
     *
     * @param start the offset of the body: the length of the header
     * @throws IOException when the file cannot be read any more
     */
    public Optional<CodeDigest> digest(ByteSource file, long start, MarshalDialect dialect) throws IOException {
        return walk.digestCode(file, start, dialect).map(this::digest);
    }

    /** The digest of a body in memory, in the dialect that tag and magic name; empty also if that dialect is unknown. */
    public Optional<CodeDigest> digest(byte[] bytes, int start, @Nullable CacheTag tag, Magic magic) {
        return walk.digestCode(bytes, start, tag, magic).map(this::digest);
    }

    private CodeDigest digest(RawPath fileName) {
        ByteBuffer digest = ByteBuffer.wrap(walk.digest());
        return new CodeDigest(digest.getLong(0), digest.getLong(Long.BYTES), fileName);
    }
}

package dev.freshpyc.core.marshal;

import dev.freshpyc.core.file.ByteSource;
import dev.freshpyc.core.path.RawPath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Digests the code object of a body, so that equal digests mean equal code although the bytes differ: marshal marks objects
 * and refers to them by the reference counts in the process that wrote, and has several spellings of one object.
 *
 * <p>The digest of an object is a hash ({@link PartDigest}) of its parts' digests, its own fields and its type ({@link LeafDigest} for those
 * without parts). A reference counts as the object that it stands for, whose digest is kept: so an object is digested once,
 * however often it is referred to, and a body of kilobytes that unfolds into billions of objects costs what kilobytes cost.
 * Sets are the same in any order of their members, except where that could change which members they have ({@link Kinds}).
 *
 * <p>There is none of a body that {@link MarshalWalker} does not call complete, nor where equality of the digests would not be
 * enough, or be endless to find out. No interpreter writes such a body: an object inside itself; a list, set or dictionary
 * that is referred to; a member twice in a set; a dictionary's key without value; more than {@value DigestTable#LIMIT}
 * reference slots or members in sets; a {@code co_filename} longer than {@value FileName#LIMIT} bytes, or one inside that
 * comes first and is not the outermost one.
 *
 * <p>Time is linear in the body's length (but for the sorting of sets), memory bounded and kept for the next file. A digester
 * belongs to one thread.
 */
public final class CodeDigester {
    private final DigestWalk walk = new DigestWalk();

    /**
     * The digest of the body of a file, or empty.
     *
     * @param start the offset of the body: the length of the header
     * @throws IOException when the file cannot be read any more
     */
    public Optional<CodeDigest> digest(ByteSource file, long start, MarshalDialect dialect) throws IOException {
        boolean code = walk.walk(file, start, dialect) instanceof MarshalBody.Complete;
        if (!code || walk.failed()) {
            return Optional.empty();
        }
        ByteBuffer digest = ByteBuffer.wrap(walk.digest());
        Optional<RawPath> name = walk.fileName().read(file, dialect);
        return name.map(fileName -> new CodeDigest(digest.getLong(0), digest.getLong(Long.BYTES), fileName));
    }
}

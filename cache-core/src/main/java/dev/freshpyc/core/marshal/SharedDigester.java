package dev.freshpyc.core.marshal;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.CacheTag;
import dev.freshpyc.core.pyc.Magic;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Digests the code object of a body as {@link CodeDigester} does, but with SHA-256, so that machines can compare the digests. If this
 * computation changes, digests that machines have exchanged before match no more. A digester belongs to one thread.
 */
public final class SharedDigester {

    private final DigestWalk walk = new DigestWalk(ObjectHash.SHA256);

    /**
     * Code, apart from the name of its source.
     *
     * @param digest covers everything but the {@code co_filename} that all code objects of the body share
     * @param fileName that name, as {@link CodeDigest#fileName} has it
     */
    public record SharedDigest(Sha256 digest, RawPath fileName) {}

    /** The digest of a body in memory, in the dialect that tag and magic name; empty where {@link CodeDigester} has none. */
    public Optional<SharedDigest> digest(byte[] bytes, int start, @Nullable CacheTag tag, Magic magic) {
        return walk.digestCode(bytes, start, tag, magic)
                .map(fileName -> new SharedDigest(Sha256.of(walk.digest()), fileName));
    }
}

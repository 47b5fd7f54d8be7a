package dev.freshpyc.indexer.repair.plan;

import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.PycFormat;
import dev.freshpyc.core.pyc.SourceHash;
import dev.freshpyc.indexer.fs.FileContents;
import dev.freshpyc.indexer.repair.change.FilePlace.SourceKey;
import dev.freshpyc.indexer.scan.Sighting;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Computes source hashes as headers hold them; reads a source once for all of its levels. */
final class SourceHashes {

    private static final int BUFFER = 64 * 1024;

    private final byte[] buffer = new byte[BUFFER];
    private @Nullable Request last;
    private Optional<SourceHash> lastHash = Optional.empty();

    private record Request(SourceKey source, FileStamp stamp, Magic magic) {}

    /**
     * The hash of a source; empty when the source cannot be read. The stamp is compared again when the hash is about to be
     * written: an equal stamp then means that the source had it while it was read.
     */
    Optional<SourceHash> hash(Sighting sighting, FileStamp stamp, Magic magic, PycFormat format) {
        SourceKey source = new SourceKey(sighting.entry(), sighting.sourceKey().orElseThrow());
        Request request = new Request(source, stamp, magic);
        if (!request.equals(last)) {
            lastHash = read(sighting, magic, Objects.requireNonNull(format.hash()));
            last = request;
        }
        return lastHash;
    }

    private Optional<SourceHash> read(Sighting sighting, Magic magic, SourceHash.Algorithm algorithm) {
        if (!(sighting.openSource() instanceof FileContents.Opening.Open open)) {
            return Optional.empty();
        }
        try (FileContents contents = open.contents()) {
            return Optional.ofNullable(SourceHash.of(contents, contents.size(), magic, algorithm, buffer));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}

package dev.freshpyc.indexer.repair.plan;

import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.PycFormat;
import dev.freshpyc.core.pyc.SourceHash;
import dev.freshpyc.indexer.fs.FileContents;
import dev.freshpyc.indexer.scan.Sighting;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Source hashes as headers hold them: one source is read once for all its levels. */
public final class SourceHashMemo {

    private static final int BUFFER = 64 * 1024;

    private final byte[] buffer = new byte[BUFFER];
    private @Nullable Key known;
    private Optional<SourceHash> hash = Optional.empty();

    private record Key(int entry, RawPath source, FileStamp stamp, Magic magic) {}

    /**
     * The hash of a source; empty when it cannot be read. Whether it has that stamp still is asked when the hash is about to
     * be written: then it had it while it was read, too.
     */
    public Optional<SourceHash> hash(Sighting sighting, FileStamp source, Magic magic, PycFormat format) {
        Key key = new Key(sighting.entry().index(), sighting.sourceKey().orElseThrow(), source, magic);
        if (!key.equals(known)) {
            hash = read(sighting, magic, Objects.requireNonNull(format.hash()));
            known = key;
        }
        return hash;
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

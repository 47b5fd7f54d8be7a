package dev.freshpyc.indexer.prove;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.observe.Observation.SourceState;
import dev.freshpyc.core.pyc.Magic;
import dev.freshpyc.core.pyc.PycFormat;
import dev.freshpyc.core.record.HeaderBytes;
import dev.freshpyc.indexer.fs.FileContents;
import dev.freshpyc.indexer.scan.Sighting;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a source and its pyc into memory. Belongs to one worker of a scan. */
public final class PairReader {

    /** Each worker has two files in memory. */
    private static final int MAX_FILE =
            (int) Math.min(64 << 20, Runtime.getRuntime().maxMemory() / 16);

    private final MessageDigest sha256 = Sha256.newDigest();

    /**
     * Reads both files; empty where one cannot be read, or is too large.
     *
     * @param head the first bytes of the pyc
     */
    public Optional<PairContents> read(Sighting sighting, HeaderBytes head) {
        byte @Nullable [] source = read(sighting.openSource());
        byte @Nullable [] pyc = read(sighting.openPyc());
        if (source == null || pyc == null) {
            return Optional.empty();
        }
        int length = PycFormat.of(sighting.tag(), new Magic((int) head.low()))
                .layout()
                .length();
        int bodyAt = Math.min(length, pyc.length);
        sha256.update(pyc, bodyAt, pyc.length - bodyAt);
        Sha256 body = Sha256.of(sha256.digest());
        return Optional.of(new PairContents(head, source, pyc, bodyAt, Sha256.of(sha256.digest(source)), body));
    }

    /** Whether one of the files is too large to be read. */
    static boolean isTooLarge(Sighting sighting) {
        boolean source = sighting.sourceState() instanceof SourceState.Present present
                && present.stamp().size() > MAX_FILE;
        return source
                || sighting.pycStampNow().filter(pyc -> pyc.size() > MAX_FILE).isPresent();
    }

    private static byte @Nullable [] read(FileContents.Opening opening) {
        if (!(opening instanceof FileContents.Opening.Open open)) {
            return null;
        }
        try (FileContents contents = open.contents()) {
            if (contents.size() > MAX_FILE) {
                return null;
            }
            byte[] bytes = new byte[(int) contents.size()];
            return contents.readFully(0, bytes, bytes.length) ? bytes : null;
        } catch (IOException unreadable) {
            return null;
        }
    }
}

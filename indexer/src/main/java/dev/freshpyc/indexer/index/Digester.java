package dev.freshpyc.indexer.index;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.indexer.fs.FileContents;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Digests of files, counted. Not thread-safe. */
final class Digester {

    /** Larger files than this are no bytecode and no source that anybody imports; they stay unproven. */
    private static final long MAX_SIZE = 256L * 1024 * 1024;

    private long files;
    private long bytes;

    /** The digest of an open file from {@code position} on; null when it cannot be read whole, or was not opened. */
    @Nullable
    Sha256 digest(FileContents.Opening opening, long position) {
        return opening instanceof FileContents.Opening.Open open ? digest(open.contents(), position) : null;
    }

    /** How many files were read since this was asked last. */
    long takeFiles() {
        long read = files;
        files = 0;
        return read;
    }

    /** How many bytes were read since this was asked last. */
    long takeBytes() {
        long read = bytes;
        bytes = 0;
        return read;
    }

    private @Nullable Sha256 digest(FileContents contents, long from) {
        try (contents) {
            if (contents.size() > MAX_SIZE) {
                return null;
            }
            files++;
            bytes += Math.max(0, contents.size() - from);
            return contents.sha256(from);
        } catch (IOException unreadable) {
            return null;
        }
    }
}

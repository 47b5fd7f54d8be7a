package dev.freshpyc.indexer.index;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.indexer.fs.FileContents;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Digests files and counts them. Not thread-safe. */
public final class FileDigester {

    /** Size limit in bytes: no larger source or pyc is imported in practice. Larger files stay unproven. */
    private static final long MAX_SIZE = 256L * 1024 * 1024;

    private long files;
    private long bytes;

    /** The digest of an open file from {@code position} to its end; null when the file was not opened or cannot be read. */
    @Nullable
    Sha256 digest(FileContents.Opening opening, long position) {
        return opening instanceof FileContents.Opening.Open open ? digest(open.contents(), position) : null;
    }

    /** How many files were read since the last call. */
    public long takeFiles() {
        long read = files;
        files = 0;
        return read;
    }

    /** How many bytes were read since the last call. */
    public long takeBytes() {
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

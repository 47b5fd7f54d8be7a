package dev.freshpyc.indexer.index;

import dev.freshpyc.core.record.Sha256;
import dev.freshpyc.indexer.files.FileContents;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** SHA-256 of files, through one buffer. Not thread-safe. */
final class Digester {

    /** Larger files than this are no bytecode and no source that anybody imports; they stay unproven. */
    private static final long MAX_SIZE = 256L * 1024 * 1024;

    private static final int BUFFER = 128 * 1024;

    private final MessageDigest digest;
    private final byte[] buffer = new byte[BUFFER];
    private long files;
    private long bytes;

    Digester() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java platform has SHA-256", impossible);
        }
    }

    /** The digest of an open file from {@code position} on; null when it cannot be read whole, or was not opened. */
    @Nullable
    Sha256 digest(FileContents.Opening opening, long position) {
        return opening instanceof FileContents.Opening.Open open ? digest(open.contents(), position) : null;
    }

    /** How many files were read. */
    long files() {
        return files;
    }

    /** How many bytes were read. */
    long bytes() {
        return bytes;
    }

    private @Nullable Sha256 digest(FileContents contents, long from) {
        try (contents) {
            if (contents.size() > MAX_SIZE) {
                return null;
            }
            files++;
            long position = from;
            int read = contents.read(position, buffer, 0, BUFFER);
            while (read > 0 && position <= contents.size()) {
                digest.update(buffer, 0, read);
                position += read;
                bytes += read;
                read = contents.read(position, buffer, 0, BUFFER);
            }
            byte[] result = digest.digest();
            return position == Math.max(contents.size(), from) ? Sha256.of(result) : null;
        } catch (IOException unreadable) {
            digest.reset();
            return null;
        }
    }
}

package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.indexer.fs.FileStat;
import dev.freshpyc.indexer.fs.Listing;
import dev.freshpyc.indexer.fs.OpenDirectory;
import dev.freshpyc.indexer.fs.TreeReader;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/**
 * Computes the fingerprint of a directory: a digest over the names and stamps of its sources and pycs. Equal fingerprints mean
 * the same files, unchanged. The digest is cryptographic, because whoever may write to a scanned tree chooses most of its input.
 */
final class DirectoryFingerprint {

    private static final int BUFFER = 1 << 14;
    private static final int MAX_ITEM = 2 * Integer.BYTES + 1 + FileStat.BYTES;

    private final TreeReader files;
    private final FileStat stat = new FileStat();
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private final MessageDigest digest = Sha256.newDigest();

    DirectoryFingerprint(TreeReader files) {
        this.files = files;
    }

    /** Adds one file; {@code role} says in which directory the name stands, by the same letter in every release. */
    void add(char role, OpenDirectory directory, Listing names, int index) {
        int code = files.stat(directory, names, index, stat);
        int length = names.end(index) - names.start(index);
        if (buffer.remaining() < length + MAX_ITEM) {
            drain();
        }
        buffer.put((byte) role).putInt(length).put(names.bytes(), names.start(index), length);
        buffer.putInt(code < 0 ? code : stat.type() == FileStat.FileType.REGULAR ? 1 : 0);
        if (code >= 0) {
            stat.writeStamp(buffer);
        }
    }

    /** The digest of the files added since the last call. */
    Sha256 take() {
        drain();
        return Sha256.of(digest.digest());
    }

    private void drain() {
        digest.update(buffer.array(), 0, buffer.position());
        buffer.clear();
    }
}

package dev.freshpyc.indexer.scan;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.indexer.fs.FileStat;
import dev.freshpyc.indexer.fs.FileStat.FileType;
import dev.freshpyc.indexer.fs.Listing;
import dev.freshpyc.indexer.fs.OpenDirectory;
import dev.freshpyc.indexer.fs.TreeReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * Computes the fingerprint of a directory: a digest over the names and stamps of its sources and pycs. Equal fingerprints mean
 * the same files, unchanged. The digest is cryptographic, because whoever may write to a scanned tree chooses most of its input.
 *
 * <p>Digested for each file, integers little-endian: the role (1 byte), the result of the stat (1 byte), the length of the name
 * (4 bytes), the name; then the errno (4 bytes) of a failed stat, or else the stamp: the device (8 bytes, only where the result
 * says that it is not the device of the file before), and the other fields ({@value FileStat#BYTES_WITHOUT_DEVICE} bytes).
 *
 * <p>A directory with a file whose stamp does not identify content has no fingerprint.
 */
final class DirectoryFingerprint {

    private static final byte NOT_REGULAR = 0;
    private static final byte REGULAR = 1;
    private static final byte ON_ANOTHER_DEVICE = 2;
    private static final byte FAILED = 4;

    private static final int BUFFER = 1 << 14;
    private static final int MAX_ITEM = 2 + Integer.BYTES + Long.BYTES + FileStat.BYTES_WITHOUT_DEVICE;

    private final TreeReader files;
    private final FileStat stat = new FileStat();
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
    private final MessageDigest digest = Sha256.newDigest();
    private final StampTrust trust;
    private long device;
    private boolean stable = true;

    DirectoryFingerprint(TreeReader files, StampTrust trust) {
        this.files = files;
        this.trust = trust;
    }

    /** Adds one file. {@code role} is the letter of the directory that has the name; a letter never changes its meaning. */
    void add(char role, OpenDirectory directory, Listing names, int index) {
        int code = files.stat(directory, names, index, stat);
        int length = names.end(index) - names.start(index);
        if (buffer.remaining() < length + MAX_ITEM) {
            drain();
        }
        buffer.put((byte) role).put(code < 0 ? FAILED : result());
        buffer.putInt(length).put(names.bytes(), names.start(index), length);
        if (code < 0) {
            buffer.putInt(code);
        } else {
            stable &= trust.isStable(directory, stat.device());
            putStamp();
        }
    }

    /** The fingerprint of the files added since the last call; empty where a stamp does not identify content. */
    Optional<Sha256> take() {
        drain();
        Sha256 all = Sha256.of(digest.digest());
        Optional<Sha256> fingerprint = stable ? Optional.of(all) : Optional.empty();
        device = 0;
        stable = true;
        return fingerprint;
    }

    private byte result() {
        byte type = stat.type() == FileType.REGULAR ? REGULAR : NOT_REGULAR;
        return stat.device() == device ? type : (byte) (type | ON_ANOTHER_DEVICE);
    }

    private void putStamp() {
        if (stat.device() != device) {
            device = stat.device();
            buffer.putLong(device);
        }
        stat.writeWithoutDevice(buffer);
    }

    private void drain() {
        digest.update(buffer.array(), 0, buffer.position());
        buffer.clear();
    }
}

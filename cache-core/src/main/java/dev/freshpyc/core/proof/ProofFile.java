package dev.freshpyc.core.proof;

import dev.freshpyc.core.digest.Crc32c;
import dev.freshpyc.core.store.file.UnusableIndexException.Corrupt;
import dev.freshpyc.core.store.table.Channels;
import dev.freshpyc.core.store.table.Cursor;
import dev.freshpyc.core.store.table.SortedTable;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An open proof file, for any number of threads. Opening reads and verifies the header and the block index. A lookup reads one
 * block of the table.
 */
final class ProofFile implements ProofRows, Closeable {

    private final Path path;
    private final FileChannel channel;
    private final ProofHeader header;
    private final SortedTable table;

    private ProofFile(Path path, FileChannel channel, ProofHeader header, SortedTable table) {
        this.path = path;
        this.channel = channel;
        this.header = header;
        this.table = table;
    }

    /** Whether a file may have refutations, as its first bytes say; false if they cannot be read. */
    static boolean mayRefute(Path path) {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            return channel.size() >= ProofHeader.FIXED
                    && ProofHeader.mayRefute(Channels.readFully(path, channel, 0, ProofHeader.FIXED));
        } catch (IOException unreadable) {
            return false;
        }
    }

    static ProofFile open(Path path) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        try {
            return over(path, channel);
        } catch (IOException | RuntimeException unusable) {
            channel.close();
            throw unusable;
        }
    }

    /**
     * A file that is open already.
     *
     * @param path for messages
     */
    static ProofFile over(Path path, FileChannel channel) throws IOException {
        long size = channel.size();
        Corrupt.unless(size >= ProofHeader.FIXED, path, "a proof file of freshpyc", size + " bytes");
        byte[] first = Channels.readFully(path, channel, 0, ProofHeader.FIXED);
        int length = ProofHeader.length(path, first, size);
        ProofHeader header = ProofHeader.decode(path, Channels.readFully(path, channel, 0, length), size);
        byte[] index = Channels.readFully(path, channel, length + header.tableLength(), header.indexLength());
        Corrupt.unless(Crc32c.of(index) == header.indexChecksum(), path, "the block index's checksum", "another");
        return new ProofFile(
                path, channel, header, new SortedTable(path, channel, length, header.tableLength(), index));
    }

    Path path() {
        return path;
    }

    @Override
    public long rows() {
        return header.rows();
    }

    @Override
    public List<String> origins() {
        return header.origins();
    }

    long bytes() throws IOException {
        return channel.size();
    }

    /**
     * The proof of a pair.
     *
     * @throws Corrupt when its block is damaged
     */
    Optional<ContentProof> find(ProvenPair pair) throws IOException {
        byte @Nullable [] value = value(ProofRow.key(pair));
        return value == null || ProofRow.isRefuted(value) ? Optional.empty() : Optional.of(proof(value));
    }

    /**
     * The turn of a pair, as {@link ProofRow#turn} tells.
     *
     * @throws Corrupt when its block is damaged
     */
    int turn(ProvenPair pair) throws IOException {
        return turn(ProofRow.key(pair));
    }

    /** The turn of the pair with a key. */
    int turn(byte[] key) throws IOException {
        byte @Nullable [] value = header.refutes() ? value(key) : null;
        return value == null ? ProofRow.NO_TURN : ProofRow.turn(value);
    }

    private byte @Nullable [] value(byte[] key) throws IOException {
        byte @Nullable [] value = table.get(key);
        return value == null ? null : requireValid(key, value);
    }

    private ContentProof proof(byte[] value) {
        return new ContentProof(
                ProofRow.evidence(value), header.origins().get(ProofRow.origin(value)), ProofRow.day(value));
    }

    @Override
    public Cursor cursor() {
        return table.cursor().map(this::requireValid);
    }

    /** Reads all rows, and throws {@link Corrupt} where they are not what the header says. */
    void verify() throws IOException {
        Cursor all = cursor();
        long count = 0;
        byte[] before = {};
        while (all.next()) {
            byte[] key = all.key();
            requireValid(key, all.value());
            Corrupt.unless(count == 0 || Arrays.compareUnsigned(before, key) < 0, path, "sorted rows", "another order");
            before = key;
            count++;
        }
        Corrupt.unless(count == header.rows(), path, header.rows() + " proofs", count + "");
    }

    private byte[] requireValid(byte[] key, byte[] value) throws Corrupt {
        boolean valid =
                ProofRow.isValid(key, value, header.format(), header.origins().size());
        Corrupt.unless(valid, path, "a proof", value.length + " other bytes");
        return value;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

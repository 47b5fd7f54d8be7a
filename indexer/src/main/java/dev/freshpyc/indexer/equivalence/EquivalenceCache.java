package dev.freshpyc.indexer.equivalence;

import dev.freshpyc.core.digest.Crc32c;
import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.proof.ProvenPair;
import dev.freshpyc.core.store.file.IndexDirectory;
import dev.freshpyc.core.store.file.UnusableIndexException;
import dev.freshpyc.core.store.file.UnusableIndexException.Corrupt;
import dev.freshpyc.core.store.file.UnusableIndexException.TooNew;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * The answers of one server and the pairs that it was told about, kept between runs in one file of the index directory. A loss of the
 * file only repeats questions, so the file is not forced to the disk; if two runs end at once, the last one's file stays.
 *
 * <p>The file, numbers little-endian:
 *
 * <pre>
 *  0 magic "freshequ"     8 bytes
 *  8 format               4
 * 12 rows                 4
 * 16 SHA-256 of the URL   32
 * 48 rows                 key 32, value 32
 *    CRC-32C              4, of all bytes before
 *
 * key                                          value
 * SHA-256 of "task", method, a zero, taskhash  the code that the server knows
 * SHA-256 of "told", the pair and the method   the body that the server was told about
 * </pre>
 *
 * Any thread may call any method.
 */
public final class EquivalenceCache {

    /** How many rows are kept: 16 MB. When there are more, rows that the last run did not use go first. */
    static final int MOST = 250_000;

    private static final long MAGIC = 0x7571656873657266L;
    private static final int FORMAT = 1;
    private static final int HEADER = 48;
    private static final int ROW = 2 * Sha256.LENGTH;
    private static final byte[] TASK = "task".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TOLD = "told".getBytes(StandardCharsets.US_ASCII);

    private final IndexDirectory directory;
    private final Path file;
    private final Sha256 server;
    private final Map<Sha256, CacheRow> rows = new ConcurrentHashMap<>();
    private volatile boolean isChanged;

    /** A value, and whether this run has used it. */
    private static final class CacheRow {
        private final Sha256 value;
        private volatile boolean isUsed;

        private CacheRow(Sha256 value, boolean isUsed) {
            this.value = value;
            this.isUsed = isUsed;
        }
    }

    private EquivalenceCache(IndexDirectory directory, String url) {
        this.directory = directory;
        this.file = directory.equivalents(RawPath.of(url));
        this.server = Sha256.of(Sha256.newDigest().digest(url.getBytes(StandardCharsets.UTF_8)));
    }

    /** The cache of a server; empty where the file is missing, damaged or not trusted. */
    public static EquivalenceCache open(IndexDirectory directory, String url) {
        EquivalenceCache cache = new EquivalenceCache(directory, url);
        try {
            directory.read(cache.file, cache::read).ifPresent(cache.rows::putAll);
        } catch (IOException _) {
            // The server is asked again.
        }
        return cache;
    }

    private Map<Sha256, CacheRow> read(Path path) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
            bytes = in.readNBytes(HEADER + MOST * ROW + Crc32c.LENGTH + 1);
        }
        Corrupt.unless(bytes.length >= HEADER && Crc32c.isIntact(bytes), path, "the checksum", "another");
        return decode(path, ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    }

    private Map<Sha256, CacheRow> decode(Path path, ByteBuffer in) throws UnusableIndexException {
        Corrupt.unless(in.getLong() == MAGIC, path, "what a server has told", "something else");
        int format = in.getInt();
        if (format > FORMAT) {
            throw new TooNew(path, "format " + FORMAT, "format " + format);
        }
        int count = in.getInt();
        Corrupt.unless(
                in.capacity() == HEADER + (long) count * ROW + Crc32c.LENGTH, path, count + " rows", "another length");
        Map<Sha256, CacheRow> read = new ConcurrentHashMap<>();
        if (!digest(in).equals(server)) {
            return read; // of another server, whose URL has the same short hash
        }
        for (int row = 0; row < count; row++) {
            read.put(digest(in), new CacheRow(digest(in), false));
        }
        return read;
    }

    private static Sha256 digest(ByteBuffer in) {
        byte[] bytes = new byte[Sha256.LENGTH];
        in.get(bytes);
        return Sha256.of(bytes);
    }

    /** The code that the server knows for a task; empty if no answer about the task is kept. */
    Optional<Sha256> code(CompileTask task) {
        return Optional.ofNullable(rows.get(key(task))).map(row -> {
            row.isUsed = true;
            return row.value;
        });
    }

    void putCode(CompileTask task, Sha256 code) {
        put(key(task), code);
    }

    /** Whether the server was told about a pair. */
    boolean isTold(ProvenPair pair) {
        CacheRow row = rows.get(key(pair));
        if (row != null) {
            row.isUsed = true;
        }
        return row != null;
    }

    void putTold(ProvenPair pair) {
        put(key(pair), pair.body());
    }

    private void put(Sha256 key, Sha256 value) {
        rows.put(key, new CacheRow(value, true));
        isChanged = true;
    }

    /**
     * Writes the file, if there is something new.
     *
     * @throws IOException when the file cannot be written
     */
    void publish() throws IOException {
        if (isChanged) {
            directory.deleteLeftovers();
            directory.publishQuickly(file, encode());
            isChanged = false;
        }
    }

    private byte[] encode() {
        List<Map.Entry<Sha256, CacheRow>> kept = new ArrayList<>(rows.entrySet());
        if (kept.size() > MOST) {
            Predicate<Map.Entry<Sha256, CacheRow>> used = entry -> entry.getValue().isUsed;
            kept.sort(Comparator.comparing(used::test).reversed());
            kept = kept.subList(0, MOST);
        }
        ByteBuffer out = ByteBuffer.allocate(HEADER + kept.size() * ROW + Crc32c.LENGTH)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(MAGIC)
                .putInt(FORMAT)
                .putInt(kept.size())
                .put(server.toBytes());
        kept.forEach(entry ->
                out.put(entry.getKey().toBytes()).put(entry.getValue().value.toBytes()));
        Crc32c.finish(out.array());
        return out.array();
    }

    private static Sha256 key(CompileTask task) {
        MessageDigest hash = Sha256.newDigest();
        hash.update(TASK);
        hash.update(task.method().getBytes(StandardCharsets.UTF_8));
        hash.update((byte) 0);
        return Sha256.of(hash.digest(task.taskhash().getBytes(StandardCharsets.UTF_8)));
    }

    private static Sha256 key(ProvenPair pair) {
        MessageDigest hash = Sha256.newDigest();
        hash.update(TOLD);
        hash.update(pair.source().toBytes());
        hash.update(pair.body().toBytes());
        String method = CompileTask.method(pair.magic(), pair.level());
        return Sha256.of(hash.digest(method.getBytes(StandardCharsets.UTF_8)));
    }
}

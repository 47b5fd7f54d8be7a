package dev.freshpyc.core.database;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The write-ahead log beside a SQLite database, {@code -wal}: committed pages that may be missing in the database. Frames
 * count up to the last complete frame that ends a transaction ("WAL Format" in SQLite's file format documentation). A log
 * that was already copied back repeats the database's pages and does no harm.
 */
final class SqliteLog {
    /** No log, or a log without a committed transaction. */
    static final SqliteLog NONE = new SqliteLog(new DatabaseFile((_, _, _, _) -> 0, 0), 0, ByteOrder.BIG_ENDIAN);

    private static final int HEADER = 32;
    private static final int FRAME_HEADER = 24;
    private static final int MAGIC = 0x377f0682;
    private static final int VERSION = 3_007_000;

    private final DatabaseFile file;
    private final int pageSize;
    private final ByteOrder order;
    private final Map<Long, Long> positions = new HashMap<>();
    private int first;
    private int second;

    private SqliteLog(DatabaseFile file, int pageSize, ByteOrder order) {
        this.file = file;
        this.pageSize = pageSize;
        this.order = order;
    }

    static SqliteLog of(DatabaseFile file) throws IOException {
        Optional<ByteBuffer> read = file.read(0, HEADER);
        return read.isPresent() ? of(file, read.get()) : NONE;
    }

    private static SqliteLog of(DatabaseFile file, ByteBuffer header) throws IOException {
        int magic = header.getInt(0);
        int pageSize = header.getInt(8);
        if ((magic & ~1) != MAGIC || header.getInt(4) != VERSION || !SqliteFile.isPageSize(pageSize)) {
            return NONE;
        }
        ByteOrder order = magic == MAGIC ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        SqliteLog log = new SqliteLog(file, pageSize, order);
        log.sum(header, 0, HEADER - 8);
        if (log.isSum(header.getInt(24), header.getInt(28))) {
            log.readFrames(header.getLong(16));
        }
        return log.positions.isEmpty() ? NONE : log;
    }

    boolean isEmpty() {
        return positions.isEmpty();
    }

    /** The size of every page, in bytes. */
    int pageSize() {
        return pageSize;
    }

    boolean has(long page) {
        return positions.containsKey(page);
    }

    /** The first {@code length} bytes of a page that the log {@linkplain #has has}. */
    Optional<ByteBuffer> read(long page, int length) throws IOException {
        return file.read(positions.getOrDefault(page, -1L), length);
    }

    private void readFrames(long salt) throws IOException {
        Map<Long, Long> pending = new HashMap<>();
        int length = FRAME_HEADER + pageSize;
        Optional<ByteBuffer> next = file.read(HEADER, length);
        long at = HEADER;
        while (next.isPresent() && isWhole(next.get(), salt)) {
            ByteBuffer frame = next.get();
            pending.put(Integer.toUnsignedLong(frame.getInt(0)), at + FRAME_HEADER);
            boolean commits = frame.getInt(4) != 0;
            if (commits) {
                positions.putAll(pending);
                pending.clear();
            }
            at += length;
            next = file.read(at, length);
        }
    }

    /**
     * The checksum of a frame covers all earlier frames; its salt tells the frame from frames of an older log in the same
     * file.
     */
    private boolean isWhole(ByteBuffer frame, long salt) {
        sum(frame, 0, 8);
        sum(frame, FRAME_HEADER, frame.limit());
        return frame.getLong(8) == salt && isSum(frame.getInt(16), frame.getInt(20));
    }

    private void sum(ByteBuffer bytes, int from, int to) {
        bytes.order(order);
        for (int at = from; at < to; at += 8) {
            first += bytes.getInt(at) + second;
            second += bytes.getInt(at + 4) + first;
        }
        bytes.order(ByteOrder.BIG_ENDIAN);
    }

    private boolean isSum(int wantedFirst, int wantedSecond) {
        return first == wantedFirst && second == wantedSecond;
    }
}

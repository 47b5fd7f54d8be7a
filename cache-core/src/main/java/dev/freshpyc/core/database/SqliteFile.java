package dev.freshpyc.core.database;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The pages of a SQLite database; a page in the write-ahead log takes precedence. The header is the first {@value
 * #HEADER} bytes.
 */
public final class SqliteFile {
    static final int HEADER = 100;

    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final int MIN_USABLE = 480;
    private static final int UTF_8 = 1;

    private final DatabaseFile file;
    private final SqliteLog log;
    private final Allowance allowance;
    private final int pageSize;
    private final int usable;

    private SqliteFile(DatabaseFile file, SqliteLog log, Allowance allowance, int pageSize, int usable) {
        this.file = file;
        this.log = log;
        this.allowance = allowance;
        this.pageSize = pageSize;
        this.usable = usable;
    }

    /**
     * The database; empty if the file is no SQLite database or its encoding is not UTF-8, the encoding of RPM's
     * databases.
     */
    public static Optional<SqliteFile> of(DatabaseFile file, Optional<DatabaseFile> wal) throws IOException {
        SqliteLog log = wal.isPresent() ? SqliteLog.of(wal.get()) : SqliteLog.NONE;
        long size = file.size() + wal.map(DatabaseFile::size).orElse(0L);
        return (log.has(1) ? log.read(1, HEADER) : file.read(0, HEADER))
                .filter(header -> header.slice(0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC)))
                .flatMap(header -> of(file, log, new Allowance(size), header));
    }

    private static Optional<SqliteFile> of(DatabaseFile file, SqliteLog log, Allowance allowance, ByteBuffer header) {
        int coded = Short.toUnsignedInt(header.getShort(16));
        int pageSize = coded == 1 ? 0x10000 : coded;
        int usable = pageSize - Byte.toUnsignedInt(header.get(20));
        boolean known = isPageSize(pageSize)
                && usable >= MIN_USABLE
                && header.getInt(56) == UTF_8
                && (log.isEmpty() || log.pageSize() == pageSize);
        return known ? Optional.of(new SqliteFile(file, log, allowance, pageSize, usable)) : Optional.empty();
    }

    static boolean isPageSize(int size) {
        return size >= 512 && size <= 0x10000 && Integer.bitCount(size) == 1;
    }

    Allowance allowance() {
        return allowance;
    }

    /** The used bytes of a page: some extensions reserve the last ones. */
    int usable() {
        return usable;
    }

    /** The page with that number, counted from 1; empty if there is no such page or the allowance is used up. */
    Optional<byte[]> page(long number) throws IOException {
        if (!allowance.takes(pageSize)) {
            return Optional.empty();
        }
        return (log.has(number) ? log.read(number, pageSize) : file.read((number - 1) * pageSize, pageSize))
                .map(ByteBuffer::array);
    }
}

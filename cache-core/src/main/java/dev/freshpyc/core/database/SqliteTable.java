package dev.freshpyc.core.database;

import java.io.IOException;
import java.util.Optional;

/**
 * The rows of a SQLite table in the order of their ids: a walk over its b-tree ("B-tree Pages" and "Cell Payload Overflow
 * Pages" in SQLite's file format documentation). Damaged parts are skipped and reported.
 */
public final class SqliteTable {
    /** The page where the b-tree of the schema table begins. */
    public static final long SCHEMA = 1;

    /** SQLite's own limit. */
    private static final int DEPTH = 20;

    private static final byte INTERIOR = 5;
    private static final byte LEAF = 13;

    private final SqliteFile file;
    private final Rows rows;

    /** Receives the rows of a table. */
    public interface Rows {
        /** Receives a row; returns whether to go on. */
        boolean row(long id, SqliteRecord record);

        /** Receives notice of an unreadable row, or of an unreadable page of rows. */
        void damaged();
    }

    public SqliteTable(SqliteFile file, Rows rows) {
        this.file = file;
        this.rows = rows;
    }

    /** Passes the rows of the table that begins at a page to the receiver. */
    public void read(long root) throws IOException {
        walk(root, 0);
    }

    /** Whether the receiver wants more rows. */
    private boolean walk(long number, int depth) throws IOException {
        Optional<byte[]> page = depth == DEPTH ? Optional.empty() : file.page(number);
        if (page.isEmpty()) {
            return damaged();
        }
        int header = number == SCHEMA ? SqliteFile.HEADER : 0;
        return switch (page.get()[header]) {
            case INTERIOR -> interior(page.get(), header, depth);
            case LEAF -> leaf(page.get(), header);
            default -> damaged();
        };
    }

    /** Pointers to the pages below, the last one in the header. */
    private boolean interior(byte[] page, int header, int depth) throws IOException {
        ByteCursor cells = cells(page, header, 12);
        for (int left = count(page, header); left > 0; left--) {
            ByteCursor cell = new ByteCursor(page, (int) cells.number(2), file.usable());
            long child = cell.number(4);
            if (cells.isOverrun()) {
                return damaged();
            }
            if (!walk(child, depth + 1)) {
                return false;
            }
        }
        return walk(new ByteCursor(page, header + 8, file.usable()).number(4), depth + 1);
    }

    private boolean leaf(byte[] page, int header) throws IOException {
        ByteCursor cells = cells(page, header, 8);
        for (int left = count(page, header); left > 0; left--) {
            ByteCursor cell = new ByteCursor(page, (int) cells.number(2), file.usable());
            if (cells.isOverrun()) {
                return damaged();
            }
            if (!row(page, cell)) {
                return false;
            }
        }
        return true;
    }

    private boolean row(byte[] page, ByteCursor cell) throws IOException {
        long length = cell.varint();
        long id = cell.varint();
        int local = local(length);
        int from = cell.position();
        if (cell.isOverrun()
                || local > file.usable() - from
                || !file.allowance().takesValue(length)) {
            return damaged();
        }
        byte[] payload = new byte[(int) length];
        System.arraycopy(page, from, payload, 0, local);
        long next = new ByteCursor(page, from + local, file.usable()).number(4);
        if (local < length && !append(payload, local, next)) {
            return damaged();
        }
        return SqliteRecord.of(payload).map(found -> rows.row(id, found)).orElseGet(this::damaged);
    }

    /** The number of payload bytes inside the leaf. */
    private int local(long length) {
        int most = file.usable() - 35;
        int least = (file.usable() - 12) * 32 / 255 - 23;
        if (length >= 0 && length <= most) {
            return (int) length;
        }
        long fitting = least + (length - least) % (file.usable() - 4);
        return fitting >= least && fitting <= most ? (int) fitting : least;
    }

    /**
     * Reads the rest of a payload from the chain of overflow pages that begins at {@code first}; false if the chain is
     * too short or damaged.
     */
    private boolean append(byte[] payload, int from, long first) throws IOException {
        long number = first;
        int done = from;
        while (done < payload.length) {
            Optional<byte[]> page = file.page(number);
            if (page.isEmpty()) {
                return false;
            }
            int length = Math.min(payload.length - done, file.usable() - 4);
            System.arraycopy(page.get(), 4, payload, done, length);
            done += length;
            number = new ByteCursor(page.get(), 0, 4).number(4);
        }
        return true;
    }

    private ByteCursor cells(byte[] page, int header, int headerSize) {
        return new ByteCursor(page, header + headerSize, file.usable());
    }

    private int count(byte[] page, int header) {
        return (int) new ByteCursor(page, header + 3, file.usable()).number(2);
    }

    private boolean damaged() {
        rows.damaged();
        return true;
    }
}

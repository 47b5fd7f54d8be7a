package dev.freshpyc.core.database;

import java.io.IOException;
import java.util.Optional;

/**
 * The rows of a SQLite table, in the order of their ids: a walk over its b-tree, as "B-tree Pages" and "Cell Payload Overflow
 * Pages" in SQLite's file format documentation have it. What is damaged is passed over, and told.
 */
public final class SqliteTable {
    /** The page at which the b-tree of the table of tables begins. */
    public static final long SCHEMA = 1;

    /** SQLite's own limit. */
    private static final int DEPTH = 20;

    private static final byte INTERIOR = 5;
    private static final byte LEAF = 13;

    private final SqliteFile file;
    private final Rows rows;

    /** Takes a table's rows. */
    public interface Rows {
        /** A row; whether more are wanted. */
        boolean row(long id, SqliteRecord record);

        /** A row that cannot be read, or a page of some. */
        void damaged();
    }

    public SqliteTable(SqliteFile file, Rows rows) {
        this.file = file;
        this.rows = rows;
    }

    /** Hands over the rows below the page at which the table begins. */
    public void read(long root) throws IOException {
        walk(root, 0);
    }

    /** Whether more rows are wanted. */
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

    /** How many bytes of a payload are in the leaf. */
    private int local(long length) {
        int most = file.usable() - 35;
        int least = (file.usable() - 12) * 32 / 255 - 23;
        if (length >= 0 && length <= most) {
            return (int) length;
        }
        long fitting = least + (length - least) % (file.usable() - 4);
        return fitting >= least && fitting <= most ? (int) fitting : least;
    }

    /** Whether the chain of overflow pages that begins at {@code first} has the rest. */
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

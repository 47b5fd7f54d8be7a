package dev.freshpyc.cli.render;

import dev.freshpyc.core.file.TemporaryFile;
import dev.freshpyc.core.path.RawPath;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a report, collected in any order and printed in the order of their paths. Workers find files in another order on
 * every run, and what a symbolic link leads to is read last. The rows wait in memory up to a limit; then they are sorted and
 * written to a file as one batch, and the batches are merged when they are printed. Not thread-safe.
 *
 * @param <E> identifies a path entry, and orders the entries
 */
final class SortedRows<E extends Comparable<? super E>> implements AutoCloseable {

    /** So small that the rows of a batch are written before the garbage collector moves them to the old generation. */
    private static final int IN_MEMORY = 1 << 20;

    /** How many times the limit may wait in memory where no file can be written. */
    private static final int WITHOUT_FILE = 48;

    private final byte[] separator;
    private final int limit;
    private final Path directory;
    private List<SortedRow<E>> waiting = new ArrayList<>();
    private long inMemory;
    private long nextSpill;
    private @Nullable RowFile<E> file;
    private @Nullable IOException lost;

    /** @param separator printed between two rows */
    SortedRows(String separator) {
        this(separator, IN_MEMORY, TemporaryFile.place());
    }

    /**
     * @param limit about how many bytes wait in memory
     * @param directory where the file is made
     */
    SortedRows(String separator, int limit, Path directory) {
        this.separator = separator.getBytes(StandardCharsets.US_ASCII);
        this.limit = limit;
        this.directory = directory;
        nextSpill = limit;
    }

    /**
     * Adds a row. If there is no room for it, that is told by {@link #writeTo}: a repair that is at work must not stop because of
     * its report.
     */
    void add(E entry, RawPath path, String level, byte[] bytes) {
        if (lost != null) {
            return;
        }
        SortedRow<E> row = new SortedRow<>(entry, path, level, bytes);
        waiting.add(row);
        inMemory += row.heap();
        if (inMemory > nextSpill) {
            spill();
        }
    }

    /**
     * Prints all rows; a {@link ReportRoomException} if there was no room for them, an {@link UncheckedIOException} if the file cannot
     * be read or nothing can be printed.
     */
    void writeTo(OutputStream out) {
        if (lost != null) {
            throw new ReportRoomException(directory, lost);
        }
        waiting.sort(SortedRow.order());
        Iterator<SortedRow<E>> rest = waiting.iterator();
        List<RowSource<E>> sources = new ArrayList<>(file == null ? List.of() : file.batches());
        sources.add(() -> rest.hasNext() ? rest.next() : null);
        try {
            print(RowSource.merged(sources), out);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        waiting.clear();
    }

    private void print(RowSource<E> rows, OutputStream out) throws IOException {
        SortedRow<E> row = rows.next();
        while (row != null) {
            row.print(out);
            row = rows.next();
            if (row != null) {
                out.write(separator);
            }
        }
    }

    @Override
    public void close() {
        RowFile<E> open = file;
        file = null;
        if (open != null) {
            open.close();
        }
    }

    /** About how many bytes of heap the rows take. */
    long inMemory() {
        return inMemory;
    }

    /** Moves the waiting rows to the file; where none can be written, they stay in memory as long as there is room. */
    private void spill() {
        waiting.sort(SortedRow.order());
        try {
            if (file == null) {
                file = RowFile.in(directory);
            }
            file.append(waiting);
            forget();
        } catch (IOException full) {
            nextSpill = inMemory + limit;
            if (inMemory > (long) WITHOUT_FILE * limit) {
                lost = full;
                forget();
            }
        }
    }

    private void forget() {
        waiting = new ArrayList<>();
        inMemory = 0;
        nextSpill = limit;
    }
}

package dev.freshpyc.cli.render;

import dev.freshpyc.core.path.RawPath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a report, collected in any order and printed in the order of their paths. Workers find files in another order on
 * every run, and what a symbolic link leads to is read last. The rows wait in memory up to a limit, and beyond it in a temporary
 * file that has no name. Not thread-safe.
 *
 * @param <E> identifies a path entry, and orders the entries
 */
final class SortedRows<E extends Comparable<? super E>> implements AutoCloseable {

    private static final int IN_MEMORY = 16 << 20;

    /** Rows that follow one another in the order: those of one {@code __pycache__} that came together. */
    private record Run<E extends Comparable<? super E>>(E entry, RawPath first, String level, long start, int length) {}

    private final byte[] separator;
    private final int limit;
    private final List<Run<E>> runs = new ArrayList<>();
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
    private long spilled;
    private @Nullable FileChannel file;
    private boolean unspillable;

    /** @param separator printed between two rows */
    SortedRows(String separator) {
        this(separator, IN_MEMORY);
    }

    /** @param limit how many bytes wait in memory */
    SortedRows(String separator, int limit) {
        this.separator = separator.getBytes(StandardCharsets.US_ASCII);
        this.limit = limit;
    }

    /** Adds a row. The rows of one {@code __pycache__} should be added one after the other and sorted. */
    void add(E entry, RawPath path, String level, byte[] row) {
        long start = spilled + waiting.size();
        @Nullable Run<E> last = runs.isEmpty() ? null : runs.getLast();
        if (last != null && follows(last, entry, path, start)) {
            waiting.writeBytes(separator);
            runs.set(
                    runs.size() - 1,
                    new Run<>(entry, last.first, last.level, last.start, last.length + separator.length + row.length));
        } else {
            runs.add(new Run<>(entry, path, level, start, row.length));
        }
        waiting.writeBytes(row);
        if (waiting.size() > limit) {
            spill();
        }
    }

    /** Prints all rows. */
    void writeTo(OutputStream out) throws IOException {
        runs.sort(Comparator.comparing((Run<E> run) -> run.entry)
                .thenComparing(Run::first)
                .thenComparing(Run::level)
                .thenComparingLong(Run::start));
        byte[] inMemory = waiting.toByteArray();
        boolean first = true;
        for (Run<E> run : runs) {
            if (!first) {
                out.write(separator);
            }
            first = false;
            int spilledPart = Math.clamp(spilled - run.start, 0, run.length);
            if (spilledPart > 0) {
                out.write(read(run.start, spilledPart));
            }
            if (spilledPart < run.length) {
                out.write(inMemory, (int) (run.start + spilledPart - spilled), run.length - spilledPart);
            }
        }
        runs.clear();
    }

    @Override
    public void close() {
        FileChannel open = file;
        file = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException nothingIsLost) {
                // the file has no name, and the rows were printed
            }
        }
    }

    private boolean follows(Run<E> last, E entry, RawPath path, long start) {
        return last.entry.equals(entry)
                && isInCache(path)
                && path.parent().equals(last.first.parent())
                && start - last.start < limit;
    }

    /** Only what lies in a directory that has no subdirectories of its own is sure to follow without a gap. */
    private static boolean isInCache(RawPath path) {
        return path.parent().name().equals(RawPath.of("__pycache__"));
    }

    /** Moves the waiting rows to the file; where no file can be written, they stay in memory. */
    private void spill() {
        if (unspillable) {
            return;
        }
        try {
            if (file == null) {
                file = nameless();
            }
            ByteBuffer bytes = ByteBuffer.wrap(waiting.toByteArray());
            while (bytes.hasRemaining()) {
                file.write(bytes, spilled + bytes.position());
            }
            spilled += waiting.size();
            waiting.reset();
        } catch (IOException full) {
            unspillable = true;
        }
    }

    private static FileChannel nameless() throws IOException {
        Path path = Files.createTempFile("freshpyc-", ".rows");
        try {
            return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } finally {
            Files.delete(path);
        }
    }

    private byte[] read(long start, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        FileChannel open = file;
        while (open != null && bytes.hasRemaining()) {
            if (open.read(bytes, start + bytes.position()) < 0) {
                throw new IOException("the temporary file of the report is cut off");
            }
        }
        return bytes.array();
    }
}

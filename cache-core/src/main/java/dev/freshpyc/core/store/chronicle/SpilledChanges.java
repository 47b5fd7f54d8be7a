package dev.freshpyc.core.store.chronicle;

import dev.freshpyc.core.store.file.PendingFile;
import dev.freshpyc.core.store.table.Cursor;
import dev.freshpyc.core.store.table.SortedTable;
import dev.freshpyc.core.store.table.TableWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Changes that no longer fit into memory: a table in a file that is deleted when the draft is closed. */
final class SpilledChanges implements Closeable {

    private final PendingFile pending;
    private final SortedTable table;

    private SpilledChanges(PendingFile pending, SortedTable table) {
        this.pending = pending;
        this.table = table;
    }

    /** Writes all entries to a new file. */
    static SpilledChanges write(Path file, PendingFile pending, Cursor entries) throws IOException {
        try {
            TableWriter writer = new TableWriter(pending.channel());
            while (entries.next()) {
                writer.add(entries.key(), entries.value());
            }
            writer.finish();
            return new SpilledChanges(
                    pending, new SortedTable(file, pending.channel(), 0, writer.length(), writer.index()));
        } catch (IOException | RuntimeException broken) {
            pending.close();
            throw broken;
        }
    }

    byte @Nullable [] get(byte[] key) throws IOException {
        return table.get(key);
    }

    Cursor cursor() {
        return table.cursor();
    }

    @Override
    public void close() throws IOException {
        pending.close();
    }
}

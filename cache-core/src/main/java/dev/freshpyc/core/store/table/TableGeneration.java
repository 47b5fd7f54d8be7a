package dev.freshpyc.core.store.table;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.core.store.Generation;
import dev.freshpyc.core.store.IndexInfo;
import dev.freshpyc.core.store.file.DamageReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A generation in open files. Records are read when they are asked for. */
public final class TableGeneration implements Generation {

    private final IndexInfo info;
    private final OpenIndex index;
    private final DamageReport damage;

    /**
     * A generation that closes the index.
     *
     * @param info the facts about the index, with the time of its confirmation
     */
    public TableGeneration(IndexInfo info, OpenIndex index, DamageReport damage) {
        this.info = info;
        this.index = index;
        this.damage = damage;
    }

    @Override
    public IndexInfo info() {
        return info;
    }

    @Override
    public Optional<SourceRecord> get(RawPath source) {
        try {
            return Records.decode(index.get(source.toBytes()));
        } catch (IOException unreadable) {
            throw failed(unreadable);
        }
    }

    @Override
    public void forEachAfter(RawPath source, Visitor visitor) {
        try {
            Cursor cursor = index.cursorAfter(source.toBytes());
            boolean more = true;
            while (more && cursor.next()) {
                byte[] key = cursor.key();
                Optional<SourceRecord> record = Records.decode(cursor.value());
                more = record.isEmpty() || visitor.visit(Records.path(key), record.get());
            }
        } catch (IOException unreadable) {
            throw failed(unreadable);
        }
    }

    private UncheckedIOException failed(IOException unreadable) {
        IOException reported = damage.report(unreadable);
        return new UncheckedIOException(reported.getMessage(), reported);
    }

    /** Reads and decodes each record, the seals and the numbers, and looks up each key. */
    public IndexVerification verify() throws IOException {
        List<RawPath> faulty = new ArrayList<>();
        long whole = 0;
        Cursor cursor = index.cursor();
        while (cursor.next()) {
            byte[] key = cursor.key();
            if (Records.decode(cursor.value()).isPresent()
                    && Records.decode(index.get(key)).isPresent()) {
                whole++;
            } else {
                faulty.add(Records.path(key));
            }
        }
        index.seals();
        index.verdicts();
        return new IndexVerification(info, whole, faulty);
    }

    @Override
    public void close() {
        try {
            index.close();
        } catch (IOException _) {
            // The files were only read.
        }
    }
}

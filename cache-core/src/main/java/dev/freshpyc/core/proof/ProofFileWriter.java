package dev.freshpyc.core.proof;

import dev.freshpyc.core.digest.Crc32c;
import dev.freshpyc.core.store.table.Channels;
import dev.freshpyc.core.store.table.Cursor;
import dev.freshpyc.core.store.table.MergedCursor;
import dev.freshpyc.core.store.table.TableWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Writes one proof file from the rows of several. */
final class ProofFileWriter {

    /** The size of a block in bytes. Short, since keys are digests and nearly every lookup reads another block. */
    private static final int BLOCK = 4096;

    /** Maps the value of a row to the value to write; null if the row is left out. */
    @FunctionalInterface
    interface RowFilter extends UnaryOperator<byte @Nullable []> {}

    /** Writes every row as it is. */
    static final RowFilter ALL = value -> value;

    private ProofFileWriter() {}

    /**
     * Writes a whole file.
     *
     * @param channel of an empty file
     * @param layers rows. Of rows with equal keys, one is written: the row of the last turn, otherwise the row with the
     *     strongest evidence; among equals, the row of the first layer
     * @return how many rows were written
     */
    static long write(FileChannel channel, List<? extends ProofRows> layers, RowFilter filter) throws IOException {
        Origins origins = new Origins();
        List<Cursor> cursors = new ArrayList<>();
        for (ProofRows layer : layers) {
            cursors.add(layer.cursor(origins));
        }
        channel.position(new ProofHeader(ProofHeader.PLAIN, 0, 0, 0, 0, origins.names()).encode().length);
        TableWriter table = new TableWriter(channel, BLOCK);
        int format = ProofHeader.PLAIN;
        Cursor rows = MergedCursor.of(cursors, ProofRow.STRONGEST_FIRST);
        while (rows.next()) {
            byte @Nullable [] value = filter.apply(rows.value());
            if (value != null) {
                table.add(rows.key(), value);
                format = Math.max(format, ProofRow.format(value));
            }
        }
        table.finish();
        byte[] index = table.index();
        Channels.writeFully(channel, ByteBuffer.wrap(index));
        ProofHeader header = new ProofHeader(
                format, table.entries(), table.length(), index.length, Crc32c.of(index), origins.names());
        channel.position(0);
        Channels.writeFully(channel, ByteBuffer.wrap(header.encode()));
        return table.entries();
    }
}

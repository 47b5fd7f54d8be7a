package dev.freshpyc.cli.render;

import dev.freshpyc.core.file.NamelessFile;
import dev.freshpyc.core.path.RawPath;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sorted batches of rows that wait on disk, in a temporary file that has no name: the system frees the room when the process
 * ends, however it ends.
 */
final class RowFile<E extends Comparable<? super E>> implements AutoCloseable {

    private static final int WRITTEN_AT_ONCE = 64 << 10;

    /** Small, since all batches are read at the same time. */
    private static final int READ_AT_ONCE = 16 << 10;

    private final FileChannel channel;
    private final List<E> entries = new ArrayList<>();
    private final Map<E, Integer> numbers = new HashMap<>();
    private final List<Long> ends = new ArrayList<>();

    private RowFile(FileChannel channel) {
        this.channel = channel;
    }

    /** An empty file in {@code directory}. */
    static <E extends Comparable<? super E>> RowFile<E> in(Path directory) throws IOException {
        return new RowFile<>(NamelessFile.in(directory, ".rows"));
    }

    /** Writes a sorted batch. After a failure the file is as it was before. */
    void append(List<SortedRow<E>> batch) throws IOException {
        channel.position(start(ends.size()));
        var out = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel), WRITTEN_AT_ONCE));
        for (SortedRow<E> row : batch) {
            out.writeInt(number(row.entry()));
            out.writeInt(row.path().length());
            out.write(row.path().toBytes());
            out.writeUTF(row.level());
            out.writeInt(row.length());
            row.print(out);
        }
        out.flush();
        ends.add(channel.position());
    }

    /** A reader for each batch, in the order in which the batches were written. */
    List<Batch> batches() {
        List<Batch> batches = new ArrayList<>();
        for (int i = 0; i < ends.size(); i++) {
            batches.add(new Batch(new Region(channel, start(i), ends.get(i))));
        }
        return batches;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException nothingIsLost) {
            // nothing is lost: the rows were printed, and the system frees a file without a name
        }
    }

    private long start(int batch) {
        return batch == 0 ? 0 : ends.get(batch - 1);
    }

    private int number(E entry) {
        return numbers.computeIfAbsent(entry, fresh -> {
            entries.add(fresh);
            return entries.size() - 1;
        });
    }

    /** Reads the rows of one batch. */
    final class Batch implements RowSource<E> {

        private final Region region;
        private final DataInputStream in;

        private Batch(Region region) {
            this.region = region;
            this.in = new DataInputStream(new BufferedInputStream(region, READ_AT_ONCE));
        }

        @Override
        public @Nullable SortedRow<E> next() throws IOException {
            if (region.isRead() && in.available() == 0) {
                return null;
            }
            E entry = entries.get(in.readInt());
            byte[] path = in.readNBytes(in.readInt());
            String level = in.readUTF();
            return new SortedRow<>(entry, RawPath.of(path, 0, path.length), level, in.readNBytes(in.readInt()));
        }
    }

    /** Reads a part of the file; several regions may be read in turns. */
    private static final class Region extends InputStream {

        private final FileChannel channel;
        private final long end;
        private long at;

        Region(FileChannel channel, long start, long end) {
            this.channel = channel;
            this.at = start;
            this.end = end;
        }

        boolean isRead() {
            return at == end;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            if (isRead()) {
                return -1;
            }
            int read = channel.read(ByteBuffer.wrap(bytes, from, (int) Math.min(length, end - at)), at);
            if (read < 0) {
                throw new IOException("the temporary file of the report is cut off");
            }
            at += read;
            return read;
        }
    }
}

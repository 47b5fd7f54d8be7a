package dev.freshpyc.core.store.chronicle;

import dev.freshpyc.core.digest.Crc32c;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.store.IndexInfo;
import dev.freshpyc.core.store.file.FileWriter;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** A generation that is being written, and its number, which follows the live one's at the moment of the rename. */
final class NextGeneration implements FileWriter {

    private final ChronicleStore store;
    private final Optional<IndexInfo> base;
    private final OffHeapMap map;
    private final byte[] seals;
    private final boolean evenIfOvertaken;
    private IndexInfo info;
    private int imageChecksum;

    NextGeneration(
            ChronicleStore store,
            RawPath entry,
            Optional<IndexInfo> base,
            OffHeapMap map,
            byte[] seals,
            long checkedAtNanos,
            boolean evenIfOvertaken) {
        this.store = store;
        this.base = base;
        this.map = map;
        this.seals = seals;
        this.evenIfOvertaken = evenIfOvertaken;
        long bytes = Head.LENGTH + entry.length() + seals.length + Image.checksumsLength(map.bytes()) + map.bytes();
        long token = ThreadLocalRandom.current().nextLong();
        this.info = new IndexInfo(entry, numberAfter(base), token, checkedAtNanos, map.count(), bytes);
    }

    /** As it was written. */
    IndexInfo info() {
        return info;
    }

    @Override
    public void write(FileChannel channel) throws IOException {
        imageChecksum = IndexFile.writeBody(channel, Head.LENGTH + info.entry().length(), seals, map);
        writeHead(channel);
    }

    @Override
    public boolean stillWanted(FileChannel channel) throws IOException {
        Optional<IndexInfo> live = store.info(info.entry());
        if (isBase(live)) {
            return true;
        }
        if (evenIfOvertaken) {
            renumber(channel, numberAfter(live));
        }
        return evenIfOvertaken;
    }

    private boolean isBase(Optional<IndexInfo> live) {
        return live.isPresent() == base.isPresent()
                && live.map(state -> state.sameState(base.orElseThrow())).orElse(true);
    }

    private void renumber(FileChannel channel, long number) throws IOException {
        info = new IndexInfo(info.entry(), number, info.token(), info.checkedAtNanos(), info.records(), info.bytes());
        writeHead(channel);
        channel.force(true);
    }

    private void writeHead(FileChannel channel) throws IOException {
        Head.Section section = new Head.Section(seals.length, Crc32c.of(seals));
        Head head = new Head(info, OffHeapMap.pageSize(), map.shape(), map.bytes(), imageChecksum, section);
        IndexFile.writeHead(channel, head);
    }

    private static long numberAfter(Optional<IndexInfo> state) {
        return state.map(IndexInfo::generation).orElse(0L) + 1;
    }
}

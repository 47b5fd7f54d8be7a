package dev.freshpyc.core.store.chronicle;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.store.IndexInfo;
import dev.freshpyc.core.store.file.FileWriter;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A generation while it is written. The number of the generation is the live generation's number at the rename, plus one.
 */
final class NextGeneration implements FileWriter {

    private final ChronicleStore store;
    private final Optional<IndexInfo> base;
    private final OffHeapMap map;
    private final byte[] seals;
    private final boolean evenIfOvertaken;
    private IndexInfo info;
    private SectionTable table = new SectionTable(List.of());

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
        long bytes = IndexFile.size(entry, seals, map);
        long token = ThreadLocalRandom.current().nextLong();
        this.info = new IndexInfo(entry, numberAfter(base), token, checkedAtNanos, map.count(), bytes);
    }

    /** The facts about the generation, as written to the file. */
    IndexInfo info() {
        return info;
    }

    @Override
    public void write(FileChannel channel) throws IOException {
        table = IndexFile.writeSections(channel, info.entry(), seals, map);
        writeHeader(channel);
    }

    @Override
    public boolean stillWanted(FileChannel channel) throws IOException {
        Optional<IndexInfo> live = store.infoToReplace(info.entry());
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
        writeHeader(channel);
        channel.force(true);
    }

    private void writeHeader(FileChannel channel) throws IOException {
        IndexFile.writeHeader(channel, new IndexHeader(info, table));
    }

    private static long numberAfter(Optional<IndexInfo> state) {
        return state.map(IndexInfo::generation).orElse(0L) + 1;
    }
}

package dev.freshpyc.core.store.chronicle;

import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.store.IndexInfo;
import dev.freshpyc.core.store.file.FileWriter;
import dev.freshpyc.core.store.table.IndexContents;
import dev.freshpyc.core.store.table.IndexFileWriter;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A generation while it is written. The number of the generation is the live generation's number at the rename, plus one.
 */
final class NextGeneration implements FileWriter {

    private final ChronicleStore store;
    private final RawPath entry;
    private final Optional<IndexInfo> base;
    private final IndexContents contents;
    private final long checkedAtNanos;
    private final boolean evenIfOvertaken;
    private @Nullable IndexInfo info;
    private @Nullable IndexFileWriter writer;

    NextGeneration(
            ChronicleStore store,
            RawPath entry,
            Optional<IndexInfo> base,
            IndexContents contents,
            long checkedAtNanos,
            boolean evenIfOvertaken) {
        this.store = store;
        this.entry = entry;
        this.base = base;
        this.contents = contents;
        this.checkedAtNanos = checkedAtNanos;
        this.evenIfOvertaken = evenIfOvertaken;
    }

    /** The facts about the generation, as written to the file. */
    IndexInfo info() {
        return Objects.requireNonNull(info);
    }

    @Override
    public void write(FileChannel channel) throws IOException {
        writer = new IndexFileWriter(channel, entry);
        writer.writeSections(contents);
        long token = ThreadLocalRandom.current().nextLong();
        info = new IndexInfo(entry, numberAfter(base), token, checkedAtNanos, writer.records(), channel.size());
        writer.writeHeader(info);
    }

    @Override
    public boolean stillWanted(FileChannel channel) throws IOException {
        Optional<IndexInfo> live = store.infoToReplace(entry);
        if (isBase(live)) {
            return true;
        }
        if (evenIfOvertaken) {
            info = info().numbered(numberAfter(live));
            Objects.requireNonNull(writer).writeHeader(info);
            channel.force(true);
        }
        return evenIfOvertaken;
    }

    private boolean isBase(Optional<IndexInfo> live) {
        return live.isPresent() == base.isPresent()
                && live.map(state -> state.sameState(base.orElseThrow())).orElse(true);
    }

    private static long numberAfter(Optional<IndexInfo> state) {
        return state.map(IndexInfo::generation).orElse(0L) + 1;
    }
}

package dev.freshpyc.indexer.repair.plan;

import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.indexer.repair.plan.PlanSection.NumberedFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a plan batch by batch. A directory is in one batch unless it is larger than a batch. All planned names of one file are in
 * one batch too, since one new file takes them: names whose file has names in other batches come last, file by file.
 */
public final class PlanBatches {

    /** How many bytes of compiled files that have several names are held at the same time. */
    private static final long LINKED_BYTES = 16 << 20;

    private final List<PlanSection> sections;
    private final int limit;
    private final LinkedNames linked;
    private final Optional<PlanFile> file;
    private final PlanCodec codec;
    private final Function<List<NumberedFile>, PlanBatch> batch;
    private int nextSection;
    private PlanSection.@Nullable Reader open;
    private int nextLinked;

    PlanBatches(
            List<PlanSection> sections,
            int limit,
            LinkedNames linked,
            Optional<PlanFile> file,
            PlanCodec codec,
            Function<List<NumberedFile>, PlanBatch> batch) {
        this.sections = sections;
        this.limit = limit;
        this.linked = linked;
        this.file = file;
        this.codec = codec;
        this.batch = batch;
    }

    /** The next batch; empty behind the last. */
    public Optional<PlanBatch> next() throws IOException {
        while (open != null || nextSection < sections.size()) {
            List<NumberedFile> files = complete(directories());
            if (!files.isEmpty()) {
                return Optional.of(batch.apply(files));
            }
        }
        List<NumberedFile> rest = nextLinked < 0 || !linked.anyWaits() ? List.of() : waiting();
        return rest.isEmpty() ? Optional.empty() : Optional.of(batch.apply(rest));
    }

    /** The pycs of as many sections as fit; of a section that is larger than a batch, a part. */
    private List<NumberedFile> directories() throws IOException {
        List<NumberedFile> files = new ArrayList<>();
        while (files.size() < limit) {
            if (open == null && !nextFits(files.size())) {
                return files;
            }
            if (open == null) {
                open = sections.get(nextSection++).reader();
            }
            if (!open.hasNext()) {
                open = null;
                continue;
            }
            NumberedFile next = open.next();
            if (next.file() instanceof PlannedFile.Pyc) {
                files.add(next);
            }
        }
        return files;
    }

    /** Whether there is a next section, and its pycs fit into a batch that has {@code taken} pycs already. */
    private boolean nextFits(int taken) {
        return nextSection < sections.size()
                && (taken == 0 || taken + sections.get(nextSection).pycs() <= limit);
    }

    /** The files without those that have planned names in other batches. */
    private List<NumberedFile> complete(List<NumberedFile> files) {
        Map<FileKey, Integer> here = new HashMap<>();
        files.forEach(numbered -> key(numbered).ifPresent(key -> here.merge(key, 1, Integer::sum)));
        if (here.isEmpty() || file.isEmpty()) {
            return files;
        }
        List<NumberedFile> complete = new ArrayList<>();
        for (NumberedFile numbered : files) {
            Optional<FileKey> key = key(numbered);
            boolean all = key.isEmpty() || here.getOrDefault(key.get(), 0) >= linked.planned(stamp(numbered));
            if (all) {
                complete.add(numbered);
            } else {
                linked.wait(stamp(numbered), numbered.number(), numbered.position());
            }
        }
        return complete;
    }

    private record FileKey(long device, long inode) {}

    private static Optional<FileKey> key(NumberedFile numbered) {
        return numbered.file() instanceof PlannedFile.Pyc pyc && pyc.links() > 1
                ? pyc.stamp().map(stamp -> new FileKey(stamp.device(), stamp.inode()))
                : Optional.empty();
    }

    private static FileStamp stamp(NumberedFile numbered) {
        return ((PlannedFile.Pyc) numbered.file()).stamp().orElseThrow();
    }

    /** Names that had to wait for the other names of their files. */
    private List<NumberedFile> waiting() throws IOException {
        List<NumberedFile> files = new ArrayList<>();
        long bytes = 0;
        while (files.size() < limit && bytes < LINKED_BYTES && nextLinked >= 0) {
            List<Position> group = new ArrayList<>();
            nextLinked = linked.visit(nextLinked, (number, at) -> group.add(new Position(number, at)));
            for (Position position : group) {
                PlannedFile read = file.orElseThrow().readOne(position.at(), codec);
                files.add(new NumberedFile(read, position.number(), position.at()));
                bytes += read instanceof PlannedFile.Compilation(var compiled, var _)
                        ? compiled.sourceStamp().size()
                        : 0;
            }
        }
        return files;
    }

    private record Position(int number, long at) {}
}

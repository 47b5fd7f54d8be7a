package dev.freshpyc.indexer.repair.plan;

import dev.freshpyc.indexer.repair.outcome.OutcomeTally;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Collects the plans of the workers of a scan. A plan of at most one batch stays in memory. A larger plan is written to a temporary
 * file, and memory holds one row for some hundred pycs.
 */
public final class PlanStore implements Closeable {

    /** How many pycs are written in one go unless a caller says otherwise; so many fit into a small heap. */
    public static final int BATCH = 16_384;

    /** How many files one row in memory stands for, at least. */
    private static final int PORTION = 256;

    private final PlanRules rules;
    private final int batch;
    private final PlanCodec codec = new PlanCodec();
    private final LinkedNames linked = new LinkedNames();
    private final SharedPycs shared = new SharedPycs();
    private final List<PlanCollector> collectors = new ArrayList<>();
    private final List<PlanSection> sections = new ArrayList<>();
    private @Nullable PlanFile file;
    private @Nullable IOException refusal;
    private long pycs;
    private int numbers;

    /** @param batch how many pycs are written in one go */
    public PlanStore(PlanRules rules, int batch) {
        this.rules = rules;
        this.batch = batch;
    }

    /** A collector for one worker; outcomes of files that stay as they are go to {@code tally}. */
    public synchronized PlanCollector collector(OutcomeTally tally) {
        PlanCollector collector = new PlanCollector(rules, tally, this);
        collectors.add(collector);
        return collector;
    }

    /**
     * The plan, when the workers have ended.
     *
     * @throws IOException when the temporary file could not be written
     */
    public RepairPlan plan() throws IOException {
        EntryTargets targets = new EntryTargets(rules.options().target());
        List<PlanCollector> all;
        synchronized (this) {
            all = List.copyOf(collectors);
        }
        for (PlanCollector collector : all) {
            collector.finish();
            targets.addAll(collector.targets());
        }
        linked.sort();
        synchronized (this) {
            if (refusal != null) {
                throw new IOException(
                        "the plan does not fit into " + System.getProperty("java.io.tmpdir") + ": "
                                + refusal.getMessage(),
                        refusal);
            }
            List<PlanSection> sorted = new ArrayList<>(sections);
            sorted.sort(PlanSection.IN_ORDER);
            return new RepairPlan(sorted, batch, linked, shared, targets, all, Optional.ofNullable(file), codec);
        }
    }

    /** How many files a worker collects at least before it hands over the directories that it has left. */
    int portion() {
        return Math.min(PORTION, batch);
    }

    /** The pycs that belong to two sources because of links. */
    SharedPycs shared() {
        return shared;
    }

    /** The planned pycs that have several names. */
    LinkedNames linked() {
        return linked;
    }

    /**
     * Adds the files of some directories, whole.
     *
     * @param added how many of them are pycs that are written
     */
    void add(List<PlannedFile> files, int added) {
        try {
            Optional<PlanFile> open;
            int base;
            synchronized (this) {
                base = numbers;
                numbers += files.size();
                pycs += added;
                if (file == null && pycs > batch) {
                    spill();
                }
                open = Optional.ofNullable(file);
                if (open.isEmpty()) {
                    sections.add(new PlanSection.InMemory(base, added, files));
                    return;
                }
            }
            if (refusal() == null) {
                PlanSection section = write(open.get(), base, added, files);
                synchronized (this) {
                    sections.add(section);
                }
            }
        } catch (IOException refused) {
            refuse(refused);
        }
    }

    private synchronized @Nullable IOException refusal() {
        return refusal;
    }

    private synchronized void refuse(IOException refused) {
        refusal = refused;
        sections.clear();
    }

    private void spill() throws IOException {
        PlanFile made = PlanFile.create();
        file = made;
        for (int i = 0; i < sections.size(); i++) {
            PlanSection section = sections.get(i);
            if (section instanceof PlanSection.InMemory(int base, int added, List<PlannedFile> files)) {
                sections.set(i, write(made, base, added, files));
            }
        }
    }

    private PlanSection write(PlanFile into, int base, int added, List<PlannedFile> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ByteArrayOutputStream one = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        DataOutputStream encoder = new DataOutputStream(one);
        for (PlannedFile planned : files) {
            codec.write(planned, encoder);
            out.writeInt(one.size());
            one.writeTo(out);
            one.reset();
        }
        PlannedFile first = files.getFirst();
        return new PlanSection.OnDisk(
                first.entry(),
                first.source(),
                base,
                added,
                files.size(),
                into,
                codec,
                into.append(bytes.toByteArray()));
    }

    @Override
    public synchronized void close() {
        if (file != null) {
            try {
                file.close();
            } catch (IOException nothingIsLost) {
                // The file has no name.
            }
        }
    }
}

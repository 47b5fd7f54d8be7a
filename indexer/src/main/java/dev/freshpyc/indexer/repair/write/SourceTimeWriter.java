package dev.freshpyc.indexer.repair.write;

import dev.freshpyc.core.plan.SkipReason;
import dev.freshpyc.indexer.fs.FileFacts;
import dev.freshpyc.indexer.fs.OpenFile;
import dev.freshpyc.indexer.fs.SystemCallException;
import dev.freshpyc.indexer.fs.TreeWriter;
import dev.freshpyc.indexer.repair.OutcomeCollector;
import dev.freshpyc.indexer.repair.RepairOptions.Durability;
import dev.freshpyc.indexer.repair.journal.Journal;
import dev.freshpyc.indexer.repair.plan.SourceTimeChange;
import dev.freshpyc.indexer.repair.tree.SkippedException;
import dev.freshpyc.indexer.repair.tree.StepRunner;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Sets the mtimes of sources whose bytecode is ready for it. A source with a file that was left as it is keeps its time:
 * what loads now must not be distrusted afterwards.
 */
public final class SourceTimeWriter {

    private final WriterPool crew;
    private final Journal journal;
    private final OutcomeCollector total;
    private final StepRunner attempts;
    private final Durability durability;

    public SourceTimeWriter(WriterPool crew, Journal journal, OutcomeCollector total, Durability durability) {
        this.crew = crew;
        this.journal = journal;
        this.total = total;
        this.attempts = new StepRunner(total);
        this.durability = durability;
    }

    /** Sets them; returns those that were set. A failure is told: the bytecode is written by now. */
    public List<SourceTimeChange> set(List<SourceTimeChange> times) throws InterruptedException {
        Collection<SourceTimeChange> made = new ConcurrentLinkedQueue<>();
        try {
            set(times, made);
        } catch (IOException refused) {
            total.addTrouble("not all sources got their time: " + refused.getMessage());
        }
        return List.copyOf(made);
    }

    private void set(List<SourceTimeChange> times, Collection<SourceTimeChange> made)
            throws IOException, InterruptedException {
        for (SourceTimeChange time : times) {
            journal.add(time);
        }
        journal.secure(durability);
        crew.forEach(times, (writer, time) -> {
            if (attempts.succeeds(time.location(), () -> set(writer, time))) {
                made.add(time);
                total.addSourceTime();
            }
        });
    }

    private void set(PycWriter writer, SourceTimeChange time) throws SystemCallException, SkippedException {
        writer.tree().checkSource(time.location(), time.stamp());
        TreeWriter editor = writer.tree().editor();
        try (OpenFile file = writer.tree().openSource(time.location(), false)) {
            FileFacts facts = editor.stat(file);
            if (!facts.stamp().equals(time.stamp())) {
                throw new SkippedException(SkipReason.CHANGING);
            }
            editor.setMtime(file, time.seconds(), 0);
            writer.wroteTo(facts, time.location());
            if (durability == Durability.EACH) {
                editor.force(file);
            }
        }
    }
}

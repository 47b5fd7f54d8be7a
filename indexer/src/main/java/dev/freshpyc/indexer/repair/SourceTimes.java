package dev.freshpyc.indexer.repair;

import dev.freshpyc.core.plan.SkipReason;
import dev.freshpyc.indexer.fs.linux.FileFacts;
import dev.freshpyc.indexer.fs.linux.LinuxTreeWriter;
import dev.freshpyc.indexer.fs.linux.SystemCallException;
import dev.freshpyc.indexer.repair.RepairOptions.Durability;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Sets the mtimes of sources whose bytecode is ready for it. A source with a file that was left as it is keeps its time:
 * what loads now must not be distrusted afterwards.
 */
final class SourceTimes {

    private final WriterPool crew;
    private final Journal journal;
    private final RepairTotal total;
    private final Attempts attempts;
    private final Durability durability;

    SourceTimes(WriterPool crew, Journal journal, RepairTotal total, Durability durability) {
        this.crew = crew;
        this.journal = journal;
        this.total = total;
        this.attempts = new Attempts(total);
        this.durability = durability;
    }

    /** Sets them; returns those that were set. A failure is told: the bytecode is written by now. */
    List<SourceTime> set(List<SourceTime> times) throws InterruptedException {
        Collection<SourceTime> made = new ConcurrentLinkedQueue<>();
        try {
            set(times, made);
        } catch (IOException refused) {
            total.addTrouble("not all sources got their time: " + refused.getMessage());
        }
        return List.copyOf(made);
    }

    private void set(List<SourceTime> times, Collection<SourceTime> made) throws IOException, InterruptedException {
        for (SourceTime time : times) {
            journal.add(time);
        }
        journal.secure(durability);
        crew.forEach(times, (writer, time) -> {
            if (attempts.succeeds(time.place(), () -> set(writer, time))) {
                made.add(time);
                total.addSourceTime();
            }
        });
    }

    private void set(Rewriter writer, SourceTime time) throws SystemCallException, SkippedException {
        writer.tree().checkSource(time.place(), time.stamp());
        LinuxTreeWriter editor = writer.tree().editor();
        int file = writer.tree().openSource(time.place(), false);
        try {
            FileFacts facts = editor.stat(file);
            if (!facts.stamp().equals(time.stamp())) {
                throw new SkippedException(SkipReason.CHANGING);
            }
            editor.setMtime(file, time.seconds(), 0);
            writer.wroteTo(facts, time.place());
            if (durability == Durability.EACH) {
                editor.force(file);
            }
        } finally {
            editor.close(file);
        }
    }
}

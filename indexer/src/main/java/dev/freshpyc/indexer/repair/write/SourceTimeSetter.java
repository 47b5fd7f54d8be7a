package dev.freshpyc.indexer.repair.write;

import dev.freshpyc.core.digest.Sha256;
import dev.freshpyc.core.outcome.Outcome.Effect;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.plan.SkipReason;
import dev.freshpyc.core.record.SourceRecord;
import dev.freshpyc.indexer.fs.OpenFile;
import dev.freshpyc.indexer.fs.TreeWriter;
import dev.freshpyc.indexer.fs.TreeWriter.FileFacts;
import dev.freshpyc.indexer.fs.TreeWriter.SystemCallException;
import dev.freshpyc.indexer.repair.change.RepairOptions.Durability;
import dev.freshpyc.indexer.repair.change.SkippedException;
import dev.freshpyc.indexer.repair.change.SourceTimeChange;
import dev.freshpyc.indexer.repair.journal.FileState;
import dev.freshpyc.indexer.repair.journal.Journal;
import dev.freshpyc.indexer.repair.journal.JournalEntry;
import dev.freshpyc.indexer.repair.journal.JournalEntry.Origin;
import dev.freshpyc.indexer.repair.outcome.OutcomeTally;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Sets the mtimes of sources. A source keeps its mtime where one of its pycs stays as it is: a pyc that loads now must load
 * afterwards.
 */
public final class SourceTimeSetter {

    private final WriterPool writers;
    private final Journal journal;
    private final OutcomeTally tally;
    private final FileSteps steps;
    private final Durability durability;
    private final EntryRoots roots = new EntryRoots();

    /** Sets times through the writers of a pool, each after its entry is in the journal. */
    public SourceTimeSetter(WriterPool writers, Journal journal, OutcomeTally tally, Durability durability) {
        this.writers = writers;
        this.journal = journal;
        this.tally = tally;
        this.steps = new FileSteps(tally);
        this.durability = durability;
    }

    /** Sets the times; returns the changes that were made. A failure is a problem and no exception: the pycs are written. */
    public List<SourceTimeChange> set(List<SourceTimeChange> times) throws InterruptedException {
        Collection<SourceTimeChange> made = new ConcurrentLinkedQueue<>();
        try {
            set(times, made);
        } catch (IOException refused) {
            tally.addProblem("not all sources got their new mtime: " + refused.getMessage());
        }
        return List.copyOf(made);
    }

    private void set(List<SourceTimeChange> times, Collection<SourceTimeChange> made)
            throws IOException, InterruptedException {
        Map<SourceTimeChange, Sha256> contents = new ConcurrentHashMap<>();
        writers.forEach(
                times, (writer, time) -> steps.run(time.place(), () -> contents.put(time, content(writer, time))));
        List<SourceTimeChange> readable =
                times.stream().filter(contents::containsKey).toList();
        for (SourceTimeChange time : readable) {
            SourceRecord prior = new SourceRecord(time.stamp(), contents.get(time), List.of());
            RawPath directory = roots.directory(time.place());
            journal.add(
                    JournalEntry.timeSet(directory, time.source().name(), FileState.of(time.stamp()), time.seconds())
                            .withOrigin(new Origin(roots.source(time.place()), prior)));
        }
        journal.secure(durability);
        writers.forEach(readable, (writer, time) -> {
            if (steps.run(time.place(), () -> set(writer, time))) {
                made.add(time);
                tally.add(time.place().sourceOutcome(new Effect.SourceTimeSet(time.seconds())));
            }
        });
    }

    /** The digest of a source, which an undo compares. */
    private static Sha256 content(FileRewriter writer, SourceTimeChange time) throws IOException, SkippedException {
        TreeWriter editor = writer.tree().editor();
        writer.tree().checkSource(time.place(), time.stamp());
        try (OpenFile file = writer.tree().openSource(time.place())) {
            Sha256 content = editor.sha256(file, 0, time.stamp().size());
            if (!editor.stat(file).stamp().equals(time.stamp())) {
                throw new SkippedException(SkipReason.CHANGING);
            }
            return content;
        }
    }

    private void set(FileRewriter writer, SourceTimeChange time) throws SystemCallException, SkippedException {
        writer.tree().checkSource(time.place(), time.stamp());
        TreeWriter editor = writer.tree().editor();
        try (OpenFile file = writer.tree().openSource(time.place())) {
            FileFacts facts = editor.stat(file);
            if (!facts.stamp().equals(time.stamp())) {
                throw new SkippedException(SkipReason.CHANGING);
            }
            editor.setMtime(file, time.seconds(), 0);
            writer.wroteTo(facts, time.place());
            if (durability == Durability.EACH) {
                editor.force(file);
            }
        }
    }
}

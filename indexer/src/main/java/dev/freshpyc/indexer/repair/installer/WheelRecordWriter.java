package dev.freshpyc.indexer.repair.installer;

import dev.freshpyc.core.manifest.RecordEdit;
import dev.freshpyc.core.outcome.Outcome.Effect;
import dev.freshpyc.indexer.fs.TreeWriter;
import dev.freshpyc.indexer.host.HostFiles;
import dev.freshpyc.indexer.repair.change.RepairOptions.Durability;
import dev.freshpyc.indexer.repair.change.SkippedException;
import dev.freshpyc.indexer.repair.installer.RecordChanges.LineChanges;
import dev.freshpyc.indexer.repair.journal.Journal;
import dev.freshpyc.indexer.repair.outcome.OutcomeTally;
import dev.freshpyc.indexer.repair.replace.OldFile;
import dev.freshpyc.indexer.repair.replace.Replacement;
import dev.freshpyc.indexer.repair.replace.ReplacementStep;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Brings RECORD files up to date, once all files that they list are written or removed:
 *
 * <ol>
 *   <li>Each new RECORD is made beside the old one, whose contents go to the journal.
 *   <li>The journal is secured.
 *   <li>Each new RECORD takes the name, if the old one is still the file that was read.
 * </ol>
 *
 * A process that is killed before the last step leaves true pycs and an old RECORD. The next run with the same policy
 * finds the difference and completes the work; an undo puts back the pycs that the old RECORD lists.
 */
public final class WheelRecordWriter {

    /** The most bytes of a RECORD that is changed: a hundred times the largest known. */
    static final long MAX_SIZE = 16L * 1024 * 1024;

    private final Journal journal;
    private final OutcomeTally tally;
    private final Durability durability;
    private final boolean mayBreakLinks;

    /**
     * A writer.
     *
     * @param mayBreakLinks whether a RECORD with further names may be replaced, which leaves the other names to the old file
     */
    public WheelRecordWriter(Journal journal, OutcomeTally tally, Durability durability, boolean mayBreakLinks) {
        this.journal = journal;
        this.tally = tally;
        this.durability = durability;
        this.mayBreakLinks = mayBreakLinks;
    }

    private record PreparedRecord(LineChanges lines, Replacement replacement) {}

    /** Changes the lines. The tally gets the outcome of each RECORD; a failure is a problem and no exception. */
    public void write(RecordChanges changes) {
        List<LineChanges> all = changes.all();
        if (all.isEmpty()) {
            return;
        }
        try (TreeWriter editor = HostFiles.newWriter()) {
            List<PreparedRecord> prepared = new ArrayList<>();
            for (LineChanges lines : all) {
                step(lines, () -> prepare(editor, lines).ifPresent(prepared::add));
            }
            try {
                journal.secure(durability);
            } catch (IOException refused) {
                tally.addProblem("no RECORD was brought up to date: " + refused.getMessage());
                prepared.forEach(one -> one.replacement().discard(editor));
                return;
            }
            for (PreparedRecord one : prepared) {
                boolean done = step(one.lines(), () -> {
                    one.replacement().commit(editor, durability);
                    addUpdated(one.lines());
                });
                if (!done) {
                    one.replacement().discard(editor);
                }
            }
        }
    }

    private boolean step(LineChanges lines, ReplacementStep step) {
        return ReplacementStep.run(step, effect -> tally.add(lines.place().outcome(effect)));
    }

    /** Makes the new RECORD; empty where the old one is right already. */
    private Optional<PreparedRecord> prepare(TreeWriter editor, LineChanges lines)
            throws IOException, SkippedException {
        WheelRecordPlace place = lines.place();
        try (OldFile old = OldFile.open(editor, place.record(), mayBreakLinks, MAX_SIZE)) {
            byte[] before = old.read();
            byte[] after = new RecordEdit(
                            place.base(),
                            path -> Optional.ofNullable(lines.lines().get(path)))
                    .apply(before);
            if (Arrays.equals(before, after)) {
                addUpdated(lines);
                return Optional.empty();
            }
            return Optional.of(new PreparedRecord(
                    lines,
                    Replacement.prepare(
                            editor,
                            journal,
                            durability,
                            place.record(),
                            old,
                            made -> editor.write(made, new byte[0], after))));
        }
    }

    private void addUpdated(LineChanges lines) {
        tally.add(lines.place().outcome(new Effect.RecordUpdated(lines.lines().size(), /* undecided= */ 0)));
    }
}

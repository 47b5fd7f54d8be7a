package dev.freshpyc.indexer.repair.installer;

import dev.freshpyc.core.file.FileStamp;
import dev.freshpyc.core.manifest.RecordEdit;
import dev.freshpyc.core.outcome.Outcome.Effect;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.plan.SkipReason;
import dev.freshpyc.core.pyc.HeaderLayout;
import dev.freshpyc.core.record.HeaderBytes;
import dev.freshpyc.indexer.fs.OpenFile;
import dev.freshpyc.indexer.fs.TreeWriter;
import dev.freshpyc.indexer.fs.TreeWriter.FileFacts;
import dev.freshpyc.indexer.fs.TreeWriter.SystemCallException;
import dev.freshpyc.indexer.host.HostFiles;
import dev.freshpyc.indexer.repair.change.RepairOptions.Durability;
import dev.freshpyc.indexer.repair.change.SkippedException;
import dev.freshpyc.indexer.repair.installer.RecordChanges.Lines;
import dev.freshpyc.indexer.repair.journal.FileState;
import dev.freshpyc.indexer.repair.journal.Journal;
import dev.freshpyc.indexer.repair.journal.JournalEntry;
import dev.freshpyc.indexer.repair.journal.TemporaryName;
import dev.freshpyc.indexer.repair.outcome.OutcomeTally;
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
 * A process that is killed before the last step leaves true pycs and an old RECORD. The next run with the same policy finds the
 * difference and completes the work; an undo puts the pycs back, to which the old RECORD belongs.
 */
public final class RecordWriter {

    private final Journal journal;
    private final OutcomeTally tally;
    private final Durability durability;
    private final boolean mayBreakLinks;

    /**
     * A writer.
     *
     * @param mayBreakLinks whether a RECORD with further names may be replaced, which leaves the other names to the old file
     */
    public RecordWriter(Journal journal, OutcomeTally tally, Durability durability, boolean mayBreakLinks) {
        this.journal = journal;
        this.tally = tally;
        this.durability = durability;
        this.mayBreakLinks = mayBreakLinks;
    }

    /**
     * A new RECORD beside the old one.
     *
     * @param seen the old RECORD's stamp
     */
    private record Prepared(Lines lines, RawPath temporary, FileStamp seen) {

        private RawPath path() {
            return lines.place().record();
        }
    }

    /** Changes the lines. What becomes of each RECORD goes to the tally; a failure is a problem and no exception. */
    public void write(RecordChanges changes) {
        List<Lines> all = changes.all();
        if (all.isEmpty()) {
            return;
        }
        try (TreeWriter editor = HostFiles.newWriter()) {
            List<Prepared> prepared = new ArrayList<>();
            for (Lines lines : all) {
                RecordStep.run(
                        lines.place(), tally, () -> prepare(editor, lines).ifPresent(prepared::add));
            }
            try {
                journal.secure(durability);
            } catch (IOException refused) {
                tally.addProblem("no RECORD was brought up to date: " + refused.getMessage());
                prepared.forEach(one -> discard(editor, one));
                return;
            }
            for (Prepared one : prepared) {
                if (!RecordStep.run(one.lines().place(), tally, () -> commit(editor, one))) {
                    discard(editor, one);
                }
            }
        }
    }

    /** Makes the new RECORD; empty where the old one is right already. */
    private Optional<Prepared> prepare(TreeWriter editor, Lines lines) throws IOException, SkippedException {
        RecordPlace place = lines.place();
        try (OpenRecord old = OpenRecord.open(editor, place.record(), mayBreakLinks)) {
            byte[] before = old.read();
            byte[] after = new RecordEdit(
                            place.base(),
                            path -> Optional.ofNullable(lines.lines().get(path)))
                    .apply(before);
            if (Arrays.equals(before, after)) {
                addUpdated(lines);
                return Optional.empty();
            }
            RawPath directory = place.record().parent();
            journal.begin(directory, true);
            long keptAt = journal.keep(editor, old.file(), before.length);
            RawPath temporary = TemporaryName.next();
            FileState made = make(editor, old, temporary, after);
            FileStamp seen = old.facts().stamp();
            journal.add(JournalEntry.replaced(
                    directory,
                    place.record().name(),
                    temporary,
                    FileState.of(seen),
                    made,
                    head(before),
                    head(after),
                    keptAt));
            return Optional.of(new Prepared(lines, temporary, seen));
        }
    }

    private FileState make(TreeWriter editor, OpenRecord old, RawPath temporary, byte[] content)
            throws SystemCallException {
        FileFacts facts = old.facts();
        try (OpenFile made = editor.createLike(old.directory(), temporary, facts)) {
            editor.write(made, new byte[0], content);
            editor.copyAttributes(old.file(), facts, made, editor.stat(made));
            if (durability != Durability.NONE) {
                editor.force(made);
            }
            return FileState.of(editor.stat(made).stamp());
        } catch (SystemCallException refused) {
            discard(editor, old.directory(), temporary);
            throw refused;
        }
    }

    private void commit(TreeWriter editor, Prepared prepared) throws SystemCallException, SkippedException {
        RawPath name = prepared.path().name();
        try (OpenFile directory = editor.openRoot(prepared.path().parent())) {
            FileFacts now = editor.stat(directory, name);
            if (!now.regular() || !now.stamp().equals(prepared.seen())) {
                throw new SkippedException(SkipReason.CHANGING);
            }
            editor.rename(directory, prepared.temporary(), name);
            addUpdated(prepared.lines());
            if (durability != Durability.NONE) {
                editor.force(directory);
            }
        }
    }

    private void addUpdated(Lines lines) {
        tally.add(lines.place().outcome(new Effect.RecordUpdated(lines.lines().size(), /* undecided= */ 0)));
    }

    private static HeaderBytes head(byte[] content) {
        return HeaderBytes.of(content, Math.min(content.length, HeaderLayout.MAX_LENGTH));
    }

    private static void discard(TreeWriter editor, Prepared prepared) {
        try (OpenFile directory = editor.openRoot(prepared.path().parent())) {
            discard(editor, directory, prepared.temporary());
        } catch (SystemCallException gone) {
            // The next run finds the directory in the journal and deletes the file.
        }
    }

    private static void discard(TreeWriter editor, OpenFile directory, RawPath temporary) {
        try {
            editor.unlink(directory, temporary);
        } catch (SystemCallException gone) {
            // As above.
        }
    }
}

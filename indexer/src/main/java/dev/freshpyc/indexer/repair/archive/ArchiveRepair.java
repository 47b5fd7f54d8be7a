package dev.freshpyc.indexer.repair.archive;

import dev.freshpyc.core.outcome.Outcome.Effect;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.plan.SkipReason;
import dev.freshpyc.indexer.archive.ArchiveReading;
import dev.freshpyc.indexer.archive.ArchiveSplice;
import dev.freshpyc.indexer.archive.ArchiveSplice.NewMember;
import dev.freshpyc.indexer.archive.ArchiveSplice.Piece;
import dev.freshpyc.indexer.archive.CentralDirectory;
import dev.freshpyc.indexer.archive.MemberReader;
import dev.freshpyc.indexer.archive.SpliceException;
import dev.freshpyc.indexer.archive.Unpacked;
import dev.freshpyc.indexer.archive.ZipRules;
import dev.freshpyc.indexer.fs.CanonicalPath;
import dev.freshpyc.indexer.fs.OpenFile;
import dev.freshpyc.indexer.fs.TreeWriter;
import dev.freshpyc.indexer.fs.TreeWriter.SystemCallException;
import dev.freshpyc.indexer.host.HostFiles;
import dev.freshpyc.indexer.prove.Compilers;
import dev.freshpyc.indexer.repair.change.RepairOptions;
import dev.freshpyc.indexer.repair.change.RepairOptions.HardLinks;
import dev.freshpyc.indexer.repair.change.SkippedException;
import dev.freshpyc.indexer.repair.journal.Journal;
import dev.freshpyc.indexer.repair.outcome.OutcomeTally;
import dev.freshpyc.indexer.repair.replace.OldFile;
import dev.freshpyc.indexer.repair.replace.Replacement;
import dev.freshpyc.indexer.repair.replace.ReplacementStep;
import dev.freshpyc.indexer.scan.PathEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Writes new contents of members into archives:
 *
 * <ol>
 *   <li>A new archive is made beside each old one, whose contents go to the journal. The new one is read again.
 *   <li>The journal is secured.
 *   <li>Each new archive takes the name, if the old one is still the file that was read.
 * </ol>
 */
public final class ArchiveRepair {

    /** The most bytes of an archive that is changed: an undo needs as many beside the index. */
    private static final long MAX_SIZE = 1L << 32;

    /** The most bytes of members that are made for one archive; the next run makes more. */
    private static final long MAX_MADE = 64L << 20;

    private final RepairOptions options;
    private final Journal journal;
    private final MemberMaker maker;
    private final OutcomeTally tally;

    /**
     * A repair that writes its changes to that journal.
     *
     * @param proofs takes what compiling shows
     */
    public ArchiveRepair(
            RepairOptions options, Journal journal, Compilers compilers, MemberProofs proofs, OutcomeTally tally) {
        this.options = options;
        this.journal = journal;
        this.maker = new MemberMaker(options.target(), compilers, proofs);
        this.tally = tally;
    }

    /**
     * An archive that is made.
     *
     * @param effects of the members that it changes
     */
    private record PreparedArchive(Replacement replacement, Map<MemberPlan, Effect> effects) {}

    /** Writes all archives. The tally gets the outcome of each member. */
    public void write(ArchivePlans plans) throws IOException, InterruptedException {
        try (TreeWriter editor = HostFiles.newWriter()) {
            List<PreparedArchive> prepared = new ArrayList<>();
            for (Map.Entry<PathEntry.Archive, List<MemberPlan>> plan :
                    plans.byArchive().entrySet()) {
                prepare(editor, plan.getKey(), plan.getValue()).ifPresent(prepared::add);
            }
            try {
                journal.secure(options.durability());
            } catch (IOException refused) {
                prepared.forEach(one -> one.replacement().discard(editor));
                throw refused;
            }
            for (PreparedArchive one : prepared) {
                boolean done = ReplacementStep.run(
                        () -> one.replacement().commit(editor, options.durability()),
                        failure -> one.effects().keySet().forEach(plan -> tally.add(plan.outcome(failure))));
                if (done) {
                    one.effects().forEach((plan, effect) -> tally.add(plan.outcome(effect)));
                } else {
                    one.replacement().discard(editor);
                }
            }
        }
    }

    /** Makes the new archive; empty where there is none to make, since every member was reported. */
    private Optional<PreparedArchive> prepare(TreeWriter editor, PathEntry.Archive archive, List<MemberPlan> plans) {
        Set<MemberPlan> open = new LinkedHashSet<>(plans);
        AtomicReference<Optional<PreparedArchive>> made = new AtomicReference<>(Optional.empty());
        ReplacementStep.run(
                () -> {
                    RawPath path = CanonicalPath.of(archive.file());
                    try (OldFile old = OldFile.open(editor, path, options.hardLinks() == HardLinks.BREAK, MAX_SIZE)) {
                        if (!plans.stream()
                                .allMatch(plan -> plan.seen().equals(old.facts().stamp()))) {
                            throw new SkippedException(SkipReason.CHANGING);
                        }
                        made.set(make(editor, path, old, open));
                    }
                },
                failure -> open.forEach(plan -> tally.add(plan.outcome(failure))));
        return made.get();
    }

    /**
     * Makes the new archive.
     *
     * @param open the plans whose outcome is not reported yet; the plans of members that stay are removed from it
     */
    private Optional<PreparedArchive> make(TreeWriter editor, RawPath path, OldFile old, Set<MemberPlan> open)
            throws IOException, SkippedException {
        OpenFileContents contents =
                new OpenFileContents(editor, old.file(), old.facts().stamp().size());
        Map<MemberPlan, Effect> effects = new LinkedHashMap<>();
        List<NewMember> made = new ArrayList<>();
        try (MemberReader reader = new MemberReader(contents, ZipRules.NEWEST)) {
            long room = MAX_MADE;
            for (MemberPlan plan : List.copyOf(open)) {
                switch (made(reader, plan, room)) {
                    case MemberMaker.MemberResult.Left(Effect effect) -> {
                        open.remove(plan);
                        tally.add(plan.outcome(effect));
                    }
                    case MemberMaker.MemberResult.Made(byte[] bytes, Effect effect) -> {
                        effects.put(plan, effect);
                        made.add(new NewMember(plan.pycMember(), bytes));
                        room -= bytes.length;
                    }
                }
            }
        }
        if (made.isEmpty()) {
            return Optional.empty();
        }
        List<Piece> pieces = pieces(contents, made);
        Replacement replacement = Replacement.prepare(editor, journal, options.durability(), path, old, fresh -> {
            long size = fill(editor, old.file(), fresh, pieces);
            requireRight(new OpenFileContents(editor, fresh, size), made);
        });
        return Optional.of(new PreparedArchive(replacement, effects));
    }

    private MemberMaker.MemberResult made(MemberReader reader, MemberPlan plan, long room) throws IOException {
        if (plan.pycMember().size() + plan.sourceMember().size() > room) {
            return new MemberMaker.MemberResult.Left(new Effect.Failed(
                    SkipReason.REFUSED, "too many changes in this archive for one run: run the repair again"));
        }
        Unpacked first = reader.all(plan.sourceMember());
        Unpacked second = reader.all(plan.pycMember());
        if (!(first instanceof Unpacked.Bytes source) || !(second instanceof Unpacked.Bytes pyc)) {
            boolean large = first instanceof Unpacked.TooLarge || second instanceof Unpacked.TooLarge;
            return new MemberMaker.MemberResult.Left(new Effect.Failed(
                    SkipReason.UNREADABLE,
                    large
                            ? "larger than 64 MiB, or than a sixteenth of -Xmx: raise -Xmx in the file lib/java.options of this"
                                    + " installation, or make the archive again"
                            : "it cannot be unpacked: make the archive again"));
        }
        try {
            return maker.make(
                    plan, Arrays.copyOf(source.bytes(), source.length()), Arrays.copyOf(pyc.bytes(), pyc.length()));
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a source was compiled", ended);
        }
    }

    private static List<Piece> pieces(OpenFileContents contents, List<NewMember> made)
            throws IOException, SkippedException {
        try {
            return ArchiveSplice.of(contents, made);
        } catch (SpliceException odd) {
            throw new SkippedException(
                    SkipReason.REFUSED, "the archive cannot be changed: " + odd.getMessage() + "; make it again");
        }
    }

    /** Writes the new archive; returns its size. */
    private static long fill(TreeWriter editor, OpenFile old, OpenFile fresh, List<Piece> pieces)
            throws SystemCallException {
        long at = 0;
        for (Piece piece : pieces) {
            switch (piece) {
                case Piece.Kept(long from, long length) -> {
                    editor.copyPart(old, from, fresh, at, length);
                    at += length;
                }
                case Piece.Made(byte[] bytes) -> {
                    editor.writePart(fresh, at, bytes);
                    at += bytes.length;
                }
            }
        }
        return at;
    }

    /** Reads the changed members of a new archive as an interpreter would. */
    private static void requireRight(OpenFileContents archive, List<NewMember> made) throws IOException {
        if (!(CentralDirectory.read(archive, ZipRules.NEWEST)
                instanceof ArchiveReading.Listed(CentralDirectory members))) {
            throw new IOException("the new archive could not be read again");
        }
        try (MemberReader reader = new MemberReader(archive, ZipRules.NEWEST)) {
            for (NewMember content : made) {
                boolean right = members.file(content.member().name())
                        .map(reader::all)
                        .filter(read -> read instanceof Unpacked.Bytes unpacked
                                && Arrays.equals(
                                        unpacked.bytes(),
                                        0,
                                        unpacked.length(),
                                        content.bytes(),
                                        0,
                                        content.bytes().length))
                        .isPresent();
                if (!right) {
                    throw new IOException("a member of the new archive could not be read again");
                }
            }
        }
    }
}

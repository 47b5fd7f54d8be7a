package dev.freshpyc.indexer.repair.write;

import dev.freshpyc.core.plan.SkipReason;
import dev.freshpyc.indexer.fs.FileFacts;
import dev.freshpyc.indexer.progress.ProgressMeter.Stage;
import dev.freshpyc.indexer.repair.OutcomeCollector;
import dev.freshpyc.indexer.repair.RepairOptions;
import dev.freshpyc.indexer.repair.RepairOptions.Durability;
import dev.freshpyc.indexer.repair.RepairOptions.HardLinks;
import dev.freshpyc.indexer.repair.RepairOptions.WriteMode;
import dev.freshpyc.indexer.repair.compile.Recompiler;
import dev.freshpyc.indexer.repair.journal.Journal;
import dev.freshpyc.indexer.repair.plan.FileChange;
import dev.freshpyc.indexer.repair.plan.FileLocation;
import dev.freshpyc.indexer.repair.plan.RepairPlan;
import dev.freshpyc.indexer.repair.tree.SkippedException;
import dev.freshpyc.indexer.repair.tree.StepRunner;
import dev.freshpyc.indexer.scan.PathEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;

/**
 * All changes of one repair: first everything is made ready and written down, then everything is forced, then it is done. A
 * refusal of one file leaves the others alone, except where the disk is full: then nothing is done at all.
 */
public final class WriteTransaction {

    private final RepairOptions options;
    private final WriterPool crew;
    private final Journal journal;
    private final OutcomeCollector total;
    private final StepRunner attempts;
    private final EarlySync forcing;
    private final Collection<PreparedChange> ready = new ConcurrentLinkedQueue<>();
    private final Map<Object, LinkGroup> linked = new ConcurrentHashMap<>();
    private final Set<PathEntry> tried = ConcurrentHashMap.newKeySet();

    /** The other names of a file that is written in place, once for all of them. */
    private final Map<FileChange, List<FileChange>> doneWith = new ConcurrentHashMap<>();

    public WriteTransaction(
            RepairOptions options,
            WriterPool crew,
            Journal journal,
            OutcomeCollector total,
            WrittenFileSystems fileSystems) {
        this.options = options;
        this.crew = crew;
        this.journal = journal;
        this.total = total;
        this.attempts = new StepRunner(total);
        this.forcing = new EarlySync(crew, total, fileSystems);
    }

    /** Makes the changes; returns those that were made, which a crash of the machine may still undo. */
    public List<FileChange> run(RepairPlan work, Recompiler recompiler) throws IOException, InterruptedException {
        try (forcing) {
            if (!isInPlace(false)) {
                journal.begin(work.restamps());
            }
            forEach(Stage.PREPARING, work.restamps(), this::prepare);
            crew.forEachSlowly(
                    Stage.COMPILING,
                    Recompiler.bySource(work.recompilations()),
                    (writer, files) -> prepareCompiled(writer, recompiler.compile(writer, files)));
            crew.forEach(List.copyOf(linked.values()), this::prepareLinked);
            force();
        } catch (IOException | InterruptedException | RuntimeException broken) {
            crew.forEach(List.copyOf(ready), PycWriter::discard);
            crew.forEach(journal.made(), PycWriter::removeCache);
            journal.abandon();
            throw broken;
        }
        return commit();
    }

    /** With more threads than cores where each file is waited for by itself. */
    private <T> void forEach(Stage stage, List<T> items, WriterPool.Task<T> task)
            throws IOException, InterruptedException {
        if (options.durability() == Durability.EACH) {
            crew.forEachWaiting(stage, items, task);
        } else {
            crew.forEach(stage, items, task);
        }
    }

    private List<FileChange> commit() throws IOException, InterruptedException {
        Collection<FileChange> made = new ConcurrentLinkedQueue<>();
        List<PreparedChange> all = new ArrayList<>(ready);
        all.sort(Comparator.comparing(prepared -> prepared.change().location(), FileLocation.BY_DIRECTORY));
        try {
            forEach(Stage.WRITING, all, (writer, prepared) -> commit(writer, prepared, made));
        } catch (IOException refused) {
            total.addTrouble("only a part was repaired: " + refused.getMessage());
            Set<FileChange> done = new HashSet<>(made);
            crew.forEach(
                    all.stream()
                            .filter(prepared -> !done.contains(prepared.change()))
                            .toList(),
                    PycWriter::discard);
        }
        return List.copyOf(made);
    }

    /** The change made ready; empty for one that was left, or that waits for the other names of its file. */
    private Optional<PreparedChange> prepare(PycWriter writer, FileChange change) throws IOException {
        AtomicReference<PreparedChange> made = new AtomicReference<>();
        attempts.succeeds(change.location(), () -> {
            Optional<FileFacts> linkedTo = writer.severalNames(change);
            if (linkedTo.isPresent()) {
                FileFacts facts = linkedTo.get();
                linked.computeIfAbsent(facts.identity(), _ -> new LinkGroup(facts.links()))
                        .add(change);
            } else {
                made.set(isInPlace(change.isWhole()) ? inPlace(writer, change) : replace(writer, change));
                add(writer, made.get());
            }
        });
        return Optional.ofNullable(made.get());
    }

    private void prepareCompiled(PycWriter writer, List<FileChange> changes) throws IOException {
        List<PreparedChange> models = new ArrayList<>();
        for (FileChange change : changes) {
            Optional<PreparedChange> same = models.stream()
                    .filter(made -> options.share() && change.makesTheSameAs(made.change()))
                    .findFirst();
            if (same.isPresent()) {
                attempts.succeeds(change.location(), () -> add(writer, link(writer, same.get(), change)));
            } else {
                prepare(writer, change).filter(_ -> change.isWhole()).ifPresent(models::add);
            }
        }
    }

    private void prepareLinked(PycWriter writer, LinkGroup group) throws IOException {
        List<List<FileChange>> alike = group.alike();
        boolean apart = alike.size() > 1;
        boolean outside = group.isLinkedOutside();
        boolean whole = alike.getFirst().getFirst().isWhole();
        boolean inPlace = outside ? options.hardLinks() == HardLinks.IN_PLACE && !whole : isInPlace(whole);
        if (options.hardLinks() == HardLinks.BREAK && (apart || outside)) {
            for (List<FileChange> members : alike) {
                prepareAlike(writer, members, false);
            }
        } else if (apart) {
            report(group, SkipReason.LINKED_APART);
        } else if (outside && !inPlace) {
            report(group, SkipReason.LINKED_OUTSIDE);
        } else {
            prepareAlike(writer, alike.getFirst(), inPlace);
        }
    }

    /** One file of each entry is tried, so that a file system that may not be written is known before anything is done. */
    private PreparedChange inPlace(PycWriter writer, FileChange change) throws IOException, SkippedException {
        return tried.add(change.location().entry()) ? writer.inPlace(change) : PreparedChange.inPlace(change);
    }

    /** Names that stay those of one file. */
    private void prepareAlike(PycWriter writer, List<FileChange> members, boolean inPlace) throws IOException {
        FileChange first = members.getFirst();
        List<FileChange> others = members.subList(1, members.size());
        attempts.succeeds(first.location(), () -> {
            PreparedChange model = inPlace ? writer.inPlace(first) : replace(writer, first);
            add(writer, model);
            for (FileChange change : others) {
                if (inPlace) {
                    writer.inPlace(change);
                } else {
                    add(writer, link(writer, model, change));
                }
            }
            if (inPlace) {
                doneWith.put(first, others);
            }
        });
    }

    private PreparedChange replace(PycWriter writer, FileChange change) throws IOException, SkippedException {
        journal.begin(writer, change.location());
        return writer.replace(change);
    }

    private PreparedChange link(PycWriter writer, PreparedChange model, FileChange change)
            throws IOException, SkippedException {
        journal.begin(writer, change.location());
        return writer.link(model, change);
    }

    private void report(LinkGroup group, SkipReason why) {
        for (FileChange change : group.members()) {
            total.addUnrepaired(change.location().shown(), why, group.links() + " names");
        }
    }

    private boolean isInPlace(boolean whole) {
        return options.write() == WriteMode.IN_PLACE && !whole;
    }

    private void add(PycWriter writer, PreparedChange prepared) throws IOException, SkippedException {
        ready.add(prepared);
        journal.add(writer, prepared);
        if (options.durability() == Durability.BATCH && prepared.temporary().isPresent()) {
            forcing.made();
        }
    }

    private void commit(PycWriter writer, PreparedChange prepared, Collection<FileChange> made) throws IOException {
        FileChange change = prepared.change();
        List<FileChange> others = doneWith.getOrDefault(change, List.of());
        boolean done = attempts.succeeds(change.location(), () -> {
            for (FileChange other : others) {
                writer.tree().checkSource(other.location(), other.sourceStamp());
            }
            writer.commit(prepared);
        });
        if (done) {
            made(change, made);
            others.forEach(other -> made(other, made));
        } else {
            writer.discard(prepared);
        }
    }

    private void made(FileChange change, Collection<FileChange> made) {
        change.written(System.nanoTime());
        made.add(change);
        if (change.isWhole()) {
            total.addRecompiled();
        } else {
            total.addRestamped();
        }
    }

    private void force() throws IOException, InterruptedException {
        journal.secure(options.durability());
        forcing.finish();
    }
}

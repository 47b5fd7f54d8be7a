package dev.freshpyc.indexer.repair;

import dev.freshpyc.core.plan.SkipReason;
import dev.freshpyc.indexer.fs.linux.FileFacts;
import dev.freshpyc.indexer.progress.ProgressMeter.Stage;
import dev.freshpyc.indexer.repair.RepairOptions.Durability;
import dev.freshpyc.indexer.repair.RepairOptions.HardLinks;
import dev.freshpyc.indexer.repair.RepairOptions.WriteMode;
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
final class Batch {

    private final RepairOptions options;
    private final WriterPool crew;
    private final Journal journal;
    private final RepairTotal total;
    private final Attempts attempts;
    private final Forcing forcing;
    private final Collection<Prepared> ready = new ConcurrentLinkedQueue<>();
    private final Map<Object, LinkGroup> linked = new ConcurrentHashMap<>();
    private final Set<PathEntry> tried = ConcurrentHashMap.newKeySet();

    /** The other names of a file that is written in place, once for all of them. */
    private final Map<Change, List<Change>> doneWith = new ConcurrentHashMap<>();

    Batch(RepairOptions options, WriterPool crew, Journal journal, RepairTotal total, FileSystems fileSystems) {
        this.options = options;
        this.crew = crew;
        this.journal = journal;
        this.total = total;
        this.attempts = new Attempts(total);
        this.forcing = new Forcing(crew, total, fileSystems);
    }

    /** Makes the changes; returns those that were made, which a crash of the machine may still undo. */
    List<Change> run(Work work, Recompiler recompiler) throws IOException, InterruptedException {
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
            crew.forEach(List.copyOf(ready), Rewriter::discard);
            crew.forEach(journal.made(), Rewriter::removeCache);
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

    private List<Change> commit() throws IOException, InterruptedException {
        Collection<Change> made = new ConcurrentLinkedQueue<>();
        List<Prepared> all = new ArrayList<>(ready);
        all.sort(Comparator.comparing(prepared -> prepared.change().place(), Change.Place.BY_DIRECTORY));
        try {
            forEach(Stage.WRITING, all, (writer, prepared) -> commit(writer, prepared, made));
        } catch (IOException refused) {
            total.addTrouble("only a part was repaired: " + refused.getMessage());
            Set<Change> done = new HashSet<>(made);
            crew.forEach(
                    all.stream()
                            .filter(prepared -> !done.contains(prepared.change()))
                            .toList(),
                    Rewriter::discard);
        }
        return List.copyOf(made);
    }

    /** The change made ready; empty for one that was left, or that waits for the other names of its file. */
    private Optional<Prepared> prepare(Rewriter writer, Change change) throws IOException {
        AtomicReference<Prepared> made = new AtomicReference<>();
        attempts.succeeds(change.place(), () -> {
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

    private void prepareCompiled(Rewriter writer, List<Change> changes) throws IOException {
        List<Prepared> models = new ArrayList<>();
        for (Change change : changes) {
            Optional<Prepared> same = models.stream()
                    .filter(made -> options.share() && change.makesTheSameAs(made.change()))
                    .findFirst();
            if (same.isPresent()) {
                attempts.succeeds(change.place(), () -> add(writer, link(writer, same.get(), change)));
            } else {
                prepare(writer, change).filter(_ -> change.isWhole()).ifPresent(models::add);
            }
        }
    }

    private void prepareLinked(Rewriter writer, LinkGroup group) throws IOException {
        List<List<Change>> alike = group.alike();
        boolean apart = alike.size() > 1;
        boolean outside = group.isLinkedOutside();
        boolean whole = alike.getFirst().getFirst().isWhole();
        boolean inPlace = outside ? options.hardLinks() == HardLinks.IN_PLACE && !whole : isInPlace(whole);
        if (options.hardLinks() == HardLinks.BREAK && (apart || outside)) {
            for (List<Change> members : alike) {
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
    private Prepared inPlace(Rewriter writer, Change change) throws IOException, SkippedException {
        return tried.add(change.place().entry()) ? writer.inPlace(change) : Prepared.inPlace(change);
    }

    /** Names that stay those of one file. */
    private void prepareAlike(Rewriter writer, List<Change> members, boolean inPlace) throws IOException {
        Change first = members.getFirst();
        List<Change> others = members.subList(1, members.size());
        attempts.succeeds(first.place(), () -> {
            Prepared model = inPlace ? writer.inPlace(first) : replace(writer, first);
            add(writer, model);
            for (Change change : others) {
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

    private Prepared replace(Rewriter writer, Change change) throws IOException, SkippedException {
        journal.begin(writer, change.place());
        return writer.replace(change);
    }

    private Prepared link(Rewriter writer, Prepared model, Change change) throws IOException, SkippedException {
        journal.begin(writer, change.place());
        return writer.link(model, change);
    }

    private void report(LinkGroup group, SkipReason why) {
        for (Change change : group.members()) {
            total.addUnrepaired(change.place().shown(), why, group.links() + " names");
        }
    }

    private boolean isInPlace(boolean whole) {
        return options.write() == WriteMode.IN_PLACE && !whole;
    }

    private void add(Rewriter writer, Prepared prepared) throws IOException, SkippedException {
        ready.add(prepared);
        journal.add(writer, prepared);
        if (options.durability() == Durability.BATCH && prepared.temporary().isPresent()) {
            forcing.made();
        }
    }

    private void commit(Rewriter writer, Prepared prepared, Collection<Change> made) throws IOException {
        Change change = prepared.change();
        List<Change> others = doneWith.getOrDefault(change, List.of());
        boolean done = attempts.succeeds(change.place(), () -> {
            for (Change other : others) {
                writer.tree().checkSource(other.place(), other.sourceStamp());
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

    private void made(Change change, Collection<Change> made) {
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

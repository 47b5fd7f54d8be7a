package dev.freshpyc.indexer.repair.write;

import dev.freshpyc.core.outcome.Outcome.Effect;
import dev.freshpyc.core.path.RawPath;
import dev.freshpyc.core.plan.SkipReason;
import dev.freshpyc.indexer.fs.TreeWriter.FileFacts;
import dev.freshpyc.indexer.fs.TreeWriter.SystemCallException;
import dev.freshpyc.indexer.progress.ProgressMeter.Stage;
import dev.freshpyc.indexer.repair.change.FileChange;
import dev.freshpyc.indexer.repair.change.FileChange.HeaderRewrite;
import dev.freshpyc.indexer.repair.change.FilePlace;
import dev.freshpyc.indexer.repair.change.Recompilation;
import dev.freshpyc.indexer.repair.change.RepairOptions;
import dev.freshpyc.indexer.repair.change.RepairOptions.Durability;
import dev.freshpyc.indexer.repair.change.RepairOptions.HardLinks;
import dev.freshpyc.indexer.repair.change.RepairOptions.WriteMode;
import dev.freshpyc.indexer.repair.change.SkippedException;
import dev.freshpyc.indexer.repair.journal.Journal;
import dev.freshpyc.indexer.repair.journal.JournalEntry;
import dev.freshpyc.indexer.repair.journal.JournalEntry.Origin;
import dev.freshpyc.indexer.repair.outcome.OutcomeTally;
import dev.freshpyc.indexer.repair.plan.PlanBatch;
import dev.freshpyc.indexer.repair.write.LinkGroup.NewContent;
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
import java.util.function.Predicate;

/**
 * Makes the changes of one batch in three steps: prepares all new files and writes the journal, waits for the disk, renames.
 * When the system refuses one file, the others are changed all the same. When the disk is full or may not be written, no change of
 * the batch is made.
 */
public final class RepairTransaction {

    private final RepairOptions options;
    private final WriterPool writers;
    private final Journal journal;
    private final OutcomeTally tally;
    private final Predicate<FilePlace> packaged;
    private final FileSteps steps;
    private final DiskSync sync;
    private final EntryRoots roots = new EntryRoots();
    private final CacheTimes cacheTimes = new CacheTimes(roots);
    private final Collection<PreparedChange> ready = new ConcurrentLinkedQueue<>();
    private final Map<Object, LinkGroup> linked = new ConcurrentHashMap<>();
    private final Set<PathEntry> tried = ConcurrentHashMap.newKeySet();
    private final Collection<FilePlace> inMadeDirectories = new ConcurrentLinkedQueue<>();

    /** For each file of several names that is written in place: the changes to its other names, by the place of its first name. */
    private final Map<FilePlace, List<FileChange>> doneWith = new ConcurrentHashMap<>();

    /** The names whose hard links are broken; the journal keeps a link of the old file. */
    private final Set<FilePlace> broken = ConcurrentHashMap.newKeySet();

    private boolean stopped;

    /**
     * A transaction that writes through the writers of a pool.
     *
     * @param packaged whether a package's manifest lists a digest of a pyc
     */
    public RepairTransaction(
            RepairOptions options,
            WriterPool writers,
            Journal journal,
            OutcomeTally tally,
            Predicate<FilePlace> packaged,
            WrittenFileSystems fileSystems) {
        this.options = options;
        this.writers = writers;
        this.journal = journal;
        this.tally = tally;
        this.packaged = packaged;
        this.steps = new FileSteps(tally);
        this.sync = new DiskSync(writers, tally, fileSystems);
    }

    /**
     * Makes the changes of a batch; returns the changes that were made, which a crash of the machine may still lose.
     *
     * @throws IOException when no change of the batch was made, since the disk is full or may not be written
     */
    public List<WrittenChange> run(PlanBatch batch, Recompiler recompiler) throws IOException, InterruptedException {
        journal.forgetDirectories();
        try (sync) {
            prepare(batch.rewrites(), batch.recompilations(), recompiler);
        } catch (IOException | InterruptedException | RuntimeException | Error broken) {
            writers.forEach(List.copyOf(ready), FileRewriter::discard);
            writers.forEach(List.copyOf(inMadeDirectories), FileRewriter::removeCache);
            cacheTimes.restore(writers);
            throw broken;
        }
        List<WrittenChange> written = commit();
        cacheTimes.restore(writers);
        return written;
    }

    /** Whether the disk refused a change after others were made, so that no further batch can be written. */
    public boolean isStopped() {
        return stopped;
    }

    private void prepare(List<HeaderRewrite> rewrites, List<Recompilation> recompilations, Recompiler recompiler)
            throws IOException, InterruptedException {
        if (!isInPlace(false)) {
            journal.beginAll(rewrites.stream()
                    .map(rewrite -> roots.directory(rewrite.place()))
                    .toList());
        }
        forEach(Stage.PREPARING, rewrites, (writer, rewrite) -> prepare(writer, NewContent.of(rewrite)));
        writers.forEachSlowly(
                Stage.COMPILING,
                Recompiler.bySource(recompilations),
                (writer, files) -> recompiler.compile(writer, files, contents -> prepareCompiled(writer, contents)));
        writers.forEach(List.copyOf(linked.values()), this::prepareLinked);
        journal.secure(options.durability());
        sync.finish();
    }

    /** Runs a stage; on more threads than cores where each file waits for the disk by itself. */
    private <T> void forEach(Stage stage, List<T> items, WriterPool.WriterTask<T> task)
            throws IOException, InterruptedException {
        if (options.durability() == Durability.EACH) {
            writers.forEachWaiting(stage, items, task);
        } else {
            writers.forEach(stage, items, task);
        }
    }

    /** Prepares a change; empty where the change failed, or waits for the other names of its file. */
    private Optional<PreparedChange> prepare(FileRewriter writer, NewContent content) throws IOException {
        AtomicReference<PreparedChange> prepared = new AtomicReference<>();
        FileChange change = content.change();
        steps.run(change.place(), () -> {
            Optional<FileFacts> facts = writer.factsIfLinked(change);
            if (facts.isPresent()) {
                long links = facts.get().links();
                linked.computeIfAbsent(facts.get().identity(), _ -> new LinkGroup(links))
                        .add(content);
            } else {
                boolean inPlace =
                        isInPlace(content.isWhole()) && writer.link(change).isEmpty();
                prepared.set(inPlace ? inPlace(writer, change) : replace(writer, content));
                add(writer, prepared.get());
            }
        });
        return Optional.ofNullable(prepared.get());
    }

    private void prepareCompiled(FileRewriter writer, List<NewContent> files) throws IOException {
        List<PreparedChange> models = new ArrayList<>();
        for (NewContent file : files) {
            FileChange change = file.change();
            Optional<PreparedChange> same = models.stream()
                    .filter(model -> options.share() && change.makesTheSameAs(model.change()))
                    .findFirst();
            if (same.isPresent()) {
                steps.run(change.place(), () -> add(writer, link(writer, same.get(), change)));
            } else {
                prepare(writer, file).filter(_ -> file.isWhole()).ifPresent(models::add);
            }
        }
    }

    private void prepareLinked(FileRewriter writer, LinkGroup group) throws IOException {
        List<List<NewContent>> results = group.groupedByResult();
        boolean differ = results.size() > 1;
        boolean outside = group.isLinkedOutside();
        boolean whole = results.getFirst().getFirst().isWhole();
        boolean inPlace = outside ? options.hardLinks() == HardLinks.IN_PLACE && !whole : isInPlace(whole);
        if (options.hardLinks() == HardLinks.BREAK && (differ || outside)) {
            for (List<NewContent> members : results) {
                members.forEach(member -> broken.add(member.change().place()));
                prepareOneFile(writer, members, false);
            }
        } else if (differ) {
            fail(group, SkipReason.LINKED_APART);
        } else if (outside && !inPlace) {
            fail(group, SkipReason.LINKED_OUTSIDE);
        } else {
            prepareOneFile(writer, results.getFirst(), inPlace);
        }
    }

    /** Opens the first file of each entry, so that a file system which may not be written is found before any change is made. */
    private PreparedChange inPlace(FileRewriter writer, FileChange change) throws IOException, SkippedException {
        return tried.add(change.place().entry()) ? writer.inPlace(change) : PreparedChange.inPlace(change);
    }

    /** Prepares one new file for several names. */
    private void prepareOneFile(FileRewriter writer, List<NewContent> members, boolean inPlace) throws IOException {
        NewContent first = members.getFirst();
        List<FileChange> others = members.subList(1, members.size()).stream()
                .map(NewContent::change)
                .toList();
        steps.run(first.change().place(), () -> {
            PreparedChange model = inPlace ? writer.inPlace(first.change()) : replace(writer, first);
            add(writer, model);
            for (FileChange other : others) {
                if (inPlace) {
                    writer.inPlace(other);
                } else {
                    add(writer, link(writer, model, other));
                }
            }
            if (inPlace) {
                doneWith.put(first.change().place(), others);
            }
        });
    }

    private PreparedChange replace(FileRewriter writer, NewContent content) throws IOException, SkippedException {
        begin(writer, content.change().place());
        cacheTimes.note(writer, content.change().place());
        return writer.replace(content, broken.contains(content.change().place()));
    }

    private PreparedChange link(FileRewriter writer, PreparedChange model, FileChange change)
            throws IOException, SkippedException {
        begin(writer, change.place());
        cacheTimes.note(writer, change.place());
        return writer.link(model, change);
    }

    /** Lists the directory of a pyc in the journal, before the first new file is made there. */
    private void begin(FileRewriter writer, FilePlace place) throws IOException, SkippedException {
        RawPath directory = roots.directory(place);
        if (journal.hasBegun(directory)) {
            return;
        }
        boolean exists = writer.tree().hasCache(place);
        for (RawPath absent : writer.tree().absentAbove(place)) {
            journal.begin(absent, false);
        }
        if (journal.begin(directory, exists) && !exists) {
            inMadeDirectories.add(place);
        }
    }

    private void add(FileRewriter writer, PreparedChange prepared) throws IOException, SkippedException {
        ready.add(prepared);
        FilePlace place = prepared.change().place();
        RawPath directory = roots.directory(place);
        Origin origin = new Origin(roots.source(place), prepared.change().prior());
        JournalEntry entry = writer.journalEntry(prepared, directory, journal).withOrigin(origin);
        journal.add(broken.contains(place) ? entry.withKeptLink(keepLink(writer, place)) : entry);
        if (options.durability() == Durability.BATCH && prepared.temporary().isPresent()) {
            sync.fileMade();
        }
    }

    private RawPath keepLink(FileRewriter writer, FilePlace place) throws SystemCallException, SkippedException {
        OpenTree tree = writer.tree();
        return journal.keepLink(tree.editor(), tree.cache(place), place.pyc().name());
    }

    private List<WrittenChange> commit() throws IOException, InterruptedException {
        Collection<WrittenChange> written = new ConcurrentLinkedQueue<>();
        List<PreparedChange> all = new ArrayList<>(ready);
        all.sort(Comparator.comparing(prepared -> prepared.change().place(), FilePlace.BY_DIRECTORY));
        try {
            forEach(Stage.WRITING, all, (writer, prepared) -> commit(writer, prepared, written));
        } catch (IOException refused) {
            stopped = true;
            tally.addProblem("only part of the tree was repaired: " + refused.getMessage());
            discardUnwritten(all, written);
        }
        return List.copyOf(written);
    }

    private void discardUnwritten(List<PreparedChange> all, Collection<WrittenChange> written)
            throws IOException, InterruptedException {
        Set<FilePlace> done = new HashSet<>();
        written.forEach(one -> done.add(one.change().place()));
        writers.forEach(
                all.stream()
                        .filter(prepared -> !done.contains(prepared.change().place()))
                        .toList(),
                FileRewriter::discard);
    }

    private void commit(FileRewriter writer, PreparedChange prepared, Collection<WrittenChange> written)
            throws IOException {
        FileChange change = prepared.change();
        List<FileChange> others = doneWith.getOrDefault(change.place(), List.of());
        boolean done = steps.run(change.place(), () -> {
            for (FileChange other : others) {
                writer.tree().checkSource(other.place(), other.sourceStamp());
            }
            writer.commit(prepared);
        });
        if (done) {
            addWritten(change, written);
            others.forEach(other -> addWritten(other, written));
        } else {
            writer.discard(prepared);
        }
    }

    private void addWritten(FileChange change, Collection<WrittenChange> written) {
        if (change.oldStamp().isEmpty()) {
            cacheTimes.made(change.place());
        }
        written.add(WrittenChange.now(change));
        Effect effect = switch (change) {
            case FileChange.WholeFile _ -> new Effect.Recompiled(packaged.test(change.place()));
            case FileChange.HeaderRewrite rewrite ->
                new Effect.Restamped(rewrite.evidence(), packaged.test(change.place()));
        };
        tally.add(change.place().outcome(effect));
    }

    private void fail(LinkGroup group, SkipReason reason) {
        for (NewContent member : group.members()) {
            tally.add(member.change().place().outcome(new Effect.Failed(reason, group.links() + " names")));
        }
    }

    private boolean isInPlace(boolean whole) {
        return options.write() == WriteMode.IN_PLACE && !whole;
    }
}

package dev.freshpyc.indexer.repair;

import dev.freshpyc.core.file.RawPath;
import dev.freshpyc.core.record.HeadBytes;
import dev.freshpyc.core.repair.Left;
import dev.freshpyc.indexer.index.EntryPaths;
import dev.freshpyc.indexer.libc.FileFacts;
import dev.freshpyc.indexer.libc.SystemCallException;
import dev.freshpyc.indexer.repair.RepairOptions.Durability;
import dev.freshpyc.indexer.repair.RepairOptions.HardLinks;
import dev.freshpyc.indexer.repair.RepairOptions.WriteMode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * All changes of one repair: first everything is made ready and written down, then everything is forced, then it is done. A
 * refusal of one file leaves the others alone, except where the disk is full: then nothing is done at all.
 */
final class Batch {

    private final RepairOptions options;
    private final Crew crew;
    private final Journal journal;
    private final RepairTotal total;
    private final Collection<Prepared> ready = new ConcurrentLinkedQueue<>();
    private final Map<Object, LinkGroup> linked = new ConcurrentHashMap<>();

    Batch(RepairOptions options, Crew crew, Journal journal, RepairTotal total) {
        this.options = options;
        this.crew = crew;
        this.journal = journal;
        this.total = total;
    }

    /** Makes the changes; returns those that were made. */
    List<Change> run(List<Change> changes) throws IOException, InterruptedException {
        try {
            crew.forEach(changes, this::prepare);
            crew.forEach(List.copyOf(linked.values()), this::prepareLinked);
            force(changes);
        } catch (IOException | InterruptedException | RuntimeException broken) {
            crew.forEach(List.copyOf(ready), (writer, prepared) -> writer.discard(prepared));
            throw broken;
        }
        Collection<Change> made = new ConcurrentLinkedQueue<>();
        List<Prepared> all = new ArrayList<>(ready);
        all.sort(Crew.byDirectory(Prepared::change));
        crew.forEach(all, (writer, prepared) -> commit(writer, prepared, made));
        if (options.durability() != Durability.NONE) {
            forceFileSystems(changes);
        }
        return List.copyOf(made);
    }

    private void prepare(Rewriter writer, Change change) throws IOException {
        guarded(change, () -> {
            FileFacts facts = writer.look(change);
            if (facts.links() > 1) {
                linked.computeIfAbsent(facts.identity(), _ -> new LinkGroup(facts.links()))
                        .add(change);
            } else {
                add(options.write() == WriteMode.IN_PLACE ? writer.inPlace(change) : writer.replace(change));
            }
        });
    }

    private void prepareLinked(Rewriter writer, LinkGroup group) throws IOException {
        List<Change> members = group.members();
        boolean alike = members.stream()
                .allMatch(change -> change.newHead().equals(members.getFirst().newHead()));
        boolean outside = group.links() > members.size();
        if (!alike || (outside && options.hardLinks() == HardLinks.REFUSE)) {
            Left why = alike ? Left.LINKED_OUTSIDE : Left.LINKED_APART;
            members.forEach(change -> total.addUnrepaired(shown(change), why, group.links() + " names"));
            return;
        }
        boolean inPlace = outside ? options.hardLinks() == HardLinks.IN_PLACE : options.write() == WriteMode.IN_PLACE;
        guarded(members.getFirst(), () -> {
            Prepared first = inPlace ? writer.inPlace(members.getFirst()) : writer.replace(members.getFirst());
            add(first);
            for (Change change : members.subList(1, members.size())) {
                add(inPlace ? writer.inPlace(change) : writer.link(first, change));
            }
        });
    }

    private void add(Prepared prepared) throws IOException {
        ready.add(prepared);
        Change change = prepared.change();
        byte[] head = change.newHead().encode();
        journal.add(new JournalEntry(
                JournalEntry.Kind.RESTAMPED,
                directory(change),
                change.pyc().name(),
                prepared.temporary().orElse(RawPath.EMPTY),
                FileState.of(change.stamp()),
                prepared.after(),
                HeadBytes.of(change.oldHead(), head.length),
                HeadBytes.of(head, head.length),
                RawPath.EMPTY));
    }

    private void commit(Rewriter writer, Prepared prepared, Collection<Change> made) throws IOException {
        boolean[] done = {false};
        guarded(prepared.change(), () -> {
            writer.commit(prepared);
            done[0] = true;
        });
        if (done[0]) {
            made.add(prepared.change());
            total.addRestamped();
        } else {
            writer.discard(prepared);
        }
    }

    private void force(List<Change> changes) throws IOException, InterruptedException {
        if (options.durability() != Durability.NONE) {
            journal.force();
        }
        if (options.durability() == Durability.BATCH && options.write() == WriteMode.REPLACE) {
            forceFileSystems(changes);
        }
    }

    /** One of each entry stands for its file system. */
    private void forceFileSystems(List<Change> changes) throws IOException, InterruptedException {
        Map<Integer, Change> one = new ConcurrentHashMap<>();
        changes.forEach(change -> one.putIfAbsent(change.entry().index(), change));
        crew.forEach(List.copyOf(one.values()), (writer, change) -> {
            try {
                writer.force(change);
            } catch (LeftException gone) {
                // Its directory was replaced, and nothing was written there.
            }
        });
    }

    private interface Step {
        void run() throws IOException, LeftException;
    }

    /** What is wrong with one file is told of it; a full disk concerns all. */
    private void guarded(Change change, Step step) throws IOException {
        try {
            step.run();
        } catch (LeftException left) {
            total.addUnrepaired(shown(change), left.why(), "");
        } catch (SystemCallException refused) {
            if (Full.isFull(refused.errno())) {
                throw refused;
            }
            Left why = refused.errno().isAbsence() ? Left.CHANGING : Left.REFUSED;
            total.addUnrepaired(shown(change), why, String.valueOf(refused.getMessage()));
        }
    }

    static RawPath directory(Change change) {
        RawPath directory = change.directory();
        return directory.isAbsolute()
                ? directory
                : EntryPaths.canonical(change.entry().path()).resolve(directory);
    }

    private static String shown(Change change) {
        return change.entry().path().resolve(change.pyc()).shown();
    }
}

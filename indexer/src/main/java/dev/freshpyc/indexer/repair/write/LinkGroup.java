package dev.freshpyc.indexer.repair.write;

import dev.freshpyc.indexer.repair.plan.FileChange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The names of one file that a repair has met. */
public final class LinkGroup {

    private final long links;
    private final List<FileChange> members = new ArrayList<>();

    /** @param links how many names the file has, wherever */
    public LinkGroup(long links) {
        this.links = links;
    }

    public synchronized void add(FileChange change) {
        members.add(change);
    }

    public long links() {
        return links;
    }

    /** Whether it has names that the repair has not met, or that are to stay as they are. */
    public synchronized boolean isLinkedOutside() {
        return links > members.size();
    }

    /** The names, those together that can stay one file. */
    public List<List<FileChange>> alike() {
        List<List<FileChange>> all = new ArrayList<>();
        for (FileChange change : members()) {
            all.stream()
                    .filter(one -> one.getFirst().makesTheSameAs(change))
                    .findFirst()
                    .orElseGet(() -> {
                        all.add(new ArrayList<>());
                        return all.getLast();
                    })
                    .add(change);
        }
        return all;
    }

    public synchronized List<FileChange> members() {
        return members.stream()
                .sorted(Comparator.comparing(
                        (FileChange change) -> change.location().pyc()))
                .toList();
    }
}
